package io.crois.asl.internal;

import com.fasterxml.jackson.databind.JsonNode;
import io.crois.asl.QueryLanguage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A value of the definition.
 *
 * @param node the value
 * @param place where it is, as the service writes places
 * @param language of the state that it belongs to
 * @param hasResult whether that state has a result, which expressions can read
 * @param findings where its problems are noted
 */
record Part(JsonNode node, String place, QueryLanguage language, boolean hasResult, Findings findings) {
    /** The place of the outermost machine itself; its fields are called {@code /StartAt} and so on. */
    static final String ROOT = "/";

    Part at(String field) {
        return new Part(
                node.path(field), (place.equals(ROOT) ? "" : place) + "/" + field, language, hasResult, findings);
    }

    /** Returns the same value as part of a machine or state in another language. */
    Part in(QueryLanguage other) {
        return new Part(node, place, other, hasResult, findings);
    }

    /** Returns the elements of an array, none of anything else. */
    List<Part> elements() {
        List<Part> elements = new ArrayList<>(node.isArray() ? node.size() : 0);
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            elements.add(new Part(node.get(i), place + "[" + i + "]", language, hasResult, findings));
        }
        return elements;
    }

    boolean has(String field) {
        return node.has(field);
    }

    String text(String field) {
        return node.path(field).asText();
    }

    boolean isJsonata() {
        return language == QueryLanguage.JSONATA;
    }

    /** Returns whether the value is a JSONata text, which may stand for a value of any type. */
    boolean isExpression() {
        return isJsonata() && isDelimited(node.asText());
    }

    static boolean isDelimited(String text) {
        return text.startsWith("{%") && text.endsWith("%}") && text.length() >= 4;
    }

    void report(String message) {
        findings.schema(place, message);
    }

    /** Returns whether the value is an object, and reports it where it is not. */
    boolean requireObject() {
        return require(node.isObject(), "OBJECT");
    }

    /** Returns whether the value is a list with something in it, and reports it where it is not. */
    boolean requireElements() {
        if (!require(node.isArray(), "ARRAY")) {
            return false;
        }
        if (node.isEmpty()) {
            report("Value cannot be empty");
        }
        return !node.isEmpty();
    }

    boolean require(boolean isOfType, String type) {
        if (!isOfType) {
            report("Expected value of type [" + type + "]");
        }
        return isOfType;
    }

    /** Reports those of the fields that are missing. */
    void requireFields(String... fields) {
        List<String> missing =
                Arrays.stream(fields).filter(field -> !node.has(field)).toList();
        if (!missing.isEmpty()) {
            report("These fields are required: " + missing);
        }
    }

    /** Reports more than one of the fields. */
    void requireAtMostOne(List<String> fields) {
        if (fields.stream().filter(node::has).count() > 1) {
            report("There should only be one of the following fields: " + fields);
        }
    }

    /** Reports none or more than one of the fields. */
    void requireExactlyOne(List<String> fields) {
        if (fields.stream().noneMatch(node::has)) {
            report("This object should have only one of the following fields: " + fields);
        } else {
            requireAtMostOne(fields);
        }
    }

    /** Reports a field that is not in the list. */
    void reportUnsupported(String field) {
        report("Field '" + field + "' is not supported");
    }
}
