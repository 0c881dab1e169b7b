package io.crois.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Any value of a type that stands in a record of the contract; what may be missing is missing half of the time. */
final class RandomValues {
    private final Random random;

    RandomValues(long seed) {
        this.random = new Random(seed);
    }

    <T> T any(Class<T> type) {
        return type.cast(of(type, 0));
    }

    private Object of(Type type, int depth) {
        if (type instanceof ParameterizedType generic) {
            Type[] arguments = generic.getActualTypeArguments();
            return generic.getRawType() == Map.class
                    ? map(() -> of(arguments[1], depth + 1), depth)
                    : list(() -> of(arguments[0], depth + 1), depth);
        }
        Class<?> plain = (Class<?>) type;
        if (plain.isEnum()) {
            return any(plain.getEnumConstants());
        }
        if (plain.isRecord()) {
            return record(plain, depth + 1);
        }
        return plain.isSealed() ? of(any(plain.getPermittedSubclasses()), depth) : simple(plain, depth);
    }

    private Object simple(Class<?> type, int depth) {
        return switch (type.getSimpleName()) {
            case "String" -> word();
            case "int", "Integer" -> random.nextInt(1000);
            case "long", "Long" -> random.nextBoolean() ? random.nextLong() : random.nextInt(100);
            case "double", "Double" -> random.nextBoolean() ? random.nextInt(64) : random.nextGaussian() * 1e6;
            case "boolean" -> random.nextBoolean();
            case "Instant" -> time();
            case "JsonNode" -> tree(Math.min(depth, 3));
            default -> throw new IllegalArgumentException("There is no random " + type);
        };
    }

    private Object record(Class<?> type, int depth) {
        RecordComponent[] components = type.getRecordComponents();
        Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            boolean mayBeMissing = components[i].getAnnotatedType().isAnnotationPresent(Nullable.class);
            values[i] = mayBeMissing && random.nextBoolean() ? null : boxed(components[i], depth);
        }
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            return type.getDeclaredConstructor(types).newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type.getName(), e);
        }
    }

    private Object boxed(RecordComponent component, int depth) {
        Object value = of(component.getGenericType(), depth);
        return switch (component.getType().getSimpleName()) {
            case "long", "Long" -> ((Number) value).longValue();
            case "double", "Double" -> ((Number) value).doubleValue();
            default -> value;
        };
    }

    JsonNode tree(int depth) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        return switch (random.nextInt(depth < 4 ? 10 : 8)) {
            case 0 -> nodes.textNode(word());
            case 1 -> nodes.numberNode(random.nextInt());
            case 2 -> nodes.numberNode(random.nextLong());
            case 3 -> nodes.numberNode(new BigInteger(90, random));
            case 4 -> nodes.numberNode(new BigDecimal(BigInteger.valueOf(random.nextLong()), random.nextInt(40) - 10));
            case 5 -> nodes.booleanNode(random.nextBoolean());
            case 6 -> nodes.nullNode();
            case 7 -> nodes.numberNode(random.nextInt(10));
            case 8 -> array(depth);
            default -> object(depth);
        };
    }

    private ArrayNode array(int depth) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        list(() -> tree(depth + 1), depth).forEach(array::add);
        return array;
    }

    private ObjectNode object(int depth) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        map(() -> tree(depth + 1), depth).forEach(object::set);
        return object;
    }

    private String word() {
        String letters = "aZ09-_/ \"\\\n\t\u0001äß日\ud83d\ude00";
        int[] points = letters.codePoints().toArray();
        StringBuilder word = new StringBuilder();
        for (int i = random.nextInt(12); i >= 0; i--) {
            word.appendCodePoint(points[random.nextInt(points.length)]);
        }
        return word.toString();
    }

    Instant time() {
        int[] units = {1_000_000_000, 1_000_000, 1_000, 1};
        int unit = units[random.nextInt(units.length)];
        return Instant.ofEpochSecond(
                random.nextLong(4_000_000_000L), random.nextInt(1_000_000_000) / unit * (long) unit);
    }

    private <T> T any(T[] constants) {
        return constants[random.nextInt(constants.length)];
    }

    /** The deeper, the shorter, so that what may hold itself ends. */
    private <T> List<T> list(Supplier<T> value, int depth) {
        List<T> list = new ArrayList<>();
        for (int i = depth > 5 ? 0 : random.nextInt(4); i > 0; i--) {
            list.add(value.get());
        }
        return list;
    }

    private <T> Map<String, T> map(Supplier<T> value, int depth) {
        Map<String, T> map = new HashMap<>();
        for (T each : list(value, depth)) {
            map.put(word(), each);
        }
        return map;
    }
}
