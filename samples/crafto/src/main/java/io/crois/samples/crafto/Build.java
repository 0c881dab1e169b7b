package io.crois.samples.crafto;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.crois.render.Timeline;
import io.crois.workflow.Artifact;
import io.crois.workflow.Parameter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** One execution of {@link ModelBuilding}. */
interface Build {
    String id();

    /** The status in the words of Step Functions. */
    String status();

    Instant submittedAt();

    /** When it ended; empty while it goes on. */
    Optional<Instant> endedAt();

    Map<String, JsonNode> arguments();

    /** Returns what was given for a parameter; the missing node if nothing was. */
    default JsonNode argument(Parameter<?> parameter) {
        return arguments().getOrDefault(parameter.name(), MissingNode.getInstance());
    }

    Timeline timeline();

    /** Waits for the end and shows the way there. */
    void await(Progress progress) throws InterruptedException;

    /** Why it failed, in a line for a person; empty if it did not. */
    Optional<String> failure();

    /** Copies a file that a step left, if it did; replaces what is there. */
    boolean copy(Artifact artifact, Path file) throws IOException;
}
