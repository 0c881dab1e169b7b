package io.crois.platform.internal;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The health probe's schedule, and an alarm for each back end; only where a project for it is named. */
public final class ProbeSection {
    private static final String CONDITION = "HasProbe";
    private static final String PERIODS = "ProbePeriods";

    private ProbeSection() {}

    /** Adds the schedule with its role, and the alarms. */
    public static void addTo(Template template) {
        template.condition(
                CONDITION,
                Cfn.object("Fn::Not", List.of(Cfn.object("Fn::Equals", List.of(Cfn.ref("ProbeProject"), "")))));
        template.mapping(
                PERIODS,
                Cfn.object(
                        "15", Cfn.object("Seconds", 900),
                        "30", Cfn.object("Seconds", 1800),
                        "60", Cfn.object("Seconds", 3600)));
        template.resourceIf(CONDITION, "ProbeScheduleRole", "AWS::IAM::Role", role());
        template.resourceIf(CONDITION, "ProbeSchedule", "AWS::Scheduler::Schedule", schedule());
        for (String backend : List.of("Fargate", "Batch")) {
            template.resourceIf(
                    CONDITION,
                    "Probe" + backend + "Alarm",
                    "AWS::CloudWatch::Alarm",
                    AlarmsSection.properties(
                            "probe-" + backend.toLowerCase(Locale.ROOT),
                            "The health probe did not go the whole way, or did not run, twice of three times",
                            availability(backend.toUpperCase(Locale.ROOT))));
        }
    }

    private static Map<String, Object> role() {
        return Cfn.object(
                "RoleName",
                Cfn.sub("${Prefix}-probe-schedule"),
                "Path",
                "/crois/",
                "AssumeRolePolicyDocument",
                Statement.policy(List.of(ReconcileSection.schedulerAssumes())),
                "Policies",
                List.of(Cfn.object(
                        "PolicyName",
                        "call",
                        "PolicyDocument",
                        Statement.policy(List.of(
                                Statement.allow("Call", "lambda:InvokeFunction").on(Cfn.arn("ProbeFunction")))))),
                "Tags",
                Cfn.tags("schedule"));
    }

    /** The input is a {@code ProbeRequest}; Scheduler puts in the time that it meant, also when it tries again. */
    private static Map<String, Object> schedule() {
        return Cfn.object(
                "Name",
                Cfn.sub("${Prefix}-probe"),
                "ScheduleExpression",
                Cfn.sub("rate(${ProbeMinutes} minutes)"),
                "FlexibleTimeWindow",
                Cfn.object("Mode", "OFF"),
                "Target",
                Cfn.object(
                        "Arn",
                        Cfn.arn("ProbeFunction"),
                        "RoleArn",
                        Cfn.arn("ProbeScheduleRole"),
                        "Input",
                        Cfn.sub("{\"platform\":\"${Prefix}\",\"project\":\"${ProbeProject}\","
                                + "\"time\":\"<aws.scheduler.scheduled-time>\"}")));
    }

    /**
     * Metrics bear the time that the schedule meant, so that each period has one; a period without one is a bad one.
     */
    private static Map<String, Object> availability(String backend) {
        return Cfn.object(
                "Namespace",
                "Crois",
                "MetricName",
                "ProbeAvailability",
                "Dimensions",
                List.of(
                        AlarmsSection.dimension("Platform", Cfn.ref("Prefix")),
                        AlarmsSection.dimension("Backend", backend)),
                "Statistic",
                "Minimum",
                "Period",
                Cfn.object("Fn::FindInMap", List.of(PERIODS, Cfn.ref("ProbeMinutes"), "Seconds")),
                "EvaluationPeriods",
                3,
                "DatapointsToAlarm",
                2,
                "Threshold",
                1,
                "ComparisonOperator",
                "LessThanThreshold",
                "TreatMissingData",
                "breaching");
    }
}
