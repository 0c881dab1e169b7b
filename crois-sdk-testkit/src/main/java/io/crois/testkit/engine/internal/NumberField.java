package io.crois.testkit.engine.internal;

import com.fasterxml.jackson.databind.JsonNode;
import io.crois.asl.FieldsValue;
import io.crois.asl.QueryLanguage;
import io.crois.testkit.engine.internal.expression.Expressions;
import io.crois.testkit.engine.internal.expression.StatesError;
import io.crois.testkit.engine.internal.expression.Template;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A field of whole numbers: written down, found by a path, or made by an expression. */
final class NumberField {

    private final String name;
    private final @Nullable Long fixed;
    private final @Nullable Template template;
    private final @Nullable String path;
    private final String shown;

    private NumberField(String name, @Nullable Long fixed, @Nullable Template template, @Nullable String path) {
        this(name, fixed, template, path, "");
    }

    private NumberField(
            String name, @Nullable Long fixed, @Nullable Template template, @Nullable String path, String shown) {
        this.name = name;
        this.fixed = fixed;
        this.template = template;
        this.path = path;
        this.shown = shown;
    }

    /** Plans the field of this name, or the one that ends in {@code Path}. */
    static NumberField of(FieldsValue owner, String name, QueryLanguage language) {
        return of(owner::field, name, language);
    }

    /** Plans a field of an object of this kind. */
    static NumberField of(JsonNode owner, String name, QueryLanguage language) {
        return of(field -> Optional.ofNullable(owner.get(field)), name, language);
    }

    private static NumberField of(Function<String, Optional<JsonNode>> owner, String name, QueryLanguage language) {
        Optional<JsonNode> value = owner.apply(name);
        if (value.isPresent() && value.get().isNumber()) {
            return new NumberField(name, value.get().longValue(), null, null);
        }
        if (value.isPresent() && language == QueryLanguage.JSONATA) {
            return new NumberField(
                    name, null, Expressions.jsonata(value.get(), name), null, Expressions.bare(shown(value.get())));
        }
        return owner.apply(name + "Path")
                .map(path -> new NumberField(name + "Path", null, Expressions.path(path.asText()), path.asText()))
                .orElseGet(() -> new NumberField(name, null, null, null));
    }

    /** Returns the number, {@code null} when the field is absent. */
    @Nullable
    Long read(Frame frame) {
        return read(frame.evaluation());
    }

    /** Returns the number, {@code null} when the field is absent. */
    @Nullable
    Long read(Evaluation scope) {
        if (template == null) {
            return fixed;
        }
        JsonNode value = template.evaluate(scope);
        Long number = whole(value);
        if (number == null && path == null) {
            throw Expressions.unexpectedType(shown, name, "number", value);
        }
        if (number == null) {
            throw StatesError.runtime("The " + name + " field refers to value \"" + shown(value)
                    + "\" which is not a valid integer: " + path);
        }
        return number;
    }

    /** Returns a value as causes show it: texts bare. */
    static String shown(JsonNode value) {
        return value.isValueNode() ? value.asText() : value.toString();
    }

    private static @Nullable Long whole(JsonNode value) {
        if (value.isIntegralNumber() && value.canConvertToLong()) {
            return value.longValue();
        }
        if (value.isNumber()) {
            double number = value.doubleValue();
            return number == Math.rint(number) && Math.abs(number) < 1e15 ? (Long) (long) number : null;
        }
        return value.isTextual() ? parse(value.textValue()) : null;
    }

    private static @Nullable Long parse(String text) {
        try {
            return Long.valueOf(text);
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
