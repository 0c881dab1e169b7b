package io.crois.runtime.agent.aws;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** Small objects as a whole, with calls repeated; their keys end in the SHA-256 of their bytes. */
final class Retried {
    private final ObjectStore objects;
    private final Retries retries;

    Retried(ObjectStore objects, Retries retries) {
        this.objects = objects;
        this.retries = retries;
    }

    /** Writes an object unless it is there: whoever wrote it under this key wrote the same. */
    void putSame(ObjectPlace place, byte[] bytes) {
        byte[] sha256 = sha256(bytes);
        UploadTerms terms = UploadTerms.absent(null, HexFormat.of().formatHex(sha256));
        retries.call(() -> {
            try {
                objects.put(place, ObjectSource.of(bytes), sha256, terms);
            } catch (ServiceFailure e) {
                if (e.kind() != ServiceFailure.Kind.EXISTS) {
                    throw e;
                }
            }
            return true;
        });
    }

    byte[] bytes(ObjectPlace place) {
        return retries.call(() -> once(place));
    }

    private byte[] once(ObjectPlace place) {
        try (ObjectContent content = objects.get(place, 0, -1, null)) {
            byte[] bytes = new byte[Math.toIntExact(content.total())];
            int read = 0;
            for (int more = 0; read < bytes.length && more >= 0; read += Math.max(0, more)) {
                more = content.read(bytes, read, bytes.length - read);
            }
            if (!place.key().endsWith(HexFormat.of().formatHex(sha256(Arrays.copyOf(bytes, read))))) {
                throw ServiceFailure.wrong("GetObject", "`" + place + "` does not have its SHA-256.");
            }
            return bytes;
        }
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java runtime offers SHA-256.", e);
        }
    }
}
