package io.crois.testkit.aws.internal.s3;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Base64;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** Counts and checksums the bytes that are read through it; stops after a given number of them. */
final class MeasuredStream extends FilterInputStream {

    private final ChecksumKind.Accumulator md5 = ChecksumKind.of("MD5");
    private final Map<ChecksumKind, ChecksumKind.Accumulator> checksums = new EnumMap<>(ChecksumKind.class);
    private final long limit;
    private long size;

    MeasuredStream(InputStream in, long limit, Collection<ChecksumKind> kinds) {
        super(in);
        this.limit = limit;
        kinds.forEach(kind -> checksums.put(kind, kind.start()));
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (size >= limit) {
            return -1;
        }
        int read = super.read(bytes, offset, (int) Math.min(length, limit - size));
        if (read > 0) {
            size += read;
            md5.update(bytes, offset, read);
            checksums.values().forEach(checksum -> checksum.update(bytes, offset, read));
        }
        return read;
    }

    @Override
    public long skip(long count) throws IOException {
        return readNBytes((int) Math.min(count, 1 << 16)).length;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    /** Returns what was read; asked once, at the end. */
    Measured measured() {
        Map<ChecksumKind, byte[]> values = new EnumMap<>(ChecksumKind.class);
        checksums.forEach((kind, checksum) -> values.put(kind, checksum.value()));
        return new Measured(size, md5.value(), values);
    }

    /** How many bytes there were, and what they sum up to. */
    record Measured(long size, byte[] md5, Map<ChecksumKind, byte[]> checksums) {

        byte[] checksum(ChecksumKind kind) {
            return Objects.requireNonNull(checksums.get(kind));
        }

        String base64(ChecksumKind kind) {
            return Base64.getEncoder().encodeToString(checksum(kind));
        }
    }
}
