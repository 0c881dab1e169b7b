package io.crois.testkit.aws;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/** Lets a client answer what it does not do with the name of the operation. */
final class NotInMemory {

    private NotInMemory() {}

    /**
     * Wraps a client.
     *
     * @return the same client, but operations that it leaves to its interface throw an
     *     {@link UnsupportedOperationException} such as {@code S3Client.putBucketTagging is not in memory.}
     */
    static <T> T named(Class<T> client, T fake) {
        return client.cast(Proxy.newProxyInstance(
                client.getClassLoader(),
                new Class<?>[] {client},
                (proxy, method, arguments) -> invoke(client, fake, method, arguments)));
    }

    private static Object invoke(Class<?> client, Object fake, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(fake, arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof UnsupportedOperationException
                    && e.getCause().getMessage() == null) {
                throw new UnsupportedOperationException(
                        client.getSimpleName() + "." + method.getName() + " is not in memory.", e.getCause());
            }
            throw e.getCause();
        }
    }
}
