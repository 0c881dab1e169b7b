package io.crois.testkit.aws.internal.events;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.crois.testkit.aws.internal.events.EventPattern.Match;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/** Makes matches of the JSON of a pattern. */
final class PatternReader {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String OR = "$or";

    private PatternReader() {}

    static Match read(String json) {
        JsonNode pattern;
        try {
            pattern = MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw EventRefusal.pattern(e.getOriginalMessage());
        }
        if (!pattern.isObject()) {
            throw EventRefusal.pattern("Filter is not an object");
        }
        return object(pattern);
    }

    /** All fields must match; in a list of objects, those of one of them. */
    private static Match object(JsonNode pattern) {
        if (pattern.isEmpty()) {
            throw EventRefusal.pattern("Empty objects are not allowed");
        }
        List<Match> all = new ArrayList<>();
        pattern.fields().forEachRemaining(field -> all.add(field(field)));
        Match one = value -> all.stream().allMatch(match -> match.test(value));
        return value -> value.isArray() ? anyOf(value, one) : one.test(value);
    }

    private static boolean anyOf(JsonNode list, Match match) {
        return StreamSupport.stream(list.spliterator(), false).anyMatch(match::test);
    }

    private static Match field(Map.Entry<String, JsonNode> field) {
        String name = field.getKey();
        JsonNode pattern = field.getValue();
        if (name.equals(OR) && pattern.isArray()) {
            return or(pattern);
        }
        Match match = value(name, pattern);
        return parent -> {
            JsonNode value = parent.get(name);
            return match.test(value == null ? MissingNode.getInstance() : value);
        };
    }

    private static Match or(JsonNode alternatives) {
        if (alternatives.size() < 2) {
            throw EventRefusal.pattern("There must have at least 2 Objects in $or relationship");
        }
        List<Match> any = new ArrayList<>();
        alternatives.forEach(alternative -> any.add(object(checkedObject(OR, alternative))));
        return value -> any.stream().anyMatch(match -> match.test(value));
    }

    private static JsonNode checkedObject(String name, JsonNode pattern) {
        if (!pattern.isObject()) {
            throw EventRefusal.pattern("\"" + name + "\" must be an object or an array");
        }
        return pattern;
    }

    private static Match value(String name, JsonNode pattern) {
        if (!pattern.isArray()) {
            return object(checkedObject(name, pattern));
        }
        if (pattern.isEmpty()) {
            throw EventRefusal.pattern("Empty arrays are not allowed");
        }
        List<Match> any = new ArrayList<>();
        pattern.forEach(alternative -> any.add(ValueTests.of(alternative)));
        return value -> any.stream().anyMatch(match -> match.test(value));
    }
}
