package io.crois.asl.internal;

import io.crois.asl.QueryLanguage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which fields an object may have, in which query language, and what their values must be. */
final class Shape {
    private final Map<String, Field> fields;
    private final String[] required;
    private final List<List<String>> alternatives;
    private final List<List<String>> choices;

    private Shape(Builder builder) {
        this.fields = Map.copyOf(builder.fields);
        this.required = builder.required.toArray(String[]::new);
        this.alternatives = List.copyOf(builder.alternatives);
        this.choices = List.copyOf(builder.choices);
    }

    static Builder builder() {
        return new Builder();
    }

    /** Checks an object; anything else is reported as such. */
    void check(Part object) {
        check(object, true);
    }

    /**
     * Checks an object.
     *
     * @param strict whether fields of the other query language are reported
     */
    void check(Part object, boolean strict) {
        if (!object.requireObject()) {
            return;
        }
        object.requireFields(required);
        object.node().fieldNames().forEachRemaining(name -> checkField(object, name, strict));
        alternatives.forEach(object::requireAtMostOne);
        choices.forEach(object::requireExactlyOne);
    }

    private void checkField(Part object, String name, boolean strict) {
        Field field = fields.get(name);
        if (field == null) {
            object.reportUnsupported(name);
        } else if (field.only != null && field.only != object.language()) {
            if (strict) {
                object.report(wrongLanguage(name, object.language(), field.only));
            }
        } else {
            field.rule.check(object.at(name));
        }
    }

    static String wrongLanguage(String field, QueryLanguage set, QueryLanguage needed) {
        return "The QueryLanguage is set to '" + set.text() + "', but field '" + field + "' is only supported for the '"
                + needed.text() + "' QueryLanguage";
    }

    private record Field(@Nullable QueryLanguage only, ValueRule rule) {}

    /** Collects a shape. */
    static final class Builder {
        private final Map<String, Field> fields = new LinkedHashMap<>();
        private final List<String> required = new ArrayList<>();
        private final List<List<String>> alternatives = new ArrayList<>();
        private final List<List<String>> choices = new ArrayList<>();

        private Builder() {}

        /** Adds a field of both query languages. */
        Builder field(String name, ValueRule rule) {
            fields.put(name, new Field(null, rule));
            return this;
        }

        Builder jsonPath(String name, ValueRule rule) {
            fields.put(name, new Field(QueryLanguage.JSONPATH, rule));
            return this;
        }

        Builder jsonata(String name, ValueRule rule) {
            fields.put(name, new Field(QueryLanguage.JSONATA, rule));
            return this;
        }

        /** Adds a field that holds a value, and one of JSONPath that says where to find it. */
        Builder fieldOrPath(String name, ValueRule rule, ValueRule path) {
            alternatives.add(List.of(name, name + "Path"));
            return field(name, rule).jsonPath(name + "Path", path);
        }

        Builder required(String... names) {
            required.addAll(List.of(names));
            return this;
        }

        /** Of these fields there must be one. */
        Builder exactlyOne(String... names) {
            choices.add(List.of(names));
            return this;
        }

        Shape build() {
            return new Shape(this);
        }
    }
}
