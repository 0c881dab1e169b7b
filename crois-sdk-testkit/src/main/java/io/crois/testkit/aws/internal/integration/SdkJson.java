package io.crois.testkit.aws.internal.integration;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.nio.charset.CharacterCodingException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingKnownType;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;

/**
 * Writes what a service answered as the JSON that Step Functions shows: names in Pascal case, nothing that is absent.
 */
public final class SdkJson {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Function<SdkField<?>, String> names;
    private final Function<Instant, JsonNode> times;
    private final boolean hasEmptyLists;

    private SdkJson(Function<SdkField<?>, String> names, Function<Instant, JsonNode> times, boolean hasEmptyLists) {
        this.names = names;
        this.times = times;
        this.hasEmptyLists = hasEmptyLists;
    }

    /** As the optimized integrations write: times are milliseconds since 1970. */
    static SdkJson optimized() {
        return new SdkJson(FieldNames::of, time -> JSON.numberNode(time.toEpochMilli()), false);
    }

    /** As the optimized integration of ECS writes: lists that are absent are empty. */
    static SdkJson ofEcs() {
        return new SdkJson(FieldNames::of, time -> JSON.numberNode(time.toEpochMilli()), true);
    }

    /** As the integrations of the AWS SDK write: times are texts of ISO 8601. */
    static SdkJson ofSdk() {
        return new SdkJson(FieldNames::of, time -> JSON.textNode(time.toString()), false);
    }

    /** As the events of a service are written. */
    public static SdkJson ofEvents() {
        return new SdkJson(SdkField::memberName, time -> JSON.textNode(time.toString()), false);
    }

    /** Returns what is set of a value. */
    public ObjectNode write(SdkPojo value) {
        ObjectNode object = JSON.objectNode();
        for (SdkField<?> field : value.sdkFields()) {
            Object member = field.getValueOrDefault(value);
            if (isSet(member)) {
                object.set(names.apply(field), node(member));
            } else if (hasEmptyLists && field.marshallingType().getKnownType() == MarshallingKnownType.LIST) {
                object.putArray(names.apply(field));
            }
        }
        return object;
    }

    private static boolean isSet(Object member) {
        return member != null && !(member instanceof SdkAutoConstructList) && !(member instanceof SdkAutoConstructMap);
    }

    private JsonNode node(Object value) {
        if (value instanceof SdkPojo pojo) {
            return write(pojo);
        }
        if (value instanceof List<?> list) {
            ArrayNode array = JSON.arrayNode();
            list.forEach(element -> array.add(element == null ? JSON.nullNode() : node(element)));
            return array;
        }
        if (value instanceof Map<?, ?> map) {
            ObjectNode object = JSON.objectNode();
            map.forEach((key, element) -> object.set(key.toString(), node(element)));
            return object;
        }
        if (value instanceof Instant time) {
            return times.apply(time);
        }
        return scalar(value);
    }

    private static JsonNode scalar(Object value) {
        if (value instanceof Boolean flag) {
            return JSON.booleanNode(flag);
        }
        if (value instanceof BigDecimal number) {
            return JSON.numberNode(number);
        }
        if (value instanceof Float || value instanceof Double) {
            return JSON.numberNode(((Number) value).doubleValue());
        }
        if (value instanceof Number number) {
            return JSON.numberNode(number.longValue());
        }
        if (value instanceof SdkBytes bytes) {
            return JSON.textNode(text(bytes));
        }
        return JSON.textNode(value.toString());
    }

    /** Bytes that are text are shown as text, as the payloads of functions are; others in Base64. */
    private static String text(SdkBytes bytes) {
        try {
            return UTF_8.newDecoder().decode(bytes.asByteBuffer()).toString();
        } catch (CharacterCodingException e) {
            return Base64.getEncoder().encodeToString(bytes.asByteArrayUnsafe());
        }
    }
}
