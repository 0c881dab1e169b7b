package io.crois.wire;

import com.fasterxml.jackson.databind.JsonNode;
import io.crois.contract.UtcText;
import java.time.Instant;
import java.time.format.DateTimeParseException;
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

    @Nullable
    Members objectOrNull(String name) {
        return isAbsent(name) ? null : object(name);
    }

    /** Returns any value; {@code null} only where there is no such member. */
    @Nullable
    JsonNode valueOrNull(String name) {
        return json.get(name);
    }

    JsonNode value(String name) {
        JsonNode member = json.get(name);
        if (member == null) {
            throw wrong(name, "a value", json.path(name));
        }
        return member;
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

    int integer(String name) {
        JsonNode member = json.path(name);
        if (!member.canConvertToInt() || !member.isIntegralNumber()) {
            throw wrong(name, "a whole number of 32 bits", member);
        }
        return member.intValue();
    }

    @Nullable
    Integer integerOrNull(String name) {
        return isAbsent(name) ? null : Integer.valueOf(integer(name));
    }

    @Nullable
    Long numberOrNull(String name) {
        return isAbsent(name) ? null : Long.valueOf(number(name));
    }

    double real(String name) {
        JsonNode member = json.path(name);
        if (!member.isNumber()) {
            throw wrong(name, "a number", member);
        }
        return member.doubleValue();
    }

    Instant time(String name) {
        String text = text(name);
        try {
            return UtcText.parse(text);
        } catch (DateTimeParseException e) {
            throw wrong(name, "a time in ISO-8601", json.path(name));
        }
    }

    @Nullable
    Instant timeOrNull(String name) {
        return isAbsent(name) ? null : time(name);
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
        return constant(text(name), name, type);
    }

    private <E extends Enum<E>> E constant(String found, String name, Class<E> type) {
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equals(found)) {
                return constant;
            }
        }
        throw new IllegalArgumentException("`" + name + "` of " + record + " is no " + type.getSimpleName() + ".");
    }

    @Nullable
    <E extends Enum<E>> E constantOrNull(String name, Class<E> type) {
        return isAbsent(name) ? null : constant(name, type);
    }

    <E extends Enum<E>> List<E> constants(String name, Class<E> type) {
        List<E> constants = new ArrayList<>();
        for (String each : texts(name)) {
            constants.add(constant(each, name, type));
        }
        return constants;
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

    List<Integer> integers(String name) {
        List<Integer> numbers = new ArrayList<>();
        for (JsonNode each : array(name)) {
            if (!each.canConvertToInt() || !each.isIntegralNumber()) {
                throw wrong(name, "a list of whole numbers", each);
            }
            numbers.add(each.intValue());
        }
        return numbers;
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

    Map<String, Double> realsByName(String name) {
        Map<String, Double> numbers = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> each : valuesByName(name).entrySet()) {
            if (!each.getValue().isNumber()) {
                throw wrong(name, "an object of numbers", each.getValue());
            }
            numbers.put(each.getKey(), each.getValue().doubleValue());
        }
        return numbers;
    }

    Map<String, Members> objectsByName(String name) {
        Map<String, Members> objects = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> each : valuesByName(name).entrySet()) {
            objects.put(each.getKey(), of("`" + name + "` of " + record, each.getValue()));
        }
        return objects;
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

    boolean has(String name) {
        return json.has(name);
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
