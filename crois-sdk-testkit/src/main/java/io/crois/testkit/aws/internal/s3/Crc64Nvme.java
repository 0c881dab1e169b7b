package io.crois.testkit.aws.internal.s3;

import java.util.zip.Checksum;

/** The 64-bit cyclic redundancy check of the NVM Express specification, bits reflected. */
final class Crc64Nvme implements Checksum {

    private static final long POLYNOMIAL = 0x9A6C9329AC4BC9B5L;
    private static final long[] TABLE = table();

    private long register = -1L;

    private static long[] table() {
        long[] table = new long[256];
        for (int i = 0; i < table.length; i++) {
            long value = i;
            for (int bit = 0; bit < Byte.SIZE; bit++) {
                value = (value & 1) == 0 ? value >>> 1 : (value >>> 1) ^ POLYNOMIAL;
            }
            table[i] = value;
        }
        return table;
    }

    @Override
    public void update(int b) {
        register = TABLE[(int) (register ^ b) & 0xFF] ^ (register >>> Byte.SIZE);
    }

    @Override
    public void update(byte[] bytes, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            update(bytes[i]);
        }
    }

    @Override
    public long getValue() {
        return ~register;
    }

    @Override
    public void reset() {
        register = -1L;
    }
}
