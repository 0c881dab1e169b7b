package io.crois.testkit.engine.internal.service;

import com.fasterxml.jackson.databind.JsonNode;
import io.crois.testkit.engine.TaskResource;
import io.crois.testkit.engine.TaskResource.Kind;
import io.crois.testkit.engine.TaskResource.WaitPattern;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;

/** Checks the mocked answer of a service against the service's own model, as far as the AWS SDK carries it. */
final class MockSchema {

    private static final String MODELS = "software.amazon.awssdk.services.";
    private static final Map<String, String> PACKAGES =
            Map.of("states", "sfn", "events", "eventbridge", "sfn", "sfn", "eventbridge", "eventbridge");
    private static final MockSchema NONE = new MockSchema(null);

    private final @Nullable Class<?> response;

    private MockSchema(@Nullable Class<?> response) {
        this.response = response;
    }

    /** Returns the schema of a resource; one that takes everything where the SDK's module is not there. */
    static MockSchema of(TaskResource resource) {
        if (resource.kind() != Kind.INTEGRATION || resource.pattern() != WaitPattern.REQUEST_RESPONSE) {
            return NONE;
        }
        String service = resource.service().replaceFirst("^aws-sdk:", "");
        String action = resource.action().substring(0, 1).toUpperCase(Locale.ROOT)
                + resource.action().substring(1);
        return find(PACKAGES.getOrDefault(service, service), action + "Response")
                .map(MockSchema::new)
                .orElse(NONE);
    }

    private static Optional<Class<?>> find(String service, String type) {
        try {
            return Optional.of(Class.forName(MODELS + service + ".model." + type));
        } catch (ClassNotFoundException absent) {
            return Optional.empty();
        }
    }

    /**
     * Refuses a result of another form.
     *
     * @param mode {@code STRICT}, {@code PRESENT} (required members may be missing) or {@code NONE}
     */
    void require(JsonNode result, String mode) {
        if (response == null || mode.equals("NONE")) {
            return;
        }
        if (!result.isObject()) {
            throw Refusal.validation("Mocked result must be a valid JSON object.");
        }
        if (mode.equals("STRICT")) {
            MockLimits.requireMembers(result, response.getSimpleName());
        }
        check(result, response, empty(response));
    }

    private static SdkPojo empty(Class<?> type) {
        try {
            return (SdkPojo) type.getMethod("builder").invoke(null);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static void check(JsonNode value, Class<?> type, SdkPojo model) {
        for (SdkField<?> field : model.sdkFields()) {
            JsonNode member = value.get(name(field));
            if (member != null) {
                check(member, type, field);
            }
        }
    }

    private static void check(JsonNode value, Class<?> owner, SdkField<?> field) {
        String name = name(field);
        MarshallingType<?> type = field.marshallingType();
        if (type == MarshallingType.SDK_POJO) {
            require(value.isObject(), name, "an object");
            SdkPojo model = field.constructor().get();
            check(value, outer(model), model);
        } else if (type == MarshallingType.LIST) {
            require(value.isArray(), name, "an array");
            SdkField<?> item = field.getTrait(ListTrait.class).memberFieldInfo();
            value.forEach(each -> checkItem(each, name, item));
        } else if (type == MarshallingType.MAP) {
            require(value.isObject(), name, "an object");
            SdkField<?> item = field.getTrait(MapTrait.class).valueFieldInfo();
            value.forEach(each -> checkItem(each, name, item));
        } else {
            scalar(value, name, type);
            requireKnown(value, owner, field);
            MockLimits.require(value, name);
        }
    }

    private static void checkItem(JsonNode value, String name, SdkField<?> item) {
        if (item.marshallingType() == MarshallingType.SDK_POJO) {
            require(value.isObject(), name, "an object");
            SdkPojo model = item.constructor().get();
            check(value, outer(model), model);
        } else if (item.marshallingType() != MarshallingType.LIST && item.marshallingType() != MarshallingType.MAP) {
            scalar(value, name, item.marshallingType());
        }
    }

    /** Returns the model class of a builder, whose accessors tell of enumerations. */
    private static Class<?> outer(SdkPojo builder) {
        Class<?> enclosing = builder.getClass().getEnclosingClass();
        return enclosing == null ? builder.getClass() : enclosing;
    }

    private static void scalar(JsonNode value, String name, MarshallingType<?> type) {
        List<MarshallingType<?>> numbers = List.of(
                MarshallingType.INTEGER,
                MarshallingType.LONG,
                MarshallingType.SHORT,
                MarshallingType.FLOAT,
                MarshallingType.DOUBLE,
                MarshallingType.BIG_DECIMAL);
        if (numbers.contains(type)) {
            require(value.isNumber(), name, "a number");
        } else if (type == MarshallingType.BOOLEAN) {
            require(value.isBoolean(), name, "a boolean");
        } else if (type != MarshallingType.DOCUMENT) {
            require(value.isTextual(), name, "a string");
        }
    }

    private static void requireKnown(JsonNode value, Class<?> owner, SdkField<?> field) {
        if (!value.isTextual()) {
            return;
        }
        String accessor = field.memberName().substring(0, 1).toLowerCase(Locale.ROOT)
                + field.memberName().substring(1);
        try {
            Method method = owner.getMethod(accessor);
            Object[] constants = method.getReturnType().getEnumConstants();
            if (constants != null
                    && List.of(constants).stream().map(String::valueOf).noneMatch(value.textValue()::equals)) {
                throw refused("Field '" + name(field) + "' is not an expected value");
            }
        } catch (NoSuchMethodException plain) {
            return;
        }
    }

    /** Returns the member's name as Step Functions spells it. */
    private static String name(SdkField<?> field) {
        String name = field.memberName();
        return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    }

    private static void require(boolean holds, String name, String kind) {
        if (!holds) {
            throw refused("Field '" + name + "' must be " + kind);
        }
    }

    static RuntimeException refused(String problem) {
        return Refusal.validation("Mock result schema validation error: " + problem);
    }
}
