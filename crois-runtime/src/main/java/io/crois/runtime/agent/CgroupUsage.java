package io.crois.runtime.agent;

import java.time.Duration;

/**
 * What a container uses: memory with the agent's own share, processor time without it.
 *
 * <p>The kernel's peak counts files in the page cache, which costs nobody memory. What is told is the most that was
 * seen in use without them, or the kernel's peak less the most of such files that was seen, whichever is more.
 */
final class CgroupUsage implements ResourceUsage {
    private final Cgroup group;
    private final long killsBefore;
    private final long cpuBefore;
    private long seen;
    private long mostInactive;

    CgroupUsage(Cgroup group) {
        this.group = group;
        this.killsBefore = group.outOfMemoryKills();
        this.cpuBefore = cpuWithoutAgent();
        sample();
    }

    @Override
    public void sample() {
        long inactive = group.inactiveFileBytes();
        mostInactive = Math.max(mostInactive, inactive);
        seen = Math.max(seen, group.memoryBytes() - inactive);
    }

    @Override
    public long peakMemoryBytes() {
        return Math.max(seen, group.peakBytes() - mostInactive);
    }

    @Override
    public long cpuMillis() {
        return Math.max(0, cpuWithoutAgent() - cpuBefore);
    }

    @Override
    public boolean outOfMemory() {
        return group.outOfMemoryKills() > killsBefore;
    }

    private long cpuWithoutAgent() {
        Duration agent = ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
        return group.cpuMillis() - agent.toMillis();
    }
}
