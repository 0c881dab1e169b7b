package io.crois.runtime.agent.aws;

import io.crois.runtime.agent.http.HttpBody;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Sends what an {@link ObjectSource} gives; tells trouble with reading it from trouble with the network. */
record SourceBody(ObjectSource source) implements HttpBody {
    private static final int BUFFER_BYTES = 64 * 1024;

    @Override
    public long length() {
        return source.length();
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        byte[] buffer = new byte[(int) Math.min(BUFFER_BYTES, Math.max(1, source.length()))];
        try (InputStream in = opened()) {
            for (long left = source.length(); left > 0; ) {
                int read = read(in, buffer, (int) Math.min(buffer.length, left));
                out.write(buffer, 0, read);
                left -= read;
            }
        }
    }

    private InputStream opened() throws UnreadableBody {
        try {
            return source.open();
        } catch (IOException e) {
            throw new UnreadableBody("what is to be sent cannot be opened.", e);
        }
    }

    private static int read(InputStream in, byte[] buffer, int length) throws UnreadableBody {
        int read;
        try {
            read = in.read(buffer, 0, length);
        } catch (IOException e) {
            throw new UnreadableBody("what is to be sent cannot be read.", e);
        }
        if (read < 0) {
            throw new UnreadableBody("it became shorter while it was sent.");
        }
        return read;
    }
}
