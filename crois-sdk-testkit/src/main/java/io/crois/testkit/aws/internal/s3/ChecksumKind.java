package io.crois.testkit.aws.internal.s3;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;

/** The checksums that the service keeps with an object. */
enum ChecksumKind {
    CRC32,
    CRC32C,
    CRC64NVME,
    SHA1,
    SHA256;

    /** Takes bytes and gives their checksum. */
    interface Accumulator {

        void update(byte[] bytes, int offset, int length);

        byte[] value();
    }

    /** Returns the name of the header that carries the value, such as {@code x-amz-checksum-crc32}. */
    String header() {
        return "x-amz-checksum-" + name().toLowerCase(Locale.ROOT);
    }

    static Optional<ChecksumKind> named(String name) {
        return Arrays.stream(values()).filter(kind -> kind.name().equals(name)).findFirst();
    }

    Accumulator start() {
        return switch (this) {
            case CRC32 -> of(new CRC32(), Integer.BYTES);
            case CRC32C -> of(new CRC32C(), Integer.BYTES);
            case CRC64NVME -> of(new Crc64Nvme(), Long.BYTES);
            case SHA1 -> of("SHA-1");
            case SHA256 -> of("SHA-256");
        };
    }

    static Accumulator of(String algorithm) {
        MessageDigest digest = digest(algorithm);
        return new Accumulator() {
            @Override
            public void update(byte[] bytes, int offset, int length) {
                digest.update(bytes, offset, length);
            }

            @Override
            public byte[] value() {
                return digest.digest();
            }
        };
    }

    private static MessageDigest digest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has " + algorithm + ".", e);
        }
    }

    private static Accumulator of(Checksum checksum, int bytesOfValue) {
        return new Accumulator() {
            @Override
            public void update(byte[] bytes, int offset, int length) {
                checksum.update(bytes, offset, length);
            }

            @Override
            public byte[] value() {
                byte[] all = ByteBuffer.allocate(Long.BYTES)
                        .putLong(checksum.getValue())
                        .array();
                return Arrays.copyOfRange(all, Long.BYTES - bytesOfValue, Long.BYTES);
            }
        };
    }
}
