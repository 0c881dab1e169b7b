package io.crois.testkit.aws.internal.access;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequest;

/** A client whose every call is decided before it is made. */
public final class EnforcedClient implements InvocationHandler {

    private final Object client;
    private final String service;
    private final Permissions permissions;
    private final Supplier<Optional<Identity>> caller;

    private EnforcedClient(
            Object client, String service, Permissions permissions, Supplier<Optional<Identity>> caller) {
        this.client = client;
        this.service = service;
        this.permissions = permissions;
        this.caller = caller;
    }

    /**
     * Wraps a client.
     *
     * @param service the prefix of the service's actions
     * @param caller who calls; nobody is decided when it is empty
     */
    public static <C> C of(
            Class<C> type, C client, String service, Permissions permissions, Supplier<Optional<Identity>> caller) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                new EnforcedClient(client, service, permissions, caller)));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        AwsRequest request =
                arguments != null && arguments.length > 0 && arguments[0] instanceof AwsRequest asked ? asked : null;
        boolean ofService = method.getName().equals("serviceClientConfiguration");
        if (method.isDefault()
                && !ofService
                && (request == null || method.getName().endsWith("Paginator"))) {
            // builds a request and comes back with it
            return InvocationHandler.invokeDefault(proxy, method, arguments);
        }
        if (request != null) {
            caller.get().ifPresent(identity -> permissions.require(service, identity, request));
        }
        try {
            return method.invoke(client, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
