package io.crois.benchmarks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The floor: plain Java loops that do the JSON work of a {@link Workload} and nothing else: no states, no limits, no
 * history. Text comes in and goes out, as in an execution.
 */
final class HandWritten {

    private static final ObjectMapper TEXT = new ObjectMapper();
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private HandWritten() {}

    /** Does the work of one execution with JSONPath, from its input's text to its output's. */
    static String run(Workload workload, String input, int n) {
        try {
            return run(workload, (ObjectNode) TEXT.readTree(input), n).toString();
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("The input is not JSON.", e);
        }
    }

    private static JsonNode run(Workload workload, ObjectNode input, int n) {
        return switch (workload) {
            case W1_CHAIN -> chain(input, n);
            case W2_MAP -> map(input);
            case W3_CHOICE_LOOP -> loop(input, n);
            case W4_BRANCHES -> branches(input, n);
            case W5_WAITS, W6_RETRIES -> input;
        };
    }

    private static ObjectNode chain(ObjectNode input, int n) {
        ObjectNode state = input;
        for (int i = 0; i < n; i++) {
            JsonNode run = state.get("run");
            ObjectNode parameters = JSON.objectNode();
            parameters.set("id", run.get("id"));
            parameters.set("count", run.get("count"));
            parameters.put("step", i);
            ObjectNode kept = JSON.objectNode();
            kept.set("run", parameters);
            ObjectNode result = JSON.objectNode();
            result.setAll(state);
            result.set("kept", kept);
            state = (ObjectNode) result.get("kept");
        }
        return state;
    }

    private static ArrayNode map(ObjectNode input) {
        ArrayNode results = JSON.arrayNode();
        for (JsonNode item : input.get("items")) {
            JsonNode state = item;
            for (int i = 0; i < 3; i++) {
                ObjectNode next = JSON.objectNode();
                next.set("id", state.get("id"));
                next.set("name", state.get("name"));
                state = next;
            }
            results.add(state);
        }
        return results;
    }

    private static ObjectNode loop(ObjectNode input, int n) {
        ObjectNode state = input;
        while (state.get("count").asInt() < n) {
            ObjectNode next = JSON.objectNode();
            next.set("id", state.get("id"));
            next.put("count", state.get("count").asInt() + 1);
            state = next;
        }
        return state;
    }

    private static ArrayNode branches(ObjectNode input, int n) {
        ArrayNode results = JSON.arrayNode();
        for (int branch = 0; branch < n / 10; branch++) {
            results.add(chain(input, 10));
        }
        return results;
    }
}
