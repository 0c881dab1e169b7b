package io.crois.runtime.agent;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Watches what a process and its descendants use. Reads {@code /proc} and knows nothing where there is none. */
final class ProcessTreeUsage implements ResourceUsage {
    private static final long KIB = 1024;
    private final Process process;
    private final Map<Long, Long> cpuMillis = new HashMap<>();
    private long peakMemoryBytes;

    ProcessTreeUsage(Process process) {
        this.process = process;
        peakMemoryBytes = sample(process.toHandle());
    }

    @Override
    public void sample() {
        long memory = sample(process.toHandle())
                + process.descendants().mapToLong(this::sample).sum();
        peakMemoryBytes = Math.max(peakMemoryBytes, memory);
    }

    @Override
    public long peakMemoryBytes() {
        return peakMemoryBytes;
    }

    @Override
    public long cpuMillis() {
        long sum = 0;
        for (long each : cpuMillis.values()) {
            sum += each;
        }
        return sum;
    }

    /** Without a container of its own, nobody can tell whose memory ran out. */
    @Override
    public boolean outOfMemory() {
        return false;
    }

    private long sample(ProcessHandle handle) {
        handle.info().totalCpuDuration().ifPresent(cpu -> cpuMillis.put(handle.pid(), cpu.toMillis()));
        return KernelFile.figure(Path.of("/proc", Long.toString(handle.pid()), "status"), "VmRSS:") * KIB;
    }
}
