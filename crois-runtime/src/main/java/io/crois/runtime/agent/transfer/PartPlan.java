package io.crois.runtime.agent.transfer;

import java.util.List;
import java.util.stream.IntStream;

/**
 * How a file is cut into parts of one size; the last may be smaller.
 *
 * @param bytes of the file
 * @param partBytes of a part
 */
record PartPlan(long bytes, long partBytes) {

    /** Keeps to the number of parts that are allowed, by larger parts where the file is very large. */
    static PartPlan of(long bytes, TransferLimits limits) {
        long least = limits.partBytes();
        long needed = (bytes + limits.parts() - 1) / limits.parts();
        long steps = (needed + least - 1) / least;
        return new PartPlan(bytes, Math.max(1, steps) * least);
    }

    int count() {
        return (int) ((bytes + partBytes - 1) / partBytes);
    }

    List<Part> parts() {
        return IntStream.range(0, count()).mapToObj(this::part).toList();
    }

    private Part part(int index) {
        long from = index * partBytes;
        return new Part(index + 1, from, Math.min(partBytes, bytes - from));
    }

    /**
     * One part.
     *
     * @param number from 1
     */
    record Part(int number, long from, long length) {}
}
