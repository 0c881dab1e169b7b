package io.crois.testkit.engine.internal.service;

import io.crois.testkit.engine.EngineLimits;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the members of requests may be, as the service's API reference documents it. */
final class MemberRules {

    private static final Rule ANY = new Rule(null, null, null, null, false);
    private static final Rule ARN = length(1, 256);
    private static final Rule LONG_ARN = length(1, 2_000);
    private static final Rule NAME = length(1, 80);
    private static final Rule PAGE = range(0L, 1_000L);
    private static final Rule NOT_NEGATIVE = range(0L, null);
    private static final Rule DESCRIPTION = length(0, 256).secret();

    /** Rules by the name of a member, in whatever request it stands. */
    private static final Map<String, Rule> COMMON = Map.ofEntries(
            Map.entry("name", NAME),
            Map.entry("workerName", NAME),
            Map.entry("stateName", NAME.secret()),
            Map.entry("errorCausedByState", NAME.secret()),
            Map.entry("key", length(1, 128)),
            Map.entry("tagKeys", length(1, 128)),
            Map.entry("value", length(0, 256)),
            Map.entry("kmsKeyId", length(1, 2_048)),
            Map.entry("kmsDataKeyReusePeriodSeconds", range(60L, 900L)),
            Map.entry("description", DESCRIPTION),
            Map.entry("versionDescription", DESCRIPTION),
            Map.entry("error", length(0, 256).secret()),
            Map.entry("cause", length(0, 32_768).secret()),
            Map.entry("taskToken", length(1, 2_048)),
            Map.entry("clientToken", length(1, 64).matching("[!-~]+")),
            Map.entry("traceHeader", length(0, 256).matching("\\p{ASCII}*")),
            Map.entry("mapRunArn", LONG_ARN),
            Map.entry("maxResults", PAGE),
            Map.entry("nextToken", length(1, 1_024)),
            Map.entry("weight", range(0L, 100L)),
            Map.entry("routingConfiguration", length(1, 2)),
            Map.entry("retrierRetryCount", NOT_NEGATIVE),
            Map.entry("mapIterationFailureCount", NOT_NEGATIVE),
            Map.entry("maxConcurrency", NOT_NEGATIVE),
            Map.entry("toleratedFailureCount", NOT_NEGATIVE),
            Map.entry("toleratedFailurePercentage", range(0L, 100L)),
            Map.entry("type", oneOf("STANDARD", "EXPRESS")),
            Map.entry("level", oneOf("ALL", "ERROR", "FATAL", "OFF")),
            Map.entry("includedData", oneOf("ALL_DATA", "METADATA_ONLY")),
            Map.entry(
                    "statusFilter", oneOf("SUCCEEDED", "TIMED_OUT", "PENDING_REDRIVE", "ABORTED", "FAILED", "RUNNING")),
            Map.entry("redriveFilter", oneOf("REDRIVEN", "NOT_REDRIVEN")),
            Map.entry("inspectionLevel", oneOf("INFO", "DEBUG", "TRACE")),
            Map.entry("fieldValidationMode", oneOf("STRICT", "PRESENT", "NONE")),
            Map.entry("severity", oneOf("ERROR", "WARNING")));

    /** Rules by the structure in which a member stands, where they differ from the common ones. */
    private static final Map<String, Rule> SPECIAL = Map.of(
            "CreateStateMachineAlias.name", NAME.matching("^(?=.*[a-zA-Z_\\-\\.])[a-zA-Z0-9_\\-\\.]+$"),
            "DeleteStateMachineVersion.stateMachineVersionArn", LONG_ARN,
            "ListExecutions.nextToken", length(1, 3_096),
            "ValidateStateMachineDefinition.maxResults", range(0L, 100L),
            "EncryptionConfiguration.type", oneOf("AWS_OWNED_KEY", "CUSTOMER_MANAGED_KMS_KEY"));

    private static final Set<String> PAYLOADS =
            Set.of("input", "output", "variables", "context", "result", "mapItemReaderData");

