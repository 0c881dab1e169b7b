package io.crois.workflow;

/**
 * An amount of memory or storage.
 *
 * @param bytes 0 and up
 */
public record Size(long bytes) implements Comparable<Size> {
    private static final long MIB = 1L << 20;
    private static final long GIB = 1L << 30;

    public Size {
        if (bytes < 0) {
            throw new IllegalArgumentException("A size must be at least 0 bytes, but was " + bytes + ".");
        }
    }

    /** Returns so many bytes. */
    public static Size bytes(long bytes) {
        return new Size(bytes);
    }

    /** Returns so many MiB (1,048,576 bytes each). */
    public static Size mib(long mib) {
        return new Size(Math.multiplyExact(mib, MIB));
    }

    /** Returns so many GiB (1,024 MiB each); fractions are allowed. */
    public static Size gib(double gib) {
        return new Size(Math.round(gib * GIB));
    }

    /** Returns the size in whole MiB, rounded up. */
    public long toMib() {
        return bytes / MIB + (bytes % MIB == 0 ? 0 : 1);
    }

    @Override
    public int compareTo(Size other) {
        return Long.compare(bytes, other.bytes);
    }

    @Override
    public String toString() {
        if (bytes % GIB == 0) {
            return bytes / GIB + " GiB";
        }
        return bytes % MIB == 0 ? bytes / MIB + " MiB" : bytes + " bytes";
    }
}
