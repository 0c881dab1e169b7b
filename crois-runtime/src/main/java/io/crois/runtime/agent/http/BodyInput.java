package io.crois.runtime.agent.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.StreamCorruptedException;

/** The body of an answer; an end before its time is an error. */
abstract class BodyInput extends InputStream {
    private final InputStream in;
    private final byte[] single = new byte[1];

    BodyInput(InputStream in) {
        this.in = in;
    }

    static BodyInput of(HttpHead head, String method, ConnectionInput in) throws IOException {
        if (method.equals("HEAD") || head.status() == 204 || head.status() == 304) {
            return new Fixed(in, 0);
        }
        if (head.chunked()) {
            return new Chunked(in);
        }
        Long length = head.length();
        return length == null ? new UntilClosed(in) : new Fixed(in, length);
    }

    /** Returns whether everything was read, so that the connection stands before the next answer. */
    abstract boolean finished();

    @Override
    public int read() throws IOException {
        return read(single, 0, 1) < 0 ? -1 : single[0] & 0xff;
    }

    @Override
    public abstract int read(byte[] bytes, int offset, int length) throws IOException;

    final int readPart(byte[] bytes, int offset, int length) throws IOException {
        int read = in.read(bytes, offset, length);
        if (read < 0) {
            throw new EOFException("The connection ended within the body of the answer.");
        }
        return read;
    }

    private static final class Fixed extends BodyInput {
        private long left;

        Fixed(InputStream in, long length) {
            super(in);
            this.left = length;
        }

        @Override
        boolean finished() {
            return left == 0;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (left == 0) {
                return -1;
            }
            int read = readPart(bytes, offset, (int) Math.min(length, left));
            left -= read;
            return read;
        }
    }

    private static final class UntilClosed extends BodyInput {
        private final InputStream in;

        UntilClosed(InputStream in) {
            super(in);
            this.in = in;
        }

        @Override
        boolean finished() {
            return false;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            return in.read(bytes, offset, length);
        }
    }

    private static final class Chunked extends BodyInput {
        private final HttpHead.Lines lines;
        private final ConnectionInput in;
        private long left;
        private boolean first = true;
        private boolean finished;

        Chunked(ConnectionInput in) {
            super(in);
            this.in = in;
            this.lines = new HttpHead.Lines(in);
        }

        @Override
        boolean finished() {
            return finished;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (left == 0 && !finished) {
                nextChunk();
            }
            if (finished) {
                return -1;
            }
            int read = readPart(bytes, offset, (int) Math.min(length, left));
            left -= read;
            return read;
        }

        private void nextChunk() throws IOException {
            HttpHead.Lines fresh = new HttpHead.Lines(in);
            if (!first && !fresh.next().isEmpty()) {
                throw new StreamCorruptedException("A chunk of the answer is longer than it says.");
            }
            first = false;
            left = size(fresh.next());
            if (left == 0) {
                while (!lines.next().isEmpty()) {
                    // Trailers say nothing that is asked for.
                }
                finished = true;
            }
        }

        private static long size(String line) throws IOException {
            int end = line.indexOf(';');
            try {
                return Long.parseLong((end < 0 ? line : line.substring(0, end)).strip(), 16);
            } catch (NumberFormatException e) {
                throw new StreamCorruptedException("A chunk of the answer has no size.");
            }
        }
    }
}