    private static final Map<String, List<String>> REQUIRED = Map.ofEntries(
            Map.entry("CreateActivity", List.of("name")),
            Map.entry("CreateStateMachine", List.of("name", "definition", "roleArn")),
            Map.entry("CreateStateMachineAlias", List.of("name", "routingConfiguration")),
            Map.entry("DeleteActivity", List.of("activityArn")),
            Map.entry("DeleteStateMachine", List.of("stateMachineArn")),
            Map.entry("DeleteStateMachineAlias", List.of("stateMachineAliasArn")),
            Map.entry("DeleteStateMachineVersion", List.of("stateMachineVersionArn")),
            Map.entry("DescribeActivity", List.of("activityArn")),
            Map.entry("DescribeExecution", List.of("executionArn")),
            Map.entry("DescribeMapRun", List.of("mapRunArn")),
            Map.entry("DescribeStateMachine", List.of("stateMachineArn")),
            Map.entry("DescribeStateMachineAlias", List.of("stateMachineAliasArn")),
            Map.entry("DescribeStateMachineForExecution", List.of("executionArn")),
            Map.entry("EncryptionConfiguration", List.of("type")),
            Map.entry("GetActivityTask", List.of("activityArn")),
            Map.entry("GetExecutionHistory", List.of("executionArn")),
            Map.entry("ListMapRuns", List.of("executionArn")),
            Map.entry("ListStateMachineAliases", List.of("stateMachineArn")),
            Map.entry("ListStateMachineVersions", List.of("stateMachineArn")),
            Map.entry("ListTagsForResource", List.of("resourceArn")),
            Map.entry("PublishStateMachineVersion", List.of("stateMachineArn")),
            Map.entry("RedriveExecution", List.of("executionArn")),
            Map.entry("RoutingConfigurationListItem", List.of("stateMachineVersionArn", "weight")),
            Map.entry("SendTaskFailure", List.of("taskToken")),
            Map.entry("SendTaskHeartbeat", List.of("taskToken")),
            Map.entry("SendTaskSuccess", List.of("taskToken", "output")),
            Map.entry("StartExecution", List.of("stateMachineArn")),
            Map.entry("StartSyncExecution", List.of("stateMachineArn")),
            Map.entry("StopExecution", List.of("executionArn")),
            Map.entry("TagResource", List.of("resourceArn", "tags")),
            Map.entry("TestState", List.of("definition")),
            Map.entry("UntagResource", List.of("resourceArn", "tagKeys")),
            Map.entry("UpdateMapRun", List.of("mapRunArn")),
            Map.entry("UpdateStateMachine", List.of("stateMachineArn")),
            Map.entry("UpdateStateMachineAlias", List.of("stateMachineAliasArn")),
            Map.entry("ValidateStateMachineDefinition", List.of("definition")));

    private final Rule definition;
    private final Rule payload;

    MemberRules(EngineLimits limits) {
        this.definition = length(1, limits.definitionBytes()).secret();
        this.payload = length(0, limits.payloadBytes()).secret();
    }

    /** Returns what a member of an operation's request, or of a structure in it, may be. */
    Rule rule(String owner, String member) {
        Rule special = SPECIAL.get(owner + "." + member);
        if (special != null) {
            return special;
        }
        if (member.equals("definition")) {
            return definition;
        }
        if (PAYLOADS.contains(member)) {
            return payload;
        }
        Rule common = COMMON.get(member);
        return common != null ? common : member.endsWith("Arn") ? ARN : ANY;
    }

    static boolean isRequired(String owner, String member) {
        return REQUIRED.getOrDefault(owner, List.of()).contains(member);
    }

    private static Rule length(int least, int most) {
        return new Rule((long) least, (long) most, null, null, false);
    }

    private static Rule range(@Nullable Long least, @Nullable Long most) {
        return new Rule(least, most, null, null, false);
    }

    private static Rule oneOf(String... values) {
        return new Rule(null, null, null, List.of(values), false);
    }

    /**
     * What a value may be.
     *
     * @param least the smallest number, or the shortest length; {@code null} for any
     * @param most the largest number, or the longest length; {@code null} for any
     * @param pattern what a text must match
     * @param values what a text may be
     * @param isSecret whether refusals leave the value out
     */
    record Rule(
            @Nullable Long least,
            @Nullable Long most,
            @Nullable Pattern pattern,
            @Nullable List<String> values,
            boolean isSecret) {

        Rule secret() {
            return new Rule(least, most, pattern, values, true);
        }

        Rule matching(String wanted) {
            return new Rule(least, most, Pattern.compile(wanted), values, isSecret);
        }
    }
}
