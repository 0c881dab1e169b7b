package io.crois.testkit.aws.internal.s3;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** The part of a stream that lies in a range. */
final class RangeStream extends FilterInputStream {

    private long left;

    RangeStream(InputStream in, ByteRange range) throws IOException {
        super(in);
        in.skipNBytes(range.first());
        this.left = range.length();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (left <= 0) {
            return length == 0 ? 0 : -1;
        }
        int read = super.read(bytes, offset, (int) Math.min(length, left));
        left -= Math.max(0, read);
        return read;
    }

    @Override
    public long skip(long count) throws IOException {
        long skipped = super.skip(Math.min(count, left));
        left -= skipped;
        return skipped;
    }

    @Override
    public int available() throws IOException {
        return (int) Math.min(super.available(), left);
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
