package io.crois.runtime.bundle;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The folder that is the agent in a container: {@code agent}, the first process, and what it starts: {@code rt}, a Java
 * runtime, {@code lib}, the C library and its loader, {@code locale}, {@code agent.jar}, and an archive of its classes
 * as the runtime has them in memory.
 */
record Bundle(Path home, Processor processor, Jdk jdk) {
    /** The runtime takes the archive of classes only for files of the very time that it was made from. */
    static final FileTime TIME = FileTime.from(Instant.parse("2020-01-01T00:00:00Z"));

    void make() throws IOException, InterruptedException {
        delete(home);
        Files.createDirectories(home);
        JavaRuntime.link(jdk, home.resolve("rt"));
        CLibrary.copy(home.resolve("rt"), home);
        AgentJar.write(home.resolve("agent.jar"));
        copyFirstProcess();
        setTimes();
        new ClassArchive(this).make();
        setTimes();
    }

    private void copyFirstProcess() throws IOException {
        Path agent = home.resolve("agent");
        try (InputStream in = processor.firstProcess().openStream()) {
            Files.copy(in, agent);
        }
        Files.setPosixFilePermissions(agent, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private void setTimes() throws IOException {
        for (Path path : content(home)) {
            Files.setLastModifiedTime(path, TIME);
        }
    }

    static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            for (Path path :
                    content(folder).stream().sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    /** Returns everything below a folder, itself first, in the order of the paths. */
    static List<Path> content(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.sorted().toList();
        }
    }
}
