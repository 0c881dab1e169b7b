package io.crois.runtime.agent.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.StreamCorruptedException;
import java.nio.charset.StandardCharsets;

/** What a connection receives: lines from a buffer, and bodies past it where they are large. Used by one thread. */
final class ConnectionInput extends InputStream {
    private static final int BUFFER_BYTES = 8 * 1024;

    private final InputStream from;
    private final Deadline deadline;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int at;
    private int end;

    ConnectionInput(InputStream from, Deadline deadline) {
        this.from = from;
        this.deadline = deadline;
    }

    @Override
    public int read() throws IOException {
        return at < end || fill() ? buffer[at++] & 0xff : -1;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (at == end) {
            if (length >= BUFFER_BYTES) {
                return receive(bytes, offset, length);
            }
            if (!fill()) {
                return -1;
            }
        }
        int ready = Math.min(length, end - at);
        System.arraycopy(buffer, at, bytes, offset, ready);
        at += ready;
        return ready;
    }

    /** Fills the empty buffer; returns false at the end. */
    private boolean fill() throws IOException {
        int received = receive(buffer, 0, BUFFER_BYTES);
        at = 0;
        end = Math.max(0, received);
        return received > 0;
    }

    private int receive(byte[] bytes, int offset, int length) throws IOException {
        int received = from.read(bytes, offset, length);
        deadline.progress();
        return received;
    }

    /**
     * Reads a line without its end.
     *
     * @param limit how many bytes it may have
     * @throws EOFException if the connection ends first
     */
    String line(int limit) throws IOException {
        StringBuilder earlier = new StringBuilder(0);
        while (true) {
            if (at == end && !fill()) {
                throw new EOFException("The connection ended within the head of the answer.");
            }
            int stop = at;
            while (stop < end && buffer[stop] != '\n') {
                stop++;
            }
            if (earlier.length() + stop - at > limit) {
                throw new StreamCorruptedException("The head of the answer is longer than 64 KiB.");
            }
            String part = new String(buffer, at, stop - at, StandardCharsets.ISO_8859_1);
            boolean whole = stop < end;
            at = whole ? stop + 1 : stop;
            if (whole) {
                return withoutReturn(
                        earlier.isEmpty() ? part : earlier.append(part).toString());
            }
            earlier.append(part);
        }
    }

    private static String withoutReturn(String line) {
        return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
    }
}
