package io.crois.runtime.agent;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * Passes bytes on with each secret value replaced by {@code ***}, also when a value comes in several writes.
 *
 * <p>Bytes that may be the beginning of a secret are held back until the next write or {@link #finish()}; all others
 * are passed on at once. Thread-safe.
 */
final class RedactingStream extends OutputStream {
    private static final byte[] MASK = "***".getBytes(StandardCharsets.US_ASCII);

    private final OutputStream target;
    private final List<byte[]> secrets;
    private byte[] held = {};

    RedactingStream(OutputStream target, Collection<String> secrets) {
        this.target = target;
        this.secrets = secrets.isEmpty() ? List.of() : longestFirst(secrets);
    }

    private static List<byte[]> longestFirst(Collection<String> secrets) {
        return secrets.stream()
                .filter(secret -> !secret.isEmpty())
                .map(secret -> secret.getBytes(StandardCharsets.UTF_8))
                .sorted(Comparator.comparing((byte[] secret) -> secret.length).reversed())
                .toList();
    }

    @Override
    public synchronized void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
        if (secrets.isEmpty()) {
            target.write(bytes, offset, length);
            return;
        }
        byte[] all = Arrays.copyOf(held, held.length + length);
        System.arraycopy(bytes, offset, all, held.length, length);
        pass(all, false);
    }

    @Override
    public synchronized void flush() throws IOException {
        target.flush();
    }

    /** Passes on what was held back; nothing more may be written. */
    synchronized void finish() throws IOException {
        pass(held, true);
        target.flush();
    }

    private void pass(byte[] bytes, boolean last) throws IOException {
        ByteArrayOutputStream clear = new ByteArrayOutputStream(bytes.length);
        int at = 0;
        while (at < bytes.length && (last || !mayBegin(bytes, at))) {
            int length = secretAt(bytes, at);
            if (length > 0) {
                clear.write(MASK);
                at += length;
            } else {
                clear.write(bytes[at++]);
            }
        }
        held = Arrays.copyOfRange(bytes, at, bytes.length);
        clear.writeTo(target);
    }

    /** Returns the length of the longest secret that stands at a place, or 0. */
    private int secretAt(byte[] bytes, int at) {
        for (byte[] secret : secrets) {
            if (bytes.length - at >= secret.length && matches(secret, bytes, at, secret.length)) {
                return secret.length;
            }
        }
        return 0;
    }

    /** Returns whether the bytes end before a secret that begins at a place could be told from something else. */
    private boolean mayBegin(byte[] bytes, int at) {
        int left = bytes.length - at;
        for (byte[] secret : secrets) {
            if (left < secret.length && matches(secret, bytes, at, left)) {
                return true;
            }
        }
        return false;
    }

    private static boolean matches(byte[] secret, byte[] bytes, int at, int length) {
        return secret[0] == bytes[at] && Arrays.equals(secret, 0, length, bytes, at, at + length);
    }
}
