package io.crois.testkit.aws.internal.integration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.awscore.AwsResponse;
import software.amazon.awssdk.core.SdkPojo;

/** An operation found by its name in the interface of a client. */
final class SdkOperation implements Operation {

    private final Object client;
    private final Method method;
    private final SdkJson json;

    private SdkOperation(Object client, Method method, SdkJson json) {
        this.client = client;
        this.method = method;
        this.json = json;
    }

    /** Returns the operation, unless the client has none of the name, or one that streams. */
    static <C> Optional<Operation> find(Class<C> type, C client, String action, SdkJson json) {
        return Stream.of(type.getMethods())
                .filter(method -> method.getName().equals(action)
                        && method.getParameterCount() == 1
                        && AwsRequest.class.isAssignableFrom(method.getParameterTypes()[0])
                        && AwsResponse.class.isAssignableFrom(method.getReturnType()))
                .findFirst()
                .map(method -> new SdkOperation(client, method, json));
    }

    @Override
    public ObjectNode call(JsonNode arguments) {
        Object request = SdkArguments.read(arguments, builder());
        return json.write((SdkPojo) invoke(method, client, request));
    }

    private SdkPojo builder() {
        try {
            return (SdkPojo) invoke(method.getParameterTypes()[0].getMethod("builder"), null);
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("A request without a builder: " + method, e);
        }
    }

    @SuppressWarnings("NullAway") // static methods are invoked on null
    private static Object invoke(Method method, @Nullable Object target, Object... arguments) {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException("`" + method.getName() + "` failed.", e.getCause());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("`" + method.getName() + "` cannot be called.", e);
        }
    }
}
