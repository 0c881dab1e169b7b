package io.crois.runtime.agent;

import io.crois.contract.AgentExit;
import io.crois.contract.Json;
import io.crois.contract.Manifest;
import io.crois.contract.StoredArtifact;
import io.crois.contract.TaskOrder;
import io.crois.workflow.ArtifactKind;
import io.crois.workflow.FailureClass;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;
import software.amazon.awssdk.utils.BinaryUtils;

/**
 * Moves artifacts between S3 and the workspace, with the SHA-256 of every file checked both ways. A folder's manifest
 * is written last and read first, so that half a folder is never taken for a whole one.
 */
final class ArtifactStore {
    private static final int BUFFER_BYTES = 64 * 1024;

    private final S3Client s3;
    private final @Nullable String kmsKey;

    ArtifactStore(S3Client s3, @Nullable String kmsKey) {
        this.s3 = s3;
        this.kmsKey = kmsKey;
    }

    /** Fetches an input to a place below {@code inputs}. */
    void fetch(TaskOrder.Input input, Path inputs) {
        StoredArtifact stored = input.stored();
        Path target = OutputFiles.below(inputs, input.artifact());
        try {
            if (stored.kind() == ArtifactKind.FILE) {
                fetchFile(stored.bucket(), stored.key(), stored.sha256(), target);
            } else {
                fetchFolder(stored, target);
            }
        } catch (IOException | SdkException e) {
            throw new AgentFailure(
                    AgentExit.INPUT_NOT_FETCHED,
                    FailureClass.AGENT_FAULT,
                    "Input `" + input.artifact() + "` could not be fetched from `s3://" + stored.bucket() + "/"
                            + stored.key() + "`: " + e.getMessage(),
                    e);
        }
    }

    private void fetchFolder(StoredArtifact stored, Path target) throws IOException {
        Files.createDirectories(target);
        Path file = Files.createTempFile(target.getParent(), "manifest-", ".json");
        Files.delete(file);
        fetchFile(stored.bucket(), Manifest.keyOf(stored.key()), stored.sha256(), file);
        Manifest manifest = Json.read(Files.readString(file), Manifest.class);
        Files.delete(file);
        for (Manifest.Entry entry : manifest.entries()) {
            Path path = OutputFiles.below(target, entry.path());
            fetchFile(stored.bucket(), stored.key() + entry.path(), entry.sha256(), path);
            if (entry.executable() && !path.toFile().setExecutable(true)) {
                throw new IOException("`" + entry.path() + "` could not be made executable.");
            }
        }
    }

    private void fetchFile(String bucket, String key, String sha256, Path target) throws IOException {
        Files.createDirectories(target.getParent());
        MessageDigest digest = Sha256.digest();
        GetObjectRequest request =
                GetObjectRequest.builder().bucket(bucket).key(key).build();
        try (InputStream in = s3.getObject(request);
                OutputStream out = new DigestOutputStream(Files.newOutputStream(target), digest)) {
            byte[] buffer = new byte[BUFFER_BYTES];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                out.write(buffer, 0, read);
            }
        }
        String found = BinaryUtils.toHex(digest.digest());
        if (!found.equals(sha256)) {
            throw new IOException("Object `" + key + "` has SHA-256 " + found + ", but " + sha256 + " was stored.");
        }
    }

    /**
     * Stores an output.
     *
     * @return what was stored, or {@code null} when there is nothing at its place
     * @throws AgentFailure if what is there cannot be stored
     */
    @Nullable
    StoredArtifact store(TaskOrder.Output output, Path outputs, boolean partial) {
        Path source = OutputFiles.below(outputs, output.artifact());
        OutputFiles files = OutputFiles.of(output.artifact(), output.kind(), source, outputs);
        if (files.missing()) {
            return null;
        }
        try {
            return output.kind() == ArtifactKind.FILE
                    ? storeFile(output, source, partial)
                    : storeFolder(output, source, files.files(), partial);
        } catch (IOException | SdkException e) {
            throw new AgentFailure(
                    AgentExit.OUTPUT_NOT_STORED,
                    FailureClass.AGENT_FAULT,
                    "Output `" + output.artifact() + "` could not be stored at `s3://" + output.bucket() + "/"
                            + output.key() + "`: " + e.getMessage(),
                    e);
        }
    }

    private StoredArtifact storeFile(TaskOrder.Output output, Path source, boolean partial) throws IOException {
        byte[] sha256 = Sha256.of(source);
        put(output.bucket(), output.key(), sha256, RequestBody.fromFile(source));
        return stored(output, Files.size(source), 1, BinaryUtils.toHex(sha256), partial);
    }

    private StoredArtifact storeFolder(TaskOrder.Output output, Path source, List<Path> files, boolean partial)
            throws IOException {
        List<Manifest.Entry> entries = new ArrayList<>();
        for (Path file : files) {
            String path = source.relativize(file).toString().replace('\\', '/');
            byte[] sha256 = Sha256.of(file);
            put(output.bucket(), output.key() + path, sha256, RequestBody.fromFile(file));
            entries.add(
                    new Manifest.Entry(path, Files.size(file), BinaryUtils.toHex(sha256), Files.isExecutable(file)));
        }
        byte[] manifest = Json.mapper().writeValueAsBytes(new Manifest(entries));
        byte[] sha256 = Sha256.digest().digest(manifest);
        put(output.bucket(), Manifest.keyOf(output.key()), sha256, RequestBody.fromBytes(manifest));
        long bytes = entries.stream().mapToLong(Manifest.Entry::bytes).sum();
        return stored(output, bytes, entries.size(), BinaryUtils.toHex(sha256), partial);
    }

    private void put(String bucket, String key, byte[] sha256, RequestBody body) {
        PutObjectRequest.Builder request =
                PutObjectRequest.builder().bucket(bucket).key(key).checksumSHA256(BinaryUtils.toBase64(sha256));
        if (kmsKey != null) {
            request.serverSideEncryption(ServerSideEncryption.AWS_KMS)
                    .ssekmsKeyId(kmsKey)
                    .bucketKeyEnabled(true);
        }
        s3.putObject(request.build(), body);
    }

    private static StoredArtifact stored(
            TaskOrder.Output output, long bytes, long files, String sha256, boolean partial) {
        return new StoredArtifact(
                output.artifact(), output.kind(), output.bucket(), output.key(), bytes, files, sha256, partial);
    }
}
