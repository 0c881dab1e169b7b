package io.crois.runtime.agent.transfer;

/**
 * How transfers are cut.
 *
 * @param partBytes the size of a part; larger files travel in parts, at least this large
 * @param parts how many parts an upload may have
 * @param objectBytes how large an object may be
 * @param threads how many calls are made at once
 */
public record TransferLimits(long partBytes, int parts, long objectBytes, int threads) {
    private static final long MIB = 1024 * 1024;

    /** Parts of 16 MiB; what Amazon S3 allows: 10,000 parts and 5 TiB; 16 calls at once. */
    public static TransferLimits defaults() {
        return new TransferLimits(16 * MIB, 10_000, 5 * MIB * MIB, 16);
    }
}
