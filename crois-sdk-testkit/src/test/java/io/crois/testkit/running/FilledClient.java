package io.crois.testkit.running;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.function.UnaryOperator;

/** A client that answers some operations otherwise than the service behind it. */
final class FilledClient {
    private FilledClient() {}

    /**
     * Returns a client.
     *
     * @param operations the name of a method → what it answers to its only argument
     */
    static <C> C of(Class<C> type, C service, Map<String, UnaryOperator<Object>> operations) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    UnaryOperator<Object> operation = operations.get(method.getName());
                    if (operation != null) {
                        return operation.apply(arguments[0]);
                    }
                    try {
                        return method.invoke(service, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }
}
