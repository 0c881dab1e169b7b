package io.crois.testkit.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Statements of policies as they stand in JSON, wherever they stand, so that none can be overlooked. */
final class Statements {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Statements() {}

    /** Collects the statements of every policy within a JSON document, by where they stand. */
    static void collect(String place, JsonNode json, Map<String, JsonNode> found) {
        if (json.isArray()) {
            int index = 0;
            for (JsonNode entry : json) {
                collect(place + "/" + index++, entry, found);
            }
        } else if (json.isObject()) {
            JsonNode statements = json.path("Statement");
            if (statements.isArray()) {
                statements.forEach(statement ->
                        found.put(place + "/" + statement.path("Sid").asText("#" + found.size()), normal(statement)));
            }
            json.properties().forEach(member -> collect(place + "/" + member.getKey(), member.getValue(), found));
        }
    }

    /** Returns the statement that a permission becomes in the policy of its function. */
    static JsonNode ofPermission(JsonNode permission) {
        ObjectNode statement = MAPPER.createObjectNode();
        statement.put("Effect", "Allow");
        statement.putObject("Principal").set("Service", permission.path("Principal"));
        statement.set("Action", permission.path("Action"));
        statement.set("Resource", permission.path("FunctionName"));
        statement.withObject("/Condition/ArnLike").set("AWS:SourceArn", permission.path("SourceArn"));
        return normal(statement);
    }

    /** Returns the statements of a policy in a form that tells only what they mean apart, in their order. */
    static List<JsonNode> of(PolicyDocument policy) {
        try {
            JsonNode statements = MAPPER.readTree(policy.json()).path("Statement");
            List<JsonNode> all = new ArrayList<>();
            if (statements.isArray()) {
                statements.forEach(statement -> all.add(normal(statement)));
            } else {
                all.add(normal(statements));
            }
            return all;
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalArgumentException(policy.name() + " is no JSON.", e);
        }
    }

    /** Leaves the id out, and writes a list of one as its only member: nothing else may differ. */
    private static JsonNode normal(JsonNode json) {
        if (json.isArray()) {
            if (json.size() == 1) {
                return normal(json.get(0));
            }
            ArrayNode list = MAPPER.createArrayNode();
            json.forEach(entry -> list.add(normal(entry)));
            return list;
        }
        if (json.isObject()) {
            ObjectNode object = MAPPER.createObjectNode();
            json.properties().stream()
                    .filter(member -> !member.getKey().equals("Sid"))
                    .forEach(member -> object.set(member.getKey(), normal(member.getValue())));
            return object;
        }
        return json;
    }
}
