package io.crois.runtime.agent;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The control group of this container, of either version. Every figure is 0 where the kernel does not tell it.
 *
 * @param memory bytes in use, files in the page cache among them
 * @param peak the most bytes that were in use
 * @param memoryStatistics tells how much of it are files that nobody has open
 * @param inactiveFiles the name of that figure, with the blank behind it
 * @param events counts the processes that were killed because memory ran out
 * @param cpu processor time
 * @param cpuName the name of that figure, with the blank behind it; empty when it stands alone
 * @param cpuPerMilli how many of its units are a millisecond
 */
record Cgroup(
        Path memory,
        Path peak,
        Path memoryStatistics,
        String inactiveFiles,
        Path events,
        Path cpu,
        String cpuName,
        long cpuPerMilli) {
    private static final long MICROS = 1_000;
    private static final long NANOS = 1_000_000;

    /** Returns the control group of this container; empty outside a container. */
    static Optional<Cgroup> find() {
        return find(Path.of("/sys/fs/cgroup"));
    }

    /**
     * The root group, which is the whole machine, has no {@code memory.current} (v2), but a {@code release_agent} (v1).
     */
    static Optional<Cgroup> find(Path mount) {
        if (Files.isReadable(mount.resolve("memory.current"))) {
            return Optional.of(version2(mount));
        }
        Path memory = mount.resolve("memory");
        boolean container = Files.isReadable(memory.resolve("memory.usage_in_bytes"))
                && !Files.exists(memory.resolve("release_agent"));
        return container ? Optional.of(version1(memory, mount.resolve("cpuacct"))) : Optional.empty();
    }

    private static Cgroup version2(Path group) {
        return new Cgroup(
                group.resolve("memory.current"),
                group.resolve("memory.peak"),
                group.resolve("memory.stat"),
                "inactive_file ",
                group.resolve("memory.events"),
                group.resolve("cpu.stat"),
                "usage_usec ",
                MICROS);
    }

    private static Cgroup version1(Path memory, Path cpu) {
        return new Cgroup(
                memory.resolve("memory.usage_in_bytes"),
                memory.resolve("memory.max_usage_in_bytes"),
                memory.resolve("memory.stat"),
                "total_inactive_file ",
                memory.resolve("memory.oom_control"),
                cpu.resolve("cpuacct.usage"),
                "",
                NANOS);
    }

    long memoryBytes() {
        return KernelFile.figure(memory, "");
    }

    long peakBytes() {
        return KernelFile.figure(peak, "");
    }

    long inactiveFileBytes() {
        return KernelFile.figure(memoryStatistics, inactiveFiles);
    }

    long outOfMemoryKills() {
        return KernelFile.figure(events, "oom_kill ");
    }

    long cpuMillis() {
        return KernelFile.figure(cpu, cpuName) / cpuPerMilli;
    }
}
