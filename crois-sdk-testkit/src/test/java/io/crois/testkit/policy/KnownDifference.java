package io.crois.testkit.policy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the simulator decides otherwise than AWS documents; {@code PolicyEvaluatorTest} pins our side of each. */
enum KnownDifference {
    /**
     * IAM User Guide, "IAM policy elements: Variables and tags", "Policy variables with no value": inverted operators
     * match a variable that has none. The simulator lets the condition fail.
     */
    INVERTED_OPERATOR_ON_A_MISSING_VARIABLE(KnownDifference::invertsMissingVariable),
    /**
     * The same page, "Using variables in policies": without {@code "Version": "2012-10-17"} variables are plain text.
     * The simulator replaces them whatever the version.
     */
    VARIABLE_IN_AN_OLD_POLICY(
            simulation -> statementsOf(simulation, "2008-10-17").stream().anyMatch(KnownDifference::hasVariable)),
    /**
     * The same page, "Resource element", gives {@code arn:aws:sqs:us-east-2:*:${aws:username}-queue} as an example. The
     * simulator matches variables only behind a slash or a colon of the ARN's last part.
     */
    VARIABLE_IN_A_RESOURCE_WITHOUT_A_TYPE(
            simulation -> simulation.at("/request/resource/resource").asText().contains(":sqs:")
                    && statementsOf(simulation, "2012-10-17").stream().anyMatch(KnownDifference::hasVariableResource)),
    /**
     * The same page, "Policy variables with no value": a resource with such a variable is like none, so
     * {@code NotResource} excludes nothing by it. The simulator lets the statement fail.
     */
    EXCLUDED_RESOURCE_WITH_A_MISSING_VARIABLE(simulation -> statementsOf(simulation, "2012-10-17").stream()
            .anyMatch(statement -> hasMissingVariable(
                    statement.path("NotResource").toString(), simulation.at("/request/contextVariables")))),
    /**
     * IAM User Guide, "Policies and permissions", "Session policies": what a resource-based policy gives to the session
     * itself adds to what the session policy leaves. The simulator lets every session policy limit.
     */
    SESSION_NAMED_BY_THE_RESOURCE(simulation -> simulation.has("sessionPolicy") && simulation.has("resourcePolicy")),
    /**
     * IAM User Guide, "Condition operators", "IP address condition operators": {@code NotIpAddress} is every address
     * except the ranges. The simulator lets an address of the other family fail.
     */
    OTHER_FAMILY_OF_ADDRESSES(simulation ->
            simulation.at("/request/contextVariables/aws:SourceIp").asText().contains(":")
                    && simulation.toString().contains("NotIpAddress"));

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^}*?$,]+)(, '[^']*')?}");

    private final Predicate<JsonNode> applies;

    KnownDifference(Predicate<JsonNode> applies) {
        this.applies = applies;
    }

    /** Returns the difference that excludes a case. */
    static Optional<KnownDifference> of(JsonNode simulation) {
        return Arrays.stream(values())
                .filter(difference -> difference.applies.test(simulation))
                .findFirst();
    }

    private static List<JsonNode> statementsOf(JsonNode simulation, String version) {
        return simulation.findParents("Version").stream()
                .filter(policy -> policy.path("Version").asText().equals(version))
                .flatMap(policy -> policy.path("Statement").valueStream())
                .toList();
    }

    private static boolean hasVariable(JsonNode statement) {
        return statement.toString().contains("${");
    }

    private static boolean hasVariableResource(JsonNode statement) {
        return (statement.path("Resource") + "" + statement.path("NotResource")).contains("${");
    }

    private static boolean invertsMissingVariable(JsonNode simulation) {
        JsonNode context = simulation.at("/request/contextVariables");
        for (JsonNode statement : statementsOf(simulation, "2012-10-17")) {
            for (Map.Entry<String, JsonNode> operator :
                    statement.path("Condition").properties()) {
                if (operator.getKey().contains("Not")
                        && hasMissingVariable(operator.getValue().toString(), context)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean hasMissingVariable(String text, JsonNode context) {
        Matcher variable = VARIABLE.matcher(text);
        while (variable.find()) {
            if (variable.group(2) == null && !context.has(variable.group(1))) {
                return true;
            }
        }
        return false;
    }
}
