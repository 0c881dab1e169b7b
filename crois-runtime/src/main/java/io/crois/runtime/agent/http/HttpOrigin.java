package io.crois.runtime.agent.http;

import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where a server listens.
 *
 * @param secure whether by TLS, with the certificate checked against the host's name
 */
public record HttpOrigin(boolean secure, String host, int port) {
    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    /**
     * Returns the origin of a URL.
     *
     * @throws IllegalArgumentException if it is no absolute {@code http} or {@code https} URL
     */
    public static HttpOrigin of(URI url) {
        String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
        boolean secure = scheme.equals("https");
        if (url.getHost() == null || !secure && !scheme.equals("http")) {
            throw new IllegalArgumentException(
                    "An endpoint must be an `http://` or `https://` URL with a host, but was `" + url + "`.");
        }
        int port = url.getPort() >= 0 ? url.getPort() : secure ? HTTPS : HTTP;
        return new HttpOrigin(secure, url.getHost(), port);
    }

    /** By hand, since what the compiler makes of records is put together when it is first asked for. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof HttpOrigin origin
                && secure == origin.secure
                && port == origin.port
                && host.equals(origin.host);
    }

    @Override
    public int hashCode() {
        return 31 * host.hashCode() + port;
    }

    /** Returns the value of the {@code Host} header. */
    public String authority() {
        return port == (secure ? HTTPS : HTTP) ? host : host + ":" + port;
    }
}
