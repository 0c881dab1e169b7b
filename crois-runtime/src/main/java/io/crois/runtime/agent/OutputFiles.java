package io.crois.runtime.agent;

import io.crois.contract.AgentExit;
import io.crois.workflow.ArtifactKind;
import io.crois.workflow.FailureClass;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The files that the command left as one output: only regular files, none reached through a link that leads out of the
 * outputs, in the order of their paths.
 *
 * @param missing whether there is nothing at the output's place
 * @param emptyFolders those below the output that hold nothing
 */
record OutputFiles(boolean missing, List<Path> files, List<Path> emptyFolders) {

    /**
     * Returns a path below a folder.
     *
     * @throws AgentFailure if the path leads out of it
     */
    static Path below(Path folder, String path) {
        Path resolved = folder.resolve(path).normalize();
        if (!resolved.startsWith(folder) || resolved.equals(folder)) {
            throw new AgentFailure(
                    AgentExit.AGENT_FAULT,
                    FailureClass.AGENT_FAULT,
                    "Path `" + path + "` leads out of the folder it belongs to; artifacts hold relative paths only.");
        }
        return resolved;
    }

    static OutputFiles of(String artifact, ArtifactKind kind, Path source, Path outputs) {
        if (!Files.exists(source)) {
            return new OutputFiles(true, List.of(), List.of());
        }
        try {
            return kind == ArtifactKind.FILE ? file(artifact, source, outputs) : folder(artifact, source, outputs);
        } catch (IOException e) {
            throw refused(artifact, "could not be read: " + e.getMessage());
        }
    }

    private static OutputFiles file(String artifact, Path source, Path outputs) throws IOException {
        if (Files.isDirectory(source)) {
            throw refused(artifact, "is a folder, but was declared a file; declare it with `Artifact.folder`.");
        }
        check(artifact, source, outputs);
        return new OutputFiles(false, List.of(source), List.of());
    }

    private static OutputFiles folder(String artifact, Path source, Path outputs) throws IOException {
        if (!Files.isDirectory(source)) {
            throw refused(artifact, "is a file, but was declared a folder; declare it with `Artifact.file`.");
        }
        try (Stream<Path> walk = Files.walk(source, FileVisitOption.FOLLOW_LINKS)) {
            List<Path> files = new ArrayList<>();
            List<Path> empty = new ArrayList<>();
            for (Path path : walk.sorted().toList()) {
                if (!Files.isDirectory(path)) {
                    check(artifact, path, outputs);
                    files.add(path);
                } else if (!path.equals(source)) {
                    checkPlace(artifact, path, outputs);
                    if (isEmpty(path)) {
                        empty.add(path);
                    }
                }
            }
            return new OutputFiles(false, List.copyOf(files), List.copyOf(empty));
        } catch (UncheckedIOException e) {
            throw unreadable(artifact, e.getCause());
        }
    }

    private static AgentFailure unreadable(String artifact, @Nullable IOException cause) {
        String what = cause instanceof FileSystemLoopException ? "has a loop of links" : "could not be read";
        return refused(artifact, what + " at `" + (cause == null ? "" : cause.getMessage()) + "`.");
    }

    private static void check(String artifact, Path file, Path outputs) throws IOException {
        Path name = outputs.relativize(file);
        if (!Files.exists(file)) {
            throw refused(artifact, "holds `" + name + "`, a link that leads nowhere.");
        }
        checkPlace(artifact, file, outputs);
        if (!Files.isRegularFile(file)) {
            throw refused(artifact, "holds `" + name + "`, which is no regular file and cannot be stored.");
        }
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.findAny().isEmpty();
        }
    }

    private static void checkPlace(String artifact, Path file, Path outputs) throws IOException {
        Path name = outputs.relativize(file);
        if (name.toString().indexOf('\uFFFD') >= 0) {
            throw refused(artifact, "holds `" + name + "`, a name that is not UTF-8; give it another one.");
        }
        if (!file.toRealPath().startsWith(outputs.toRealPath())) {
            throw refused(
                    artifact, "holds `" + name + "`, a link that leads out of the outputs; copy the file instead.");
        }
    }

    private static AgentFailure refused(String artifact, String what) {
        return new AgentFailure(
                AgentExit.OUTPUT_MISSING, FailureClass.MISSING_OUTPUT, "Output `" + artifact + "` " + what);
    }
}
