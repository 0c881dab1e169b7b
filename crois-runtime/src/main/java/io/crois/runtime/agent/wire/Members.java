package io.crois.runtime.agent.wire;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The members of a record's JSON. What is wrong with them is an {@link IllegalArgumentException} that names the record
 * and the member, and repeats no value, since it may be a secret's place or data.
 */
record Members(String record, JsonNode json) {

    static Members of(String record, JsonNode json) {
        if (!json.isObject()) {
            throw new IllegalArgumentException(
                    "The JSON of " + record + " must be an object, but is " + json.getNodeType() + ".");
        }
        return new Members(record, json);
    }

    Members object(String name) {
        JsonNode member = json.path(name);
        if (!member.isObject()) {
            throw wrong(name, "an object", member);
        }
        return new Members("`" + name + "` of " + record, member);
    }

    String text(String name) {
        JsonNode member = json.path(name);
        if (!member.isTextual()) {
            throw wrong(name, "a text", member);
        }
        return member.textValue();
    }

    @Nullable
    String textOrNull(String name) {
        return isAbsent(name) ? null : text(name);
    }

    long number(String name) {
        JsonNode member = json.path(name);
        if (!member.canConvertToLong() || !member.isIntegralNumber()) {
            throw wrong(name, "a whole number", member);
        }
        return member.longValue();
    }

    boolean truth(String name) {
        JsonNode member = json.path(name);
        if (isAbsent(name)) {
            return false;
        }
        if (!member.isBoolean()) {
            throw wrong(name, "`true` or `false`", member);
        }
        return member.booleanValue();
    }

    <E extends Enum<E>> E constant(String name, Class<E> type) {
        String found = text(name);
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equals(found)) {
                return constant;
            }
        }
        throw new IllegalArgumentException("`" + name + "` of " + record + " is no " + type.getSimpleName() + ".");
    }

    List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        for (JsonNode each : array(name)) {
            if (!each.isTextual()) {
                throw wrong(name, "a list of texts", each);
            }
            texts.add(each.textValue());
        }
        return texts;
    }

    List<Members> objects(String name) {
        List<Members> objects = new ArrayList<>();
        for (JsonNode each : array(name)) {
            objects.add(of("`" + name + "` of " + record, each));
        }
        return objects;
    }

    Map<String, String> textsByName(String name) {
        Map<String, String> texts = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> each : valuesByName(name).entrySet()) {
            if (!each.getValue().isTextual()) {
                throw wrong(name, "an object of texts", each.getValue());
            }
            texts.put(each.getKey(), each.getValue().textValue());
        }
        return texts;
    }

    Map<String, JsonNode> valuesByName(String name) {
        Map<String, JsonNode> values = new LinkedHashMap<>();
        if (!isAbsent(name)) {
            for (Iterator<Map.Entry<String, JsonNode>> all = object(name).json.fields(); all.hasNext(); ) {
                Map.Entry<String, JsonNode> each = all.next();
                values.put(each.getKey(), each.getValue());
            }
        }
        return values;
    }

    private JsonNode array(String name) {
        JsonNode member = json.path(name);
        if (!isAbsent(name) && !member.isArray()) {
            throw wrong(name, "a list", member);
        }
        return member;
    }

    private boolean isAbsent(String name) {
        JsonNode member = json.path(name);
        return member.isMissingNode() || member.isNull();
    }

    private IllegalArgumentException wrong(String name, String expected, JsonNode found) {
        return new IllegalArgumentException("`" + name + "` of " + record + " must be " + expected + ", but is "
                + (found.isMissingNode() ? "missing" : "of type " + found.getNodeType()) + ".");
    }
}
