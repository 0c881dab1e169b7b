package io.crois.runtime.agent;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/** The folders and files of one attempt; all gone when it is closed. Secrets lie in memory where there is a tmpfs. */
final class Workspace implements AutoCloseable {
    private static final Path TMPFS = Path.of("/dev/shm");

    private final Path root;
    private final Path secrets;

    private Workspace(Path root, Path secrets) {
        this.root = root;
        this.secrets = secrets;
    }

    static Workspace create(Path parent) throws IOException {
        Files.createDirectories(parent);
        Path root = Files.createTempDirectory(parent, "attempt-");
        Path memory = Files.isWritable(TMPFS) ? TMPFS : root;
        Workspace workspace = new Workspace(root, Files.createTempDirectory(memory, "crois-secrets-"));
        Files.createDirectory(workspace.inputs());
        Files.createDirectory(workspace.outputs());
        Files.createFile(workspace.events());
        return workspace;
    }

    Path inputs() {
        return root.resolve("inputs");
    }

    Path outputs() {
        return root.resolve("outputs");
    }

    Path parameters() {
        return root.resolve("parameters.json");
    }

    Path results() {
        return root.resolve("results.json");
    }

    Path events() {
        return root.resolve("events.jsonl");
    }

    Path secrets() {
        return secrets;
    }

    /** Writes a secret to a file that only its owner can read. */
    void writeSecret(String name, String value) throws IOException {
        Path file = secrets.resolve(name);
        var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        Files.createFile(file, ownerOnly);
        Files.writeString(file, value);
    }

    @Override
    public void close() throws IOException {
        delete(secrets);
        delete(root);
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            Files.walkFileTree(folder, new Deletion());
        }
    }

    private static final class Deletion extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure) throws IOException {
            Files.delete(folder);
            return FileVisitResult.CONTINUE;
        }
    }
}
