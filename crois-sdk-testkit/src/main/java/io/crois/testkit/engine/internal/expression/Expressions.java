package io.crois.testkit.engine.internal.expression;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.BinaryOperator;
import java.util.function.Function;

/** Plans the expressions of a definition's fields. */
public final class Expressions {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private Expressions() {}

    /** Plans a path of a field of its own, such as {@code InputPath}. */
    public static Template path(String text) {
        Path path = Path.parse(text);
        return path::read;
    }

    /** Plans a path of a field that is named when it finds nothing, such as {@code ErrorPath}, or an intrinsic. */
    public static Template pathOrIntrinsic(String text, String field) {
        if (text.startsWith("States.")) {
            return Intrinsic.parse(text);
        }
        Path path = Path.parse(text);
        return scope -> {
            try {
                return path.find(scope);
            } catch (Path.Missing missing) {
                throw StatesError.runtime("The JSONPath '" + text + "' specified for the field '" + field
                        + "' could not be found in the input '" + path.root(scope) + "'");
            }
        };
    }

    /** Plans a payload template of JSONPath: members whose names end with {@code .$} are paths or intrinsics. */
    public static Template payload(JsonNode template) {
        return composed(template, Expressions::payload, Expressions::payloadMember);
    }

    private static Template payloadMember(String name, JsonNode value) {
        return name.endsWith(".$") && value.isTextual()
                ? new Renamed(name.substring(0, name.length() - 2), pathOrIntrinsic(value.textValue(), name))
                : payload(value);
    }

    /** Plans JSON of JSONata, in which texts <code>{% … %}</code> are expressions. */
    public static Template jsonata(JsonNode template, String field) {
        if (isExpression(template)) {
            return JsonataExpression.plan(bare(template.textValue()), field);
        }
        if (template.isArray()) {
            List<Template> items = new ArrayList<>();
            template.forEach(item -> items.add(jsonata(item, field + "[" + items.size() + "]")));
            return array(template, items);
        }
        return composed(template, item -> jsonata(item, field), (name, value) -> jsonata(value, field + "/" + name));
    }

    private static boolean isExpression(JsonNode value) {
        return value.isTextual()
                && value.textValue().startsWith("{%")
                && value.textValue().endsWith("%}");
    }

    private static Template composed(
            JsonNode template, Function<JsonNode, Template> ofItem, BiFunction<String, JsonNode, Template> ofMember) {
        if (template.isArray()) {
            List<Template> items = new ArrayList<>();
            template.forEach(item -> items.add(ofItem.apply(item)));
            return array(template, items);
        }
        if (!template.isObject()) {
            return new Constant(template);
        }
        Map<String, Template> members = new LinkedHashMap<>();
        template.properties().forEach(entry -> {
            Template member = ofMember.apply(entry.getKey(), entry.getValue());
            if (member instanceof Renamed renamed) {
                members.put(renamed.name(), renamed.value());
            } else {
                members.put(entry.getKey(), member);
            }
        });
        return object(template, members);
    }

    private static Template array(JsonNode template, List<Template> items) {
        if (items.stream().allMatch(Constant.class::isInstance)) {
            return new Constant(template);
        }
        Template[] parts = items.toArray(Template[]::new);
        return scope -> {
            ArrayNode array = JSON.arrayNode(parts.length);
            for (Template part : parts) {
                array.add(part.evaluate(scope));
            }
            return array;
        };
    }

    private static Template object(JsonNode template, Map<String, Template> members) {
        if (members.values().stream().allMatch(Constant.class::isInstance)) {
            return new Constant(template);
        }
        String[] names = members.keySet().stream().map(String::intern).toArray(String[]::new);
        Template[] values = members.values().toArray(Template[]::new);
        return scope -> {
            JsonNode[] made = new JsonNode[values.length];
            for (int i = 0; i < made.length; i++) {
                made[i] = values[i].evaluate(scope);
            }
            return object(names, made);
        };
    }

    private static ObjectNode object(String[] names, JsonNode[] values) {
        if (names.length <= TemplateMembers.MOST) {
            return new ObjectNode(JSON, new TemplateMembers(names, values));
        }
        ObjectNode object = object(names.length);
        for (int i = 0; i < names.length; i++) {
            object.set(names[i], values[i]);
        }
        return object;
    }

    /** Returns an empty object with room for so many members and no more. */
    static ObjectNode object(int members) {
        return new ObjectNode(JSON, new LinkedHashMap<>(members + members / 3 + 1));
    }

    /** Returns an expression without <code>{% %}</code>; a text that is none as it stands. */
    public static String bare(String text) {
        return text.startsWith("{%") && text.endsWith("%}")
                ? text.substring(2, text.length() - 2).strip()
                : text;
    }

    /** Returns the error of an expression whose value is of a type that its field does not take. */
    public static StatesError unexpectedType(String shown, String field, String expected, JsonNode value) {
        return StatesError.inState(
                StatesError.QUERY_EVALUATION,
                "The JSONata expression '" + shown + "' specified for the field '" + field
                        + "' returned an unexpected result type. Expected '" + expected + "', but was '"
                        + value.getNodeType().name().toLowerCase(Locale.ROOT) + "' for value: " + value,
                field);
    }

    /** Plans where a result goes: from the input and the result to both combined. */
    public static BinaryOperator<JsonNode> resultPath(String path) {
        return ReferencePath.parse(path)::put;
    }

    /** JSON without expressions: shared, never copied. */
    private record Constant(JsonNode value) implements Template {

        @Override
        public JsonNode evaluate(Scope scope) {
            return value;
        }
    }

    /** A member that is called otherwise in the outcome. */
    private record Renamed(String name, Template value) implements Template {

        @Override
        public JsonNode evaluate(Scope scope) {
            return value.evaluate(scope);
        }
    }
}
