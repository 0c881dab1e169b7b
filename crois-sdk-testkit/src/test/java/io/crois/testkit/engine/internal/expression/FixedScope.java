package io.crois.testkit.engine.internal.expression;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.random.RandomGenerator;

/** What an expression sees in these tests: a fixed input, context and variables. */
final class FixedScope implements Scope {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final JsonNode input;
    private final Map<String, JsonNode> variables = new HashMap<>();
    private final RandomGenerator random = new Random(1);

    private FixedScope(JsonNode input) {
        this.input = input;
    }

    static FixedScope of(String input) {
        return new FixedScope(json(input));
    }

    FixedScope with(String variable, String value) {
        variables.put(variable, json(value));
        return this;
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException unreadable) {
            throw new IllegalArgumentException(unreadable);
        }
    }

    @Override
    public JsonNode input() {
        return input;
    }

    @Override
    public JsonNode result() {
        return null;
    }

    @Override
    public JsonNode errorOutput() {
        return null;
    }

    @Override
    public JsonNode variable(String name) {
        return variables.get(name);
    }

    @Override
    public JsonNode context() {
        return json("{'Execution': {'Name': 'run-1'}}");
    }

    @Override
    public Instant now() {
        return Instant.parse("2026-01-02T03:04:05.678Z");
    }

    @Override
    public RandomGenerator random() {
        return random;
    }
}
