package io.crois.runtime.agent.aws;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/** What is uploaded; it can be opened any number of times. */
public interface ObjectSource {

    /** Returns how many bytes {@link #open} gives. */
    long length();

    /** Opens it from its begin. */
    InputStream open() throws IOException;

    /** Returns a source of these bytes, which are not copied. */
    static ObjectSource of(byte[] bytes) {
        return new ObjectSource() {
            @Override
            public long length() {
                return bytes.length;
            }

            @Override
            public InputStream open() {
                return new ByteArrayInputStream(bytes);
            }
        };
    }
}
