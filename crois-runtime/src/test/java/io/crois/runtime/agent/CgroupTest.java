package io.crois.runtime.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CgroupTest {
    private static final long MIB = 1024 * 1024;

    @TempDir
    private Path mount;

    @Test
    void the_figures_of_version_1_are_read() throws IOException {
        write("memory/memory.usage_in_bytes", "1000");
        write("memory/memory.max_usage_in_bytes", "3000");
        write("memory/memory.stat", "inactive_file 1\ntotal_inactive_file 200\n");
        write("memory/memory.oom_control", "oom_kill_disable 0\nunder_oom 0\noom_kill 2\n");
        write("cpuacct/cpuacct.usage", "7000000");

        assertFigures(Cgroup.find(mount).orElseThrow());
    }

    @Test
    void the_figures_of_version_2_are_read() throws IOException {
        write("memory.current", "1000");
        write("memory.peak", "3000");
        write("memory.stat", "anon 5\ninactive_file 200\n");
        write("memory.events", "low 0\noom 3\noom_kill 2\noom_group_kill 0\n");
        write("cpu.stat", "usage_usec 7000\nuser_usec 6000\n");

        assertFigures(Cgroup.find(mount).orElseThrow());
    }

    private static void assertFigures(Cgroup group) {
        assertThat(group.memoryBytes()).isEqualTo(1000);
        assertThat(group.peakBytes()).isEqualTo(3000);
        assertThat(group.inactiveFileBytes()).isEqualTo(200);
        assertThat(group.outOfMemoryKills()).isEqualTo(2);
        assertThat(group.cpuMillis()).isEqualTo(7);
    }

    @Test
    void what_the_kernel_does_not_tell_is_0() throws IOException {
        write("memory.current", "1000");

        Cgroup group = Cgroup.find(mount).orElseThrow();

        assertThat(group.peakBytes()).isZero();
        assertThat(group.outOfMemoryKills()).isZero();
        assertThat(group.cpuMillis()).isZero();
    }

    @Test
    void a_machine_is_no_container() throws IOException {
        assertThat(Cgroup.find(mount)).isEmpty();

        write("memory/memory.usage_in_bytes", "1000");
        write("memory/release_agent", "");

        assertThat(Cgroup.find(mount)).isEmpty();
    }

    @Test
    void files_in_the_page_cache_are_no_memory_in_use_but_a_short_peak_is() throws IOException {
        memory(100, 100, 0);
        CgroupUsage usage = new CgroupUsage(Cgroup.find(mount).orElseThrow());
        memory(900, 900, 800);
        usage.sample();

        assertThat(usage.peakMemoryBytes()).isEqualTo(100 * MIB);

        memory(900, 1500, 800);
        usage.sample();
        assertThat(usage.peakMemoryBytes()).isEqualTo(700 * MIB);
    }

    @Test
    void a_kill_for_lack_of_memory_counts_only_while_it_is_watched() throws IOException {
        write("memory.current", "1000");
        write("memory.events", "oom_kill 1\n");
        CgroupUsage usage = new CgroupUsage(Cgroup.find(mount).orElseThrow());

        assertThat(usage.outOfMemory()).isFalse();

        write("memory.events", "oom_kill 2\n");
        assertThat(usage.outOfMemory()).isTrue();
    }

    private void memory(long current, long peak, long inactive) throws IOException {
        write("memory.current", Long.toString(current * MIB));
        write("memory.peak", Long.toString(peak * MIB));
        write("memory.stat", "inactive_file " + inactive * MIB + "\n");
    }

    private void write(String name, String content) throws IOException {
        Path file = mount.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }
}
