package io.crois.runtime.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/**
 * The folders and files of one attempt; all gone when it is closed, or when the next one is made after its owner was
 * killed. Secrets lie in memory where there is a tmpfs.
 */
final class Workspace implements AutoCloseable {
    private static final Path TMPFS = Path.of("/dev/shm");

    private final OwnedFolder folder;
    private final Path root;
    private final @Nullable OwnedFolder memory;

    private Workspace(OwnedFolder folder, @Nullable OwnedFolder memory) {
        this.folder = folder;
        this.root = folder.path();
        this.memory = memory;
    }

    /**
     * Makes the files and folders of an attempt.
     *
     * @param secrets whether there will be files of secrets
     */
    static Workspace create(Path parent, boolean secrets) throws IOException {
        Files.createDirectories(parent);
        OwnedFolder folder = OwnedFolder.create(parent, "attempt-");
        try {
            boolean inMemory = secrets && Files.isWritable(TMPFS);
            Workspace workspace = new Workspace(folder, inMemory ? OwnedFolder.create(TMPFS, "crois-secrets-") : null);
            Files.createDirectory(workspace.inputs());
            Files.createDirectory(workspace.outputs());
            if (!inMemory) {
                Files.createDirectory(workspace.secrets());
            }
            Files.createFile(workspace.events());
            return workspace;
        } catch (IOException | RuntimeException e) {
            folder.close();
            throw e;
        }
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
        return memory == null ? root.resolve("secrets") : memory.path();
    }

    /** Writes a secret to a file that only its owner can read. */
    void writeSecret(String name, String value) throws IOException {
        Path file = secrets().resolve(name);
        var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        Files.createFile(file, ownerOnly);
        Files.writeString(file, value);
    }

    @Override
    public void close() throws IOException {
        try (folder) {
            if (memory != null) {
                memory.close();
            }
        }
    }
}
