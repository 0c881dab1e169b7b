package io.crois.runtime.agent.transfer;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.zip.CRC32C;

/** Digests of files, in memory that does not grow with them. */
public final class Digests {

    private Digests() {}

    /** Returns an empty SHA-256. */
    public static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java runtime offers SHA-256.", e);
        }
    }

    /** Adds everything that can be read, and returns how much that was. */
    static long update(MessageDigest digest, InputStream in) throws IOException {
        return update(digest, new CRC32C(), in);
    }

    static long update(MessageDigest digest, CRC32C crc, InputStream in) throws IOException {
        byte[] buffer = Buffers.mine();
        long bytes = 0;
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            digest.update(buffer, 0, read);
            crc.update(buffer, 0, read);
            bytes += read;
        }
        return bytes;
    }

    /** Returns the checksum as S3 takes it. */
    static String base64(CRC32C crc) {
        int value = (int) crc.getValue();
        byte[] bytes = {(byte) (value >>> 24), (byte) (value >>> 16), (byte) (value >>> 8), (byte) value};
        return Base64.getEncoder().encodeToString(bytes);
    }
}
