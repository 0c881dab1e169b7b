package io.crois.runtime.agent.http;

import java.io.IOException;
import java.io.OutputStream;

/** What a request carries; it can be written any number of times. */
public interface HttpBody {

    /** Nothing. */
    HttpBody EMPTY = of(new byte[0]);

    /** Returns how many bytes {@link #writeTo} writes. */
    long length();

    /**
     * Writes exactly {@link #length} bytes.
     *
     * @throws UnreadableBody if what is to be sent cannot be read; the request is not worth repeating then
     * @throws IOException if {@code out} does
     */
    void writeTo(OutputStream out) throws IOException;

    /** Returns a body of these bytes, which are not copied. */
    static HttpBody of(byte[] bytes) {
        return new HttpBody() {
            @Override
            public long length() {
                return bytes.length;
            }

            @Override
            public void writeTo(OutputStream out) throws IOException {
                out.write(bytes);
            }
        };
    }

    /** What was to be sent could not be read here; the network and the server have no part in it. */
    final class UnreadableBody extends IOException {
        private static final long serialVersionUID = 1;

        public UnreadableBody(String message, Throwable cause) {
            super(message, cause);
        }

        public UnreadableBody(String message) {
            super(message);
        }
    }
}
