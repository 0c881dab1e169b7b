package io.crois.runtime.agent;

import io.crois.contract.AgentExit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Copies the agent's bundle to a volume, for any user of any image to read and execute, and makes a place there where
 * any user may work. The program itself comes last, so that nobody starts half an agent; doing it again changes
 * nothing.
 */
final class Installation {
    /** The argument that asks for it. */
    static final String COMMAND = "install";

    private static final Path DEFAULT = Path.of("/crois");
    private static final String PROGRAM = "agent";
    private static final Set<PosixFilePermission> EXECUTABLE = PosixFilePermissions.fromString("rwxr-xr-x");
    private static final Set<PosixFilePermission> READABLE = PosixFilePermissions.fromString("rw-r--r--");

    private final Path from;
    private final Path to;

    Installation(Path from, Path to) {
        this.from = from;
        this.to = to;
    }

    /** Returns the exit code of the container: 0, or that of a fault of the agent. */
    static int run(List<String> arguments) {
        Path to = arguments.isEmpty() ? DEFAULT : Path.of(arguments.get(0));
        try {
            new Installation(Path.of(System.getProperty(AgentHome.PROPERTY, ".")), to).copy();
            System.out.println("The Crois agent was installed in " + to + ".");
            return 0;
        } catch (IOException | UncheckedIOException e) {
            System.err.println("The Crois agent could not be installed in " + to + ": " + e);
            return AgentExit.AGENT_FAULT.code();
        }
    }

    void copy() throws IOException {
        Files.createDirectories(to);
        Files.setPosixFilePermissions(to, EXECUTABLE);
        for (Path source : content()) {
            copy(source, to.resolve(from.relativize(source).toString()));
        }
        Path work = to.resolve(AgentHome.WORK);
        Files.createDirectories(work);
        Files.setAttribute(work, "unix:mode", 01777);
        copy(from.resolve(PROGRAM), to.resolve(PROGRAM));
    }

    private List<Path> content() throws IOException {
        Path program = from.resolve(PROGRAM);
        Path work = from.resolve(AgentHome.WORK);
        try (Stream<Path> all = Files.walk(from)) {
            return new ArrayList<>(
                    all.filter(path -> !path.equals(from) && !path.equals(program) && !path.startsWith(work))
                            .toList());
        }
    }

    /** Times are kept: the runtime takes an archive of classes only for the very file that it was made from. */
    private static void copy(Path source, Path target) throws IOException {
        if (Files.isDirectory(source)) {
            Files.createDirectories(target);
            Files.setPosixFilePermissions(target, EXECUTABLE);
            return;
        }
        Path unfinished = target.resolveSibling(target.getFileName() + ".unfinished");
        Files.copy(source, unfinished, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
        Files.setPosixFilePermissions(unfinished, Files.isExecutable(source) ? EXECUTABLE : READABLE);
        Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
