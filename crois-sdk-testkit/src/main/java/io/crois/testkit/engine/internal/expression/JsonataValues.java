package io.crois.testkit.engine.internal.expression;

import com.dashjoin.jsonata.Jsonata;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.AbstractList;
import java.util.AbstractMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.RandomAccess;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Shows JSON to the JSONata library and reads its values. Objects and arrays are shown through views, so that an
 * expression costs what it reads, not what the state carries; a view that comes out again is the JSON that it shows.
 */
final class JsonataValues {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private JsonataValues() {}

    /** Returns JSON as the library sees it; its null is the library's own, for Java's means "nothing". */
    static Object show(JsonNode node) {
        if (node instanceof ObjectNode object) {
            return new ObjectView(object);
        }
        if (node instanceof ArrayNode array) {
            return new ArrayView(array);
        }
        if (node.isTextual()) {
            return node.textValue();
        }
        if (node.isNumber()) {
            return node.numberValue();
        }
        return node.isBoolean() ? node.booleanValue() : Jsonata.NULL_VALUE;
    }

    /**
     * Returns a value of the library as JSON.
     *
     * @throws NoJson if it is a function, or holds one
     */
    static JsonNode read(@Nullable Object value) throws NoJson {
        if (value == null || value == Jsonata.NULL_VALUE) {
            return NullNode.instance;
        }
        if (value instanceof ObjectView view) {
            return view.object;
        }
        if (value instanceof ArrayView view) {
            return view.array;
        }
        if (value instanceof Map<?, ?> map) {
            return object(map);
        }
        if (value instanceof List<?> list && !(value instanceof Jsonata.JFunctionCallable)) {
            return array(list);
        }
        return scalar(value);
    }

    private static ObjectNode object(Map<?, ?> map) throws NoJson {
        ObjectNode object = JSON.objectNode();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            object.set(String.valueOf(entry.getKey()), read(entry.getValue()));
        }
        return object;
    }

    private static ArrayNode array(List<?> list) throws NoJson {
        ArrayNode array = JSON.arrayNode(list.size());
        for (Object item : list) {
            array.add(read(item));
        }
        return array;
    }

    private static JsonNode scalar(Object value) throws NoJson {
        if (value instanceof String text) {
            return JSON.textNode(text);
        }
        if (value instanceof Boolean flag) {
            return JSON.booleanNode(flag);
        }
        if (value instanceof Number number) {
            return number(number);
        }
        throw new NoJson();
    }

    private static JsonNode number(Number number) {
        if (number instanceof Integer || number instanceof Long || number instanceof Short) {
            return NumberFunctions.number(number.longValue());
        }
        if (number instanceof BigInteger whole) {
            return JSON.numberNode(whole);
        }
        if (number instanceof BigDecimal decimal) {
            return JSON.numberNode(decimal);
        }
        double value = number.doubleValue();
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? NumberFunctions.number((long) value)
                : JSON.numberNode(value);
    }

    /** The value has no JSON. */
    static final class NoJson extends Exception {

        private static final long serialVersionUID = 1L;

        private NoJson() {
            super("no JSON", null, false, false);
        }
    }

    private static final class ObjectView extends AbstractMap<String, Object> {

        private final ObjectNode object;

        private ObjectView(ObjectNode object) {
            this.object = object;
        }

        @Override
        public @Nullable Object get(Object key) {
            JsonNode value = key instanceof String name ? object.get(name) : null;
            return value == null ? null : show(value);
        }

        @Override
        public boolean containsKey(Object key) {
            return key instanceof String name && object.has(name);
        }

        @Override
        public int size() {
            return object.size();
        }

        @Override
        public Set<Entry<String, Object>> entrySet() {
            Map<String, Object> entries = new LinkedHashMap<>();
            object.properties().forEach(entry -> entries.put(entry.getKey(), show(entry.getValue())));
            return entries.entrySet();
        }
    }

    private static final class ArrayView extends AbstractList<Object> implements RandomAccess {

        private final ArrayNode array;

        private ArrayView(ArrayNode array) {
            this.array = array;
        }

        @Override
        public Object get(int index) {
            return show(array.get(index));
        }

        @Override
        public int size() {
            return array.size();
        }
    }
}
