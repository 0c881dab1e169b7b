package io.crois.testkit.policy.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crois.testkit.policy.Effect;
import io.crois.testkit.policy.PolicyDocument;
import io.crois.testkit.policy.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Reads policies. Not thread-safe: one reader, one policy. */
public final class PolicyReader {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String VARIABLES_SINCE = "2012-10-17";
    private static final Set<String> VERSIONS = Set.of(VARIABLES_SINCE, "2008-10-17");
    private static final Set<String> ELEMENTS = Set.of(
            "Sid",
            "Effect",
            "Action",
            "NotAction",
            "Resource",
            "NotResource",
            "Principal",
            "NotPrincipal",
            "Condition");
    private static final Set<String> PRINCIPAL_TYPES = Set.of("AWS", "Service", "Federated", "CanonicalUser");

    private final String name;
    private final List<String> problems = new ArrayList<>();

    private PolicyReader(String name) {
        this.name = name;
    }

    /** Reads a policy. */
    public static PolicyDocument read(String name, String json) {
        PolicyReader reader = new PolicyReader(name);
        PolicyDocument policy = reader.document(reader.tree(json));
        if (!reader.problems.isEmpty()) {
            throw new IllegalArgumentException("Policy `" + name + "` has " + reader.problems.size()
                    + (reader.problems.size() == 1 ? " problem." : " problems.") + "\n  "
                    + String.join("\n  ", reader.problems));
        }
        return policy;
    }

    /** Returns a policy without one of its statements. */
    public static PolicyDocument without(PolicyDocument policy, int index) {
        Objects.checkIndex(index, policy.statements().size());
        PolicyReader reader = new PolicyReader(policy.name());
        ObjectNode json = (ObjectNode) reader.tree(policy.json());
        if (json.path("Statement") instanceof ArrayNode statements) {
            statements.remove(index);
        } else {
            json.putArray("Statement");
        }
        return read(policy.name(), json.toString());
    }

    private JsonNode tree(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            problems.add("It must be JSON, but " + e.getOriginalMessage());
            return MAPPER.createObjectNode().putArray("Statement");
        }
    }

    private PolicyDocument document(JsonNode json) {
        String version = json.path("Version").asText("2008-10-17");
        require(
                VERSIONS.contains(version),
                "`Version` must be `2012-10-17` or `2008-10-17`, but was `" + version + "`.");
        List<Statement> statements = new ArrayList<>();
        JsonNode listed = json.path("Statement");
        require(problems.size() > 0 || listed.isContainerNode(), "`Statement` must hold at least one statement.");
        if (listed.isArray()) {
            listed.forEach(statement -> statements.add(statement(statement, statements.size() + 1)));
        } else if (listed.isObject()) {
            statements.add(statement(listed, 1));
        }
        return new PolicyDocument(name, json.toString(), version.equals(VARIABLES_SINCE), statements);
    }

    private Statement statement(JsonNode json, int number) {
        String label = name + "/" + json.path("Sid").asText("#" + number);
        json.fieldNames()
                .forEachRemaining(element ->
                        require(ELEMENTS.contains(element), "`" + label + "`: there is no element `" + element + "`."));
        String effect = json.path("Effect").asText();
        require(
                effect.equals("Allow") || effect.equals("Deny"),
                "`" + label + "`: `Effect` must be `Allow` or `Deny`, but was `" + effect + "`.");
        for (String element : List.of("Action", "Resource", "Principal")) {
            require(
                    !json.has(element) || !json.has("Not" + element),
                    "`" + label + "`: `" + element + "` and `Not" + element + "` exclude each other.");
        }
        return new Statement(
                label,
                effect.equals("Deny") ? Effect.DENY : Effect.ALLOW,
                texts(json.path("Action")),
                texts(json.path("NotAction")),
                texts(json.path("Resource")),
                texts(json.path("NotResource")),
                json.has("Principal") || json.has("NotPrincipal"),
                principals(json.path("Principal"), label),
                principals(json.path("NotPrincipal"), label),
                conditions(json.path("Condition"), label));
    }

    private static List<String> texts(JsonNode json) {
        List<String> texts = new ArrayList<>();
        if (json.isArray()) {
            json.forEach(text -> texts.add(text.asText()));
        } else if (json.isValueNode()) {
            texts.add(json.asText());
        }
        return texts;
    }

    private List<PrincipalPattern> principals(JsonNode json, String label) {
        List<PrincipalPattern> principals = new ArrayList<>();
        if (json.isTextual()) {
            require(json.asText().equals("*"), "`" + label + "`: a principal without a type must be `*`.");
            principals.add(new PrincipalPattern("*", "*"));
        }
        for (Map.Entry<String, JsonNode> type : json.properties()) {
            require(
                    PRINCIPAL_TYPES.contains(type.getKey()),
                    "`" + label + "`: the type of a principal must be one of AWS, Service, Federated and CanonicalUser,"
                            + " but was `" + type.getKey() + "`.");
            texts(type.getValue()).forEach(value -> principals.add(new PrincipalPattern(type.getKey(), value)));
        }
        return principals;
    }

    private List<ConditionTest> conditions(JsonNode json, String label) {
        List<ConditionTest> conditions = new ArrayList<>();
        for (Map.Entry<String, JsonNode> operator : json.properties()) {
            for (Map.Entry<String, JsonNode> key : operator.getValue().properties()) {
                ConditionTest.of(operator.getKey(), key.getKey(), texts(key.getValue()))
                        .ifPresentOrElse(
                                conditions::add,
                                () -> problems.add(
                                        "`" + label + "`: there is no operator `" + operator.getKey() + "`."));
            }
        }
        return conditions;
    }

    private void require(boolean condition, String problem) {
        if (!condition) {
            problems.add(problem);
        }
    }
}
