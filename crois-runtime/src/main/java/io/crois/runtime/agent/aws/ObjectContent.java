package io.crois.runtime.agent.aws;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;

/** The bytes of an object, or of a range of it. To be closed. */
public final class ObjectContent implements Closeable {
    private final long total;
    private final String etag;
    private final InputStream body;
    private final Closeable closing;

    ObjectContent(long total, String etag, InputStream body, Closeable closing) {
        this.total = total;
        this.etag = etag;
        this.body = body;
        this.closing = closing;
    }

    /** Returns the size of the whole object. */
    public long total() {
        return total;
    }

    public String etag() {
        return etag;
    }

    /**
     * Reads on.
     *
     * @return how many bytes, or -1 at the end
     * @throws ServiceFailure if the connection broke or the bytes ended before their time
     */
    public int read(byte[] buffer, int offset, int length) {
        try {
            return body.read(buffer, offset, length);
        } catch (IOException e) {
            throw ServiceFailure.broken("GetObject", e);
        }
    }

    @Override
    public void close() {
        try {
            closing.close();
        } catch (IOException e) {
            // Everything that was asked of it has been read, or failed already.
        }
    }
}
