package io.crois.execution;

import io.crois.contract.Json;
import io.crois.contract.Manifest;
import io.crois.contract.StoredArtifact;
import io.crois.workflow.ArtifactKind;
import io.crois.workflow.CroisException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** An artifact that a step published. Reading it needs the rights of its project. */
public final class ArtifactContent {
    private static final int FORBIDDEN = 403;

    private final S3Client s3;
    private final StoredArtifact stored;

    ArtifactContent(S3Client s3, StoredArtifact stored) {
        this.s3 = s3;
        this.stored = stored;
    }

    /** Returns the size in bytes, of all files together for a folder. */
    public long bytes() {
        return stored.bytes();
    }

    /** Returns where it lies. */
    public StoredArtifact stored() {
        return stored;
    }

    /**
     * Opens a file.
     *
     * @throws CroisException if the artifact is a folder
     */
    public InputStream open() {
        if (stored.kind() != ArtifactKind.FILE) {
            throw new CroisException("Artifact `" + stored.artifact() + "` is a folder. Copy it with copyTo.");
        }
        return open(stored.key());
    }

    /**
     * Copies a file to a path, or a folder into a directory; missing directories are made, files that are there are
     * replaced when the new one is whole.
     */
    public void copyTo(Path target) throws IOException {
        if (stored.kind() == ArtifactKind.FILE) {
            copy(stored.key(), target);
            return;
        }
        Files.createDirectories(target);
        Manifest manifest = manifest();
        for (String folder : manifest.folders()) {
            Files.createDirectories(below(target, folder));
        }
        for (Manifest.Entry entry : manifest.entries()) {
            Path file = below(target, entry.path());
            copy(stored.key() + entry.path(), file);
            if (entry.executable() && !file.toFile().setExecutable(true)) {
                throw new IOException("File `" + file + "` could not be made executable.");
            }
        }
    }

    private Path below(Path target, String path) {
        Path file = target.resolve(path).normalize();
        if (!file.startsWith(target.normalize())) {
            throw new CroisException("Artifact `" + stored.artifact() + "` holds the path `" + path
                    + "`, which leads out of the folder. Nothing of it is copied there.");
        }
        return file;
    }

    private Manifest manifest() throws IOException {
        try (InputStream content = open(Manifest.keyOf(stored.key()))) {
            return Json.mapper().readValue(content, Manifest.class);
        }
    }

    private void copy(String key, Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        Files.createDirectories(folder);
        Path part = Files.createTempFile(folder, "crois-", ".part");
        try (InputStream content = open(key)) {
            Files.copy(content, part, StandardCopyOption.REPLACE_EXISTING);
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private InputStream open(String key) {
        try {
            return s3.getObject(request -> request.bucket(stored.bucket()).key(key));
        } catch (S3Exception e) {
            if (e.statusCode() == FORBIDDEN) {
                throw new CroisException(
                        "Artifact `" + stored.artifact() + "` may not be read by whoever calls. Its"
                                + " project admits a role with ProjectDefinition.addApplication and Provisioner.apply.",
                        e);
            }
            throw e;
        }
    }
}
