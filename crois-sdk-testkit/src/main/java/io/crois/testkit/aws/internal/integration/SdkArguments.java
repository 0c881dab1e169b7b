package io.crois.testkit.aws.internal.integration;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.utils.builder.Buildable;

/** Reads the arguments of a task, with names in Pascal case, into the request of a service. */
final class SdkArguments {

    private final List<String> problems = new ArrayList<>();

    private SdkArguments() {}

    /**
     * Fills a request's builder and builds it.
     *
     * @throws ArgumentsRefused if a field is unknown or of a wrong type; it tells all of them
     */
    static Object read(JsonNode arguments, SdkPojo builder) {
        SdkArguments reader = new SdkArguments();
        Object request = reader.object(arguments, builder, "Parameters");
        if (!reader.problems.isEmpty()) {
            throw new ArgumentsRefused(reader.problems);
        }
        return request;
    }

    private Object object(JsonNode json, SdkPojo builder, String name) {
        if (!json.isObject()) {
            wrong(name, "OBJECT");
            return ((Buildable) builder).build();
        }
        Map<String, SdkField<?>> fields = new LinkedHashMap<>();
        builder.sdkFields().forEach(field -> fields.put(FieldNames.of(field), field));
        json.fields().forEachRemaining(member -> {
            SdkField<?> field = fields.get(member.getKey());
            if (field == null) {
                problems.add("The field \"" + member.getKey() + "\" is not supported by Step Functions");
            } else if (!member.getValue().isNull()) {
                field.set(builder, value(member.getValue(), field, member.getKey()));
            }
        });
        return ((Buildable) builder).build();
    }

    private @Nullable Object value(JsonNode json, SdkField<?> field, String name) {
        return switch (field.marshallingType().getKnownType()) {
            case SDK_POJO -> object(json, field.constructor().get(), name);
            case LIST -> list(json, field.getRequiredTrait(ListTrait.class).memberFieldInfo(), name);
            case MAP -> map(json, field.getRequiredTrait(MapTrait.class).valueFieldInfo(), name);
            case STRING -> json.isTextual() ? json.textValue() : wrong(name, "STRING");
            case BOOLEAN -> json.isBoolean() ? json.booleanValue() : wrong(name, "BOOLEAN");
            case INTEGER -> json.isNumber() ? json.intValue() : wrong(name, "INTEGER");
            case SHORT -> json.isNumber() ? json.shortValue() : wrong(name, "INTEGER");
            case BYTE -> json.isNumber() ? (byte) json.intValue() : wrong(name, "INTEGER");
            case LONG -> json.isNumber() ? json.longValue() : wrong(name, "LONG");
            case FLOAT -> json.isNumber() ? json.floatValue() : wrong(name, "FLOAT");
            case DOUBLE -> json.isNumber() ? json.doubleValue() : wrong(name, "DOUBLE");
            case BIG_DECIMAL -> json.isNumber() ? json.decimalValue() : wrong(name, "BIG_DECIMAL");
            case INSTANT -> instant(json, name);
            case SDK_BYTES -> SdkBytes.fromUtf8String(json.isTextual() ? json.textValue() : json.toString());
            default -> wrong(name, "value that is in memory");
        };
    }

    private @Nullable List<@Nullable Object> list(JsonNode json, SdkField<?> member, String name) {
        if (!json.isArray()) {
            wrong(name, "LIST");
            return null;
        }
        List<@Nullable Object> list = new ArrayList<>();
        json.forEach(element -> list.add(value(element, member, name)));
        return list;
    }

    private @Nullable Map<String, @Nullable Object> map(JsonNode json, SdkField<?> member, String name) {
        if (!json.isObject()) {
            wrong(name, "MAP");
            return null;
        }
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        json.fields().forEachRemaining(entry -> map.put(entry.getKey(), value(entry.getValue(), member, name)));
        return map;
    }

    private @Nullable Object instant(JsonNode json, String name) {
        try {
            return json.isNumber() ? Instant.ofEpochMilli(json.longValue()) : Instant.parse(json.asText());
        } catch (DateTimeException e) {
            return wrong(name, "TIMESTAMP");
        }
    }

    private @Nullable Object wrong(String name, String type) {
        problems.add("The value for the field '" + name + "' must be a " + type);
        return null;
    }
}
