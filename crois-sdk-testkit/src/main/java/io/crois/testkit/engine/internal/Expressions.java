package io.crois.testkit.engine.internal;

import com.dashjoin.jsonata.Jsonata;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.jayway.jsonpath.Configuration;
import com.jayway.jsonpath.JsonPath;
import com.jayway.jsonpath.JsonPathException;
import com.jayway.jsonpath.spi.json.JacksonJsonNodeJsonProvider;
import com.jayway.jsonpath.spi.mapper.JacksonMappingProvider;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

final class Expressions {
    static final ObjectMapper M = new ObjectMapper();
    static final Configuration C = Configuration.builder()
            .jsonProvider(new JacksonJsonNodeJsonProvider())
            .mappingProvider(new JacksonMappingProvider())
            .build();

    private Expressions() {}

    static Template path(String p) {
        if (p.startsWith("$$")) {
            JsonPath jp = JsonPath.compile(p.substring(1));
            return s -> read(jp, p, s.context());
        }
        if (p.matches("\\$[A-Za-z_].*")) {
            int e = 1;
            while (e < p.length() && Character.isJavaIdentifierPart(p.charAt(e))) e++;
            String n = p.substring(1, e);
            JsonPath jp = JsonPath.compile("$" + p.substring(e));
            return s -> {
                JsonNode v = s.variable(n);
                if (v == null) throw StatesError.runtime("no variable " + n);
                return read(jp, p, v);
            };
        }
        JsonPath jp = JsonPath.compile(p);
        return s -> read(jp, p, s.input());
    }

    private static JsonNode read(JsonPath jp, String p, JsonNode root) {
        try {
            Object o = jp.read(root, C);
            return o == null ? NullNode.instance : (JsonNode) o;
        } catch (JsonPathException e) {
            throw StatesError.runtime("Invalid path '" + p + "' : " + e.getMessage());
        }
    }

    static Template pathOrIntrinsic(String p, String field) {
        return path(p);
    }

    static Template payload(JsonNode t) {
        if (t.isObject()) {
            Map<String, Template> fs = new java.util.LinkedHashMap<>();
            t.properties().forEach(e -> {
                if (e.getKey().endsWith(".$"))
                    fs.put(
                            e.getKey().substring(0, e.getKey().length() - 2),
                            path(e.getValue().asText()));
                else fs.put(e.getKey(), payload(e.getValue()));
            });
            return s -> {
                ObjectNode o = JsonNodeFactory.instance.objectNode();
                fs.forEach((k, v) -> o.set(k, v.evaluate(s)));
                return o;
            };
        }
        if (t.isArray()) {
            java.util.List<Template> l = new java.util.ArrayList<>();
            t.forEach(x -> l.add(payload(x)));
            return s -> {
                ArrayNode a = JsonNodeFactory.instance.arrayNode();
                l.forEach(x -> a.add(x.evaluate(s)));
                return a;
            };
        }
        return s -> t;
    }

    static Template jsonata(JsonNode t, String field) {
        if (t.isTextual() && t.textValue().startsWith("{%")) {
            String e = bare(t.textValue());
            return s -> {
                Jsonata j = Jsonata.jsonata(e);
                var f = j.createFrame();
                Map<String, Object> st = new HashMap<>();
                st.put("input", M.convertValue(s.input(), Object.class));
                st.put("context", M.convertValue(s.context(), Object.class));
                if (s.result() != null) st.put("result", M.convertValue(s.result(), Object.class));
                if (s.errorOutput() != null) st.put("errorOutput", M.convertValue(s.errorOutput(), Object.class));
                f.bind("states", st);
                Object o;
                try {
                    java.util.regex.Matcher m = java.util.regex.Pattern.compile("\\$([a-zA-Z_]\\w*)")
                            .matcher(e);
                    while (m.find()) {
                        JsonNode v = s.variable(m.group(1));
                        if (v != null) f.bind(m.group(1), M.convertValue(v, Object.class));
                    }
                    o = j.evaluate(null, f);
                } catch (com.dashjoin.jsonata.JException x) {
                    throw StatesError.inState(StatesError.QUERY_EVALUATION, String.valueOf(x.getMessage()), field);
                }
                if (o == null)
                    throw StatesError.inState(
                            StatesError.QUERY_EVALUATION,
                            "The JSONata expression '" + e + "' specified for the field '" + field
                                    + "' returned nothing (undefined).",
                            field);
                return M.valueToTree(o);
            };
        }
        if (t.isObject()) {
            Map<String, Template> fs = new java.util.LinkedHashMap<>();
            t.properties().forEach(e -> fs.put(e.getKey(), jsonata(e.getValue(), field + "/" + e.getKey())));
            return s -> {
                ObjectNode o = JsonNodeFactory.instance.objectNode();
                fs.forEach((k, v) -> o.set(k, v.evaluate(s)));
                return o;
            };
        }
        if (t.isArray()) {
            java.util.List<Template> l = new java.util.ArrayList<>();
            for (int i = 0; i < t.size(); i++) l.add(jsonata(t.get(i), field + "[" + i + "]"));
            return s -> {
                ArrayNode a = JsonNodeFactory.instance.arrayNode();
                l.forEach(x -> a.add(x.evaluate(s)));
                return a;
            };
        }
        return s -> t;
    }

    static String bare(String t) {
        return t.startsWith("{%") ? t.substring(2, t.length() - 2).strip() : t;
    }

    static StatesError unexpectedType(String shown, String field, String expected, JsonNode v) {
        return StatesError.inState(
                StatesError.QUERY_EVALUATION,
                "The JSONata expression '" + shown + "' specified for the field '" + field
                        + "' returned an unexpected result type. Expected '" + expected + "', but was '"
                        + v.getNodeType().name().toLowerCase(java.util.Locale.ROOT) + "' for value: " + v,
                field);
    }

    static BinaryOperator<JsonNode> resultPath(String p) {
        String[] parts = p.substring(2).split("\\.");
        return (in, r) -> set(in, r, parts, 0);
    }

    private static JsonNode set(@Nullable JsonNode in, JsonNode r, String[] parts, int i) {
        if (i == parts.length) return r;
        ObjectNode o = JsonNodeFactory.instance.objectNode();
        if (in instanceof ObjectNode obj) o.setAll(obj);
        o.set(parts[i], set(o.get(parts[i]), r, parts, i + 1));
        return o;
    }
}
