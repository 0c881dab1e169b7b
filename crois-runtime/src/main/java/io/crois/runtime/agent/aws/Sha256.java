package io.crois.runtime.agent.aws;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * SHA-256 and the HMAC that is made of it (RFC 2104). The latter is not asked of {@code javax.crypto}, which checks all
 * its providers before it gives the first one.
 */
final class Sha256 {
    private static final int BLOCK_BYTES = 64;
    private static final byte INNER = 0x36;
    private static final byte OUTER = 0x5c;

    private Sha256() {}

    static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java runtime offers SHA-256.", e);
        }
    }

    static byte[] of(byte[] bytes) {
        return digest().digest(bytes);
    }

    static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(of(bytes));
    }

    static byte[] hmac(byte[] key, String text) {
        byte[] block = Arrays.copyOf(key.length > BLOCK_BYTES ? of(key) : key, BLOCK_BYTES);
        MessageDigest digest = digest();
        digest.update(mixed(block, INNER));
        byte[] inner = digest.digest(text.getBytes(StandardCharsets.UTF_8));
        digest.update(mixed(block, OUTER));
        return digest.digest(inner);
    }

    private static byte[] mixed(byte[] block, byte pad) {
        byte[] mixed = new byte[BLOCK_BYTES];
        for (int i = 0; i < BLOCK_BYTES; i++) {
            mixed[i] = (byte) (block[i] ^ pad);
        }
        return mixed;
    }
}
