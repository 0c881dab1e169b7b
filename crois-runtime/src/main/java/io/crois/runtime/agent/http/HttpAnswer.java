package io.crois.runtime.agent.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An answer, with its body still to be read. Closing it sets the connection free for others. Not thread-safe. */
public final class HttpAnswer implements AutoCloseable {
    private static final int WORTH_READING = 64 * 1024;

    private final HttpHead head;
    private final BodyInput body;
    private final HttpConnection connection;
    private final HttpConnections pool;
    private boolean closed;

    HttpAnswer(HttpHead head, BodyInput body, HttpConnection connection, HttpConnections pool) {
        this.head = head;
        this.body = body;
        this.connection = connection;
        this.pool = pool;
    }

    public int status() {
        return head.status();
    }

    /** Returns a header by its name in lower case. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(head.headers().get(name));
    }

    /** Returns all headers by their names in lower case. */
    public Map<String, String> headers() {
        return Map.copyOf(head.headers());
    }

    /** Returns the length of the body; {@code null} where it is not told. */
    public @Nullable Long length() throws IOException {
        return head.length();
    }

    /** Returns the body; it throws when the connection ends before the body does. */
    public InputStream body() {
        return body;
    }

    /**
     * Reads the body.
     *
     * @throws IOException also if it is longer than {@code limit} bytes
     */
    public byte[] bytes(int limit) throws IOException {
        byte[] bytes = body.readNBytes(limit);
        if (body.read() >= 0) {
            throw new IOException("The answer is longer than " + limit + " bytes.");
        }
        return bytes;
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        boolean reusable = head.reusable() && drained();
        pool.giveBack(connection, reusable);
    }

    private boolean drained() {
        try {
            if (!body.finished()) {
                body.readNBytes(WORTH_READING);
            }
            return body.finished() || body.read() < 0 && body.finished();
        } catch (IOException e) {
            return false;
        }
    }
}
