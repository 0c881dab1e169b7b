package io.crois.runtime.agent.transfer;

import io.crois.runtime.agent.aws.ObjectContent;
import io.crois.runtime.agent.aws.ServiceFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/** How far the fetching of a file or of a part of it is, over any number of calls. Used by one thread. */
final class Receipt {
    private final FileChannel out;
    private final @Nullable MessageDigest digest;
    private final long from;
    private final boolean part;
    private long length;
    private long received;
    private boolean begun;
    private @Nullable String etag;

    Receipt(FileChannel out, long from, long length, @Nullable MessageDigest digest) {
        this.out = out;
        this.from = from;
        this.length = length;
        this.part = digest == null;
        this.digest = digest;
    }

    /** Returns where the next byte stands in the object. */
    long at() {
        return from + received;
    }

    long left() {
        return length - received;
    }

    @Nullable
    String etag() {
        return etag;
    }

    /** A call was answered; the object tells its size, which is that of all calls. */
    void begin(ObjectContent content) {
        if (!part) {
            if (received > 0 && content.total() != length) {
                throw ServiceFailure.wrong("GetObject", "the object changed its size.");
            }
            length = content.total();
        } else if (content.total() < from + length) {
            throw ServiceFailure.wrong("GetObject", "the object is smaller than was stored.");
        }
        begun = true;
        etag = content.etag().isEmpty() ? null : content.etag();
    }

    void add(ByteBuffer bytes) throws IOException {
        if (bytes.remaining() > left()) {
            throw ServiceFailure.wrong("GetObject", "it has more bytes than were asked for.");
        }
        if (digest != null) {
            digest.update(bytes.duplicate());
        }
        long place = at();
        received += bytes.remaining();
        while (bytes.hasRemaining()) {
            place += out.write(bytes, place);
        }
    }

    boolean isComplete() {
        return begun && received == length;
    }

    /** Returns how many bytes there were. */
    long found() {
        return received;
    }
}
