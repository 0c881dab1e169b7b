package io.crois.testkit.engine.internal.service;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the context object of a TestState request. */
final class MockedContext {

    private static final Map<String, Map<String, String>> MEMBERS = Map.of(
            "Execution",
            Map.of(
                    "Id", "a string",
                    "Input", "",
                    "Name", "a string",
                    "RoleArn", "a string",
                    "StartTime", "a string",
                    "RedriveCount", "a number",
                    "RedriveTime", "a string"),
            "State",
            Map.of("EnteredTime", "a string", "Name", "a string", "RetryCount", "a number"),
            "StateMachine",
            Map.of("Id", "a string", "Name", "a string"),
            "Task",
            Map.of("Token", "a string"));

    private MockedContext() {}

    /** Returns the context, {@code null} where the request has none. */
    static @Nullable ObjectNode read(@Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            if (Json.read(text) instanceof ObjectNode context) {
                context.properties().forEach(entry -> check(entry.getKey(), entry.getValue()));
                return context;
            }
        } catch (JsonProcessingException unreadable) {
            throw refused("Context object must be valid JSON");
        }
        throw refused("Context object must be a JSON object");
    }

    private static void check(String name, JsonNode value) {
        if (name.equals("Map")) {
            throw refused("'Map' field is not supported when mocking a Context object");
        }
        Map<String, String> members = MEMBERS.get(name);
        if (members == null) {
            throw refused("Field '" + name + "' is not allowed");
        }
        if (!value.isObject()) {
            throw refused(name + " must be an object");
        }
        value.properties().forEach(entry -> checkMember(name, members, entry.getKey(), entry.getValue()));
    }

    private static void checkMember(String owner, Map<String, String> members, String name, JsonNode value) {
        String kind = members.get(name);
        if (kind == null) {
            throw refused("Field '" + name + "' is not allowed");
        }
        boolean holds = kind.isEmpty() || (kind.equals("a number") ? value.isNumber() : value.isTextual());
        if (!holds) {
            throw refused(owner + "." + name + " must be " + kind);
        }
    }

    private static RuntimeException refused(String problem) {
        return Refusal.validation("Invalid Context object provided: " + problem);
    }
}
