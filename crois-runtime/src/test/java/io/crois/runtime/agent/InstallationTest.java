package io.crois.runtime.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class InstallationTest {
    private static final FileTime TIME = FileTime.fromMillis(946_684_800_000L);

    @TempDir
    private Path from;

    @TempDir
    private Path volume;

    @BeforeEach
    void bundle() throws IOException {
        write("agent", "rwx------");
        write("rt/bin/java", "rwx------");
        write("agent.jar", "rw-------");
    }

    @Test
    void any_user_can_read_execute_and_work_there_afterwards() throws IOException {
        Path to = volume.resolve("crois");

        new Installation(from, to).copy();

        assertThat(mode(to)).isEqualTo("rwxr-xr-x");
        assertThat(mode(to.resolve("agent"))).isEqualTo("rwxr-xr-x");
        assertThat(mode(to.resolve("rt/bin"))).isEqualTo("rwxr-xr-x");
        assertThat(mode(to.resolve("rt/bin/java"))).isEqualTo("rwxr-xr-x");
        assertThat(mode(to.resolve("agent.jar"))).isEqualTo("rw-r--r--");
        assertThat(mode(to.resolve("work"))).isEqualTo("rwxrwxrwx");
        assertThat(Files.getAttribute(to.resolve("work"), "unix:mode")).isEqualTo(0041777);
        assertThat(Files.getLastModifiedTime(to.resolve("agent.jar"))).isEqualTo(TIME);
    }

    @Test
    void a_volume_that_is_half_filled_is_completed() throws IOException {
        Files.writeString(Files.createDirectories(volume.resolve("rt/bin")).resolve("java"), "half");
        Files.createDirectory(volume.resolve("work"));

        new Installation(from, volume).copy();
        new Installation(from, volume).copy();

        assertThat(volume.resolve("rt/bin/java")).hasContent("rt/bin/java");
        assertThat(volume).isDirectoryNotContaining("glob:**.unfinished");
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    private void write(String name, String permissions) throws IOException {
        Path file = from.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, name);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
        Files.setLastModifiedTime(file, TIME);
    }
}
