package io.crois.runtime.agent;

import io.crois.contract.AgentExit;
import io.crois.contract.ItemKey;
import io.crois.contract.Manifest;
import io.crois.contract.StoredArtifact;
import io.crois.contract.TaskOrder;
import io.crois.runtime.agent.aws.ObjectPlace;
import io.crois.runtime.agent.aws.ObjectStore;
import io.crois.runtime.agent.aws.Retries;
import io.crois.runtime.agent.transfer.Owner;
import io.crois.runtime.agent.transfer.TransferFailure;
import io.crois.runtime.agent.transfer.TransferLimits;
import io.crois.runtime.agent.transfer.Transfers;
import io.crois.wire.ManifestText;
import io.crois.workflow.ArtifactKind;
import io.crois.workflow.FailureClass;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Stores the outputs of one attempt. A folder's manifest is written last, so that half a folder is never taken for a
 * whole one.
 */
final class ArtifactStore {
    private static final int KEY_BYTES = 1024;

    private final ObjectStore objects;
    private final Retries retries;
    private final TransferLimits limits;
    private final @Nullable String kmsKey;
    private final String owner;

    ArtifactStore(ObjectStore objects, Retries retries, TransferLimits limits, @Nullable String kmsKey, String owner) {
        this.objects = objects;
        this.retries = retries;
        this.limits = limits;
        this.kmsKey = kmsKey;
        this.owner = owner;
    }

    static ArtifactStore of(ObjectStore objects, TaskOrder order) {
        String owner =
                ItemKey.partition(order.run()) + "/" + order.run().scope() + order.step() + "/" + order.attempt();
        return new ArtifactStore(objects, Retries.defaults(), TransferLimits.defaults(), order.kmsKey(), owner);
    }

    /**
     * Fetches all inputs to their places below {@code inputs}.
     *
     * @throws AgentFailure if one of them cannot be had
     */
    void fetch(List<TaskOrder.Input> wanted, Path inputs, StopSignal stop) {
        if (wanted.isEmpty()) {
            return;
        }
        try (Transfers transfers = Transfers.create(objects, retries, limits)) {
            new InputFiles(wanted, inputs, stop).fetch(transfers);
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
        try (Transfers transfers = Transfers.create(objects, retries, limits)) {
            return output.kind() == ArtifactKind.FILE
                    ? storeFile(transfers, output, source, partial)
                    : storeFolder(transfers, output, source, files, partial);
        } catch (TransferFailure e) {
            throw notStored(output, failureClass(e), String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw notStored(output, FailureClass.UNKNOWN, "its manifest could not be written.", e);
        }
    }

    private StoredArtifact storeFile(Transfers transfers, TaskOrder.Output output, Path source, boolean partial) {
        ObjectPlace place = place(output, output.key());
        Transfers.Stored stored = transfers
                .store(List.of(new Transfers.Store(source, place)), kmsKey, Owner.of(owner))
                .get(0);
        return stored(output, stored.bytes(), 1, stored.sha256(), partial);
    }

    private StoredArtifact storeFolder(
            Transfers transfers, TaskOrder.Output output, Path source, OutputFiles files, boolean partial)
            throws IOException {
        List<Transfers.Store> stores = new ArrayList<>();
        for (Path file : files.files()) {
            stores.add(new Transfers.Store(file, place(output, output.key() + relative(source, file))));
        }
        List<Transfers.Stored> stored = transfers.store(stores, kmsKey, Owner.of(owner));
        List<Manifest.Entry> entries = new ArrayList<>();
        for (int i = 0; i < stored.size(); i++) {
            Path file = files.files().get(i);
            Transfers.Stored each = stored.get(i);
            entries.add(
                    new Manifest.Entry(relative(source, file), each.bytes(), each.sha256(), Files.isExecutable(file)));
        }
        List<String> empty = files.emptyFolders().stream()
                .map(folder -> relative(source, folder))
                .toList();
        String sha256 = storeManifest(transfers, output, new Manifest(entries, empty));
        long bytes = entries.stream().mapToLong(Manifest.Entry::bytes).sum();
        return stored(output, bytes, entries.size(), sha256, partial);
    }

    private String storeManifest(Transfers transfers, TaskOrder.Output output, Manifest manifest) throws IOException {
        Path file = Files.createTempFile("crois-manifest-", ".json");
        try {
            Files.write(file, ManifestText.bytes(manifest));
            ObjectPlace place = new ObjectPlace(output.bucket(), Manifest.keyOf(output.key()));
            return transfers
                    .store(List.of(new Transfers.Store(file, place)), kmsKey, Owner.of(owner))
                    .get(0)
                    .sha256();
        } finally {
            Files.delete(file);
        }
    }

    private static String relative(Path folder, Path file) {
        return folder.relativize(file).toString().replace('\\', '/');
    }

    private static ObjectPlace place(TaskOrder.Output output, String key) {
        int bytes = key.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > KEY_BYTES) {
            throw new AgentFailure(
                    AgentExit.OUTPUT_MISSING,
                    FailureClass.MISSING_OUTPUT,
                    "Output `" + output.artifact() + "` holds a path that would be stored under a key of " + bytes
                            + " bytes, but Amazon S3 takes at most " + KEY_BYTES + ": `" + key
                            + "`. Give it a shorter one.");
        }
        return new ObjectPlace(output.bucket(), key);
    }

    private static AgentFailure notStored(
            TaskOrder.Output output, FailureClass failureClass, String why, Exception cause) {
        return new AgentFailure(
                AgentExit.OUTPUT_NOT_STORED,
                failureClass,
                "Output `" + output.artifact() + "` could not be stored at `s3://" + output.bucket() + "/"
                        + output.key() + "`: " + why,
                cause);
    }

    /** What route decides by: what would fail again is not tried again. */
    static FailureClass failureClass(TransferFailure e) {
        return switch (e.kind()) {
            case DENIED -> FailureClass.ACCESS_DENIED;
            case THROTTLED -> FailureClass.THROTTLED;
            case BROKEN, STOPPED -> FailureClass.AGENT_FAULT;
            case LOCAL -> FailureClass.UNKNOWN;
        };
    }

    private static StoredArtifact stored(
            TaskOrder.Output output, long bytes, long files, String sha256, boolean partial) {
        return new StoredArtifact(
                output.artifact(), output.kind(), output.bucket(), output.key(), bytes, files, sha256, partial);
    }
}
