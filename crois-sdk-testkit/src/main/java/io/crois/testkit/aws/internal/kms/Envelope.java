package io.crois.testkit.aws.internal.kms;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * The form of a ciphertext: a version, the id of its key, a nonce, and what AES-GCM made of the plaintext. The
 * encryption context is authenticated with it, but is not in it.
 */
final class Envelope {

    private static final byte VERSION = 1;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int HEADER_BYTES = 1 + 16 + NONCE_BYTES;

    private Envelope() {}

    static byte[] seal(UUID keyId, SecretKey key, byte[] plaintext, Map<String, String> context, SecureRandom random) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] header = ByteBuffer.allocate(HEADER_BYTES)
                .put(VERSION)
                .putLong(keyId.getMostSignificantBits())
                .putLong(keyId.getLeastSignificantBits())
                .put(nonce)
                .array();
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, key, header, context).doFinal(plaintext);
            return ByteBuffer.allocate(header.length + sealed.length)
                    .put(header)
                    .put(sealed)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM is not available.", e);
        }
    }

    /** Returns the id of the key that a ciphertext was made with. */
    static UUID keyId(byte[] ciphertext) {
        if (ciphertext.length < HEADER_BYTES || ciphertext[0] != VERSION) {
            throw KmsRefusal.ciphertext();
        }
        ByteBuffer header = ByteBuffer.wrap(ciphertext, 1, 16);
        return new UUID(header.getLong(), header.getLong());
    }

    static byte[] open(SecretKey key, byte[] ciphertext, Map<String, String> context) {
        byte[] header = Arrays.copyOf(ciphertext, HEADER_BYTES);
        try {
            return cipher(Cipher.DECRYPT_MODE, key, header, context)
                    .doFinal(ciphertext, HEADER_BYTES, ciphertext.length - HEADER_BYTES);
        } catch (AEADBadTagException e) {
            throw KmsRefusal.ciphertext();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM is not available.", e);
        }
    }

    private static Cipher cipher(int mode, SecretKey key, byte[] header, Map<String, String> context)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, header, HEADER_BYTES - NONCE_BYTES, NONCE_BYTES));
        cipher.updateAAD(header);
        cipher.updateAAD(authenticated(context));
        return cipher;
    }

    /** The order of the context does not matter; where a name ends and its value begins does. */
    private static byte[] authenticated(Map<String, String> context) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        try {
            for (Map.Entry<String, String> entry : new TreeMap<>(context).entrySet()) {
                out.writeUTF(entry.getKey());
                out.writeUTF(entry.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The encryption context is too long.", e);
        }
        return bytes.toByteArray();
    }
}
