package io.crois.platform.internal;

import java.util.List;

/** Who may call the function that starts executions: the schedules and the rules of the account's projects. */
public final class StartSection {
    private StartSection() {}

    /** Adds the role of the schedules and the permission of the rules. */
    public static void addTo(Template template) {
        template.resource(
                "StartCaller",
                "AWS::IAM::Role",
                Cfn.object(
                        "RoleName",
                        Cfn.sub("${Prefix}-start-caller"),
                        "Path",
                        "/crois/",
                        "AssumeRolePolicyDocument",
                        Statement.policy(List.of(ReconcileSection.schedulerAssumes())),
                        "Policies",
                        List.of(Cfn.object(
                                "PolicyName",
                                "call",
                                "PolicyDocument",
                                Statement.policy(List.of(Statement.allow("Call", "lambda:InvokeFunction")
                                        .on(Cfn.arn("StartFunction")))))),
                        "Tags",
                        Cfn.tags("schedule")));
        template.resource(
                "StartRulesPermission",
                "AWS::Lambda::Permission",
                Cfn.object(
                        "FunctionName",
                        Cfn.arn("StartFunction"),
                        "Action",
                        "lambda:InvokeFunction",
                        "Principal",
                        "events.amazonaws.com",
                        "SourceArn",
                        Cfn.sub(
                                "arn:${AWS::Partition}:events:${AWS::Region}:${AWS::AccountId}:rule/${Prefix}-start-*")));
    }
}
