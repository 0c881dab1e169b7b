package io.crois.runtime.agent;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Watches what a process and its descendants use. Reads {@code /proc} and knows nothing where there is none. */
final class ProcessTreeUsage implements ResourceUsage {
    private static final long KIB = 1024;
    private final Process process;
    private final Map<Long, Long> cpuMillis = new HashMap<>();
    private long peakMemoryBytes;

    ProcessTreeUsage(Process process) {
        this.process = process;
        sample();
    }

    @Override
    public void sample() {
        long memory = Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .mapToLong(this::sample)
                .sum();
        peakMemoryBytes = Math.max(peakMemoryBytes, memory);
    }

    @Override
    public long peakMemoryBytes() {
        return peakMemoryBytes;
    }

    @Override
    public long cpuMillis() {
        return cpuMillis.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Without a container of its own, nobody can tell whose memory ran out. */
    @Override
    public boolean outOfMemory() {
        return false;
    }

    private long sample(ProcessHandle handle) {
        handle.info().totalCpuDuration().ifPresent(cpu -> cpuMillis.put(handle.pid(), cpu.toMillis()));
        return residentBytes(handle.pid()).orElse(0L);
    }

    private static Optional<Long> residentBytes(long pid) {
        Path status = Path.of("/proc", Long.toString(pid), "status");
        try (Stream<String> lines = Files.lines(status, StandardCharsets.ISO_8859_1)) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .map(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * KIB)
                    .findFirst();
        } catch (IOException | UncheckedIOException gone) {
            return Optional.empty();
        }
    }
}
