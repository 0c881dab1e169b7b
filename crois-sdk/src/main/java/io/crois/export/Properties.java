package io.crois.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;

/**
 * Turns requests of the AWS SDK into properties of CloudFormation: for the resources that Crois makes these have the
 * same members, with a capital first letter.
 */
final class Properties {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private Properties() {}

    /** Returns the members of a request that are set, but for those left out. */
    static ObjectNode of(SdkPojo request, Set<String> leftOut) {
        ObjectNode properties = JSON.objectNode();
        for (SdkField<?> field : request.sdkFields()) {
            String name = capitalized(field.memberName());
            JsonNode value = leftOut.contains(name) ? null : value(field.getValueOrDefault(request));
            if (value != null) {
                properties.set(name, value);
            }
        }
        return properties;
    }

    private static String capitalized(String name) {
        return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    }

    private static @Nullable JsonNode value(@Nullable Object value) {
        if (value == null || value instanceof SdkAutoConstructList || value instanceof SdkAutoConstructMap) {
            return null;
        }
        if (value instanceof SdkPojo pojo) {
            return of(pojo, Set.of());
        }
        if (value instanceof Collection<?> elements) {
            ArrayNode array = JSON.arrayNode();
            elements.forEach(element -> array.add(value(element)));
            return array;
        }
        if (value instanceof Map<?, ?> members) {
            ObjectNode object = JSON.objectNode();
            members.forEach((name, member) -> object.set(String.valueOf(name), value(member)));
            return object;
        }
        return scalar(value);
    }

    private static JsonNode scalar(Object value) {
        if (value instanceof Boolean flag) {
            return JSON.booleanNode(flag);
        }
        if (value instanceof Integer number) {
            return JSON.numberNode(number);
        }
        if (value instanceof Long number) {
            return JSON.numberNode(number);
        }
        return JSON.textNode(value instanceof Instant time ? time.toString() : String.valueOf(value));
    }
}
