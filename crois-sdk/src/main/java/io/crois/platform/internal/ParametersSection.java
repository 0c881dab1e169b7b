package io.crois.platform.internal;

import java.util.List;
import java.util.Map;

/** What differs from account to account. */
public final class ParametersSection {
    private static final List<Integer> RETENTIONS = List.of(
            1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653);

    private ParametersSection() {}

    /** Adds the parameters and the conditions that hang on them. */
    public static void addTo(Template template) {
        template.parameter("Prefix", prefix());
        template.parameter(
                "Subnets",
                text(
                        "Where containers run, separated by commas: private subnets with a way to S3, DynamoDB, ECR,"
                                + " CloudWatch Logs, KMS and Secrets Manager.",
                        "subnet-[0-9a-f]+(,subnet-[0-9a-f]+)*"));
        template.parameter(
                "SecurityGroups",
                text(
                        "What containers may reach, separated by commas: HTTPS out is needed, nothing in.",
                        "sg-[0-9a-f]+(,sg-[0-9a-f]+)*"));
        template.parameter(
                "CodeBucket",
                text("The bucket that holds the functions and the agent's bundle, by digest.", "[a-z0-9.-]{3,63}"));
        template.parameter("FunctionsKey", text("The object with the functions' jar.", "[!-~]{1,1024}"));
        template.parameter("AgentBundleKey", text("The object with the agent's bundle for Batch.", "[!-~]{1,1024}"));
        template.parameter("LogRetentionDays", number("Days for which logs are kept.", 30, RETENTIONS));
        template.parameter("MaxOnDemandVcpus", vcpus("Most vCPUs of on-demand machines at once."));
        template.parameter("MaxSpotVcpus", vcpus("Most vCPUs of Spot machines at once."));
        template.parameter(
                "AlarmTopic",
                Cfn.object(
                        "Type",
                        "String",
                        "Default",
                        "",
                        "AllowedPattern",
                        "|arn:[a-z-]+:sns:.+",
                        "Description",
                        "The ARN of an SNS topic for alarms; none by default."));
        template.parameter(
                "ProbeProject",
                Cfn.object(
                        "Type",
                        "String",
                        "Default",
                        "",
                        "AllowedPattern",
                        "|[A-Za-z][A-Za-z0-9_-]{0,63}",
                        "Description",
                        "The project in which the workflows of the health probe are deployed; no probe by default."));
        template.parameter(
                "ProbeMinutes",
                number("Minutes from one start of the health probe to the next.", 15, List.of(15, 30, 60)));
        template.condition(
                "HasAlarmTopic",
                Cfn.object("Fn::Not", List.of(Cfn.object("Fn::Equals", List.of(Cfn.ref("AlarmTopic"), "")))));
    }

    private static Map<String, Object> prefix() {
        return Cfn.object(
                "Type",
                "String",
                "Default",
                "crois",
                "AllowedPattern",
                "[a-z][a-z0-9-]{0,15}",
                "Description",
                "What every name begins with: a letter and up to 15 lower-case letters, digits or hyphens.");
    }

    private static Map<String, Object> text(String description, String pattern) {
        return Cfn.object("Type", "String", "AllowedPattern", pattern, "Description", description);
    }

    private static Map<String, Object> number(String description, int byDefault, List<Integer> allowed) {
        return Cfn.object("Type", "Number", "Default", byDefault, "AllowedValues", allowed, "Description", description);
    }

    private static Map<String, Object> vcpus(String description) {
        return Cfn.object(
                "Type", "Number", "Default", 4096, "MinValue", 1, "MaxValue", 100_000, "Description", description);
    }
}
