package io.crois.testkit;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.function.Supplier;

/** Puts a test between the SDK and a client: it sees each call and may answer in its place. */
final class InterceptedClient {
    private InterceptedClient() {}

    /** Returns a client whose calls go through an interception. */
    static <T> T of(Class<T> type, T client, Interception interception) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    Supplier<Object> call = () -> {
                        try {
                            return method.invoke(client, arguments);
                        } catch (InvocationTargetException e) {
                            throw (RuntimeException) e.getCause();
                        } catch (IllegalAccessException e) {
                            throw new IllegalStateException(e);
                        }
                    };
                    return interception.around(method.getName(), call);
                }));
    }

    /** What happens round a call. */
    interface Interception {
        Object around(String operation, Supplier<Object> call);
    }
}
