package io.crois.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The floor: plain Java loops that do the JSON work of a {@link Workload} and nothing else. */
final class HandWritten {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private HandWritten() {}

    /** Does the work of one execution with JSONPath and returns its output. */
    static JsonNode run(Workload workload, ObjectNode input, int n) {
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
            ObjectNode last = JSON.objectNode();
            last.set("id", state.get("id"));
            last.set("count", state.get("count"));
            last.put("step", i);
            ObjectNode next = JSON.objectNode();
            next.setAll(state);
            next.set("last", last);
            state = next;
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
