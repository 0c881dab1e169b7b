package io.crois.platform.internal;

import java.util.List;
import java.util.Map;

/** The schedule on which the reconciler looks for what no event told. */
public final class ReconcileSection {
    private ReconcileSection() {}

    /** Adds the schedule and the role with which it calls the function. */
    public static void addTo(Template template) {
        template.resource(
                "ReconcileScheduleRole",
                "AWS::IAM::Role",
                Cfn.object(
                        "RoleName",
                        Cfn.sub("${Prefix}-reconcile-schedule"),
                        "Path",
                        "/crois/",
                        "AssumeRolePolicyDocument",
                        Statement.policy(List.of(schedulerAssumes())),
                        "Policies",
                        List.of(Cfn.object(
                                "PolicyName",
                                "call",
                                "PolicyDocument",
                                Statement.policy(List.of(Statement.allow("Call", "lambda:InvokeFunction")
                                        .on(Cfn.arn("ReconcileFunction")))))),
                        "Tags",
                        Cfn.tags("schedule")));
        template.resource(
                "ReconcileSchedule",
                "AWS::Scheduler::Schedule",
                Cfn.object(
                        "Name",
                        Cfn.sub("${Prefix}-reconcile"),
                        "ScheduleExpression",
                        "rate(5 minutes)",
                        "FlexibleTimeWindow",
                        Cfn.object("Mode", "OFF"),
                        "Target",
                        Cfn.object(
                                "Arn",
                                Cfn.arn("ReconcileFunction"),
                                "RoleArn",
                                Cfn.arn("ReconcileScheduleRole"),
                                "Input",
                                "{}")));
    }

    /** Returns who may assume the role of a schedule. */
    static Statement schedulerAssumes() {
        Map<String, Object> service = Cfn.object("Service", "scheduler.amazonaws.com");
        return Statement.allow("Scheduler", "sts:AssumeRole")
                .principal(service)
                .when("StringEquals", "aws:SourceAccount", Cfn.ref("AWS::AccountId"));
    }
}
