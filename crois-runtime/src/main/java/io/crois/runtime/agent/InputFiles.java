package io.crois.runtime.agent;

import io.crois.contract.AgentExit;
import io.crois.contract.Manifest;
import io.crois.contract.StoredArtifact;
import io.crois.contract.TaskOrder;
import io.crois.runtime.agent.aws.ObjectPlace;
import io.crois.runtime.agent.transfer.TransferFailure;
import io.crois.runtime.agent.transfer.Transfers;
import io.crois.wire.ManifestText;
import io.crois.workflow.ArtifactKind;
import io.crois.workflow.FailureClass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The inputs of one attempt: the manifests of folders first, then all files at the same time. Used once. */
final class InputFiles {
    private final List<TaskOrder.Input> wanted;
    private final Path inputs;
    private final StopSignal stop;
    private final List<Transfers.Fetch> files = new ArrayList<>();
    private final List<Path> executables = new ArrayList<>();
    private final Set<Path> folders = new HashSet<>();

    InputFiles(List<TaskOrder.Input> wanted, Path inputs, StopSignal stop) {
        this.wanted = wanted;
        this.inputs = inputs;
        this.stop = stop;
    }

    void fetch(Transfers transfers) {
        checkSpace();
        try {
            for (var folder : manifests(transfers).entrySet()) {
                addFolder(folder.getKey(), folder.getValue());
            }
            for (TaskOrder.Input input : wanted) {
                if (input.stored().kind() == ArtifactKind.FILE) {
                    StoredArtifact stored = input.stored();
                    Path target = OutputFiles.below(inputs, input.artifact());
                    add(stored, stored.key(), stored.bytes(), stored.sha256(), target);
                }
            }
            transfers.fetch(files, stop::given);
            for (Path file : executables) {
                if (!file.toFile().setExecutable(true)) {
                    throw new IOException("File `" + file.getFileName() + "` could not be made executable.");
                }
            }
        } catch (TransferFailure e) {
            throw failure(e);
        } catch (IOException e) {
            throw notFetched("Inputs could not be fetched: " + e.getMessage(), FailureClass.UNKNOWN, e);
        }
    }

    private void checkSpace() {
        long needed = wanted.stream().mapToLong(input -> input.stored().bytes()).sum();
        long free;
        try {
            free = Files.getFileStore(inputs).getUsableSpace();
        } catch (IOException e) {
            return;
        }
        if (needed > free) {
            throw notFetched(
                    "The inputs have " + needed + " bytes, but the disk has " + free
                            + " free. Give the step more ephemeral storage.",
                    FailureClass.UNKNOWN,
                    null);
        }
    }

    private Map<TaskOrder.Input, Manifest> manifests(Transfers transfers) throws IOException {
        Map<TaskOrder.Input, Path> texts = new LinkedHashMap<>();
        List<Transfers.Fetch> fetches = new ArrayList<>();
        Map<TaskOrder.Input, Manifest> manifests = new LinkedHashMap<>();
        try {
            for (TaskOrder.Input input : wanted) {
                StoredArtifact stored = input.stored();
                if (stored.kind() == ArtifactKind.FOLDER) {
                    Path text = Files.createTempFile("crois-manifest-", ".json");
                    texts.put(input, text);
                    ObjectPlace place = new ObjectPlace(stored.bucket(), Manifest.keyOf(stored.key()));
                    fetches.add(new Transfers.Fetch(place, -1, stored.sha256(), text));
                }
            }
            transfers.fetch(fetches, stop::given);
            for (var each : texts.entrySet()) {
                manifests.put(each.getKey(), ManifestText.read(Files.readAllBytes(each.getValue())));
            }
            return manifests;
        } finally {
            for (Path text : texts.values()) {
                Files.deleteIfExists(text);
            }
        }
    }

    private void addFolder(TaskOrder.Input input, Manifest manifest) throws IOException {
        StoredArtifact stored = input.stored();
        Path target = OutputFiles.below(inputs, input.artifact());
        make(target);
        for (String folder : manifest.folders()) {
            make(OutputFiles.below(target, folder));
        }
        for (Manifest.Entry entry : manifest.entries()) {
            Path file = OutputFiles.below(target, entry.path());
            add(stored, stored.key() + entry.path(), entry.bytes(), entry.sha256(), file);
            if (entry.executable()) {
                executables.add(file);
            }
        }
    }

    private void add(StoredArtifact stored, String key, long bytes, String sha256, Path target) throws IOException {
        Path folder = target.getParent();
        if (folder != null) {
            make(folder);
        }
        files.add(new Transfers.Fetch(new ObjectPlace(stored.bucket(), key), bytes, sha256, target));
    }

    private void make(Path folder) throws IOException {
        if (folders.add(folder)) {
            Files.createDirectories(folder);
        }
    }

    private AgentFailure failure(TransferFailure e) {
        if (e.kind() == TransferFailure.Kind.STOPPED) {
            return notFetched("It was stopped from outside before all inputs were there.", FailureClass.AGENT_FAULT, e);
        }
        TaskOrder.Input input = input(e.place());
        String what = input == null
                ? "Inputs could not be fetched: "
                : "Input `" + input.artifact() + "` could not be fetched from `s3://"
                        + input.stored().bucket() + "/" + input.stored().key() + "`: ";
        return notFetched(what + e.getMessage(), ArtifactStore.failureClass(e), e);
    }

    private TaskOrder.@Nullable Input input(@Nullable ObjectPlace place) {
        return wanted.stream()
                .filter(input -> place != null && isOf(input.stored(), place))
                .findFirst()
                .orElse(null);
    }

    private static boolean isOf(StoredArtifact stored, ObjectPlace place) {
        boolean folder = stored.kind() == ArtifactKind.FOLDER;
        return stored.bucket().equals(place.bucket())
                && (folder
                        ? place.key().startsWith(stored.key()) || place.key().equals(Manifest.keyOf(stored.key()))
                        : place.key().equals(stored.key()));
    }

    private static AgentFailure notFetched(String message, FailureClass failureClass, @Nullable Exception cause) {
        return cause == null
                ? new AgentFailure(AgentExit.INPUT_NOT_FETCHED, failureClass, message)
                : new AgentFailure(AgentExit.INPUT_NOT_FETCHED, failureClass, message, cause);
    }
}
