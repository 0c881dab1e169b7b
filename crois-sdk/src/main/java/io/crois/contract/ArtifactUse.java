package io.crois.contract;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.crois.workflow.ArtifactKind;
import org.jspecify.annotations.Nullable;

/**
 * An artifact that a step reads.
 *
 * @param depth how many forEach blocks stand round its producer (round the forEach {@code loop}, when collected)
 * @param loop the forEach from whose iterations it is collected, or {@code null}; a collected artifact arrives as a
 *     folder with one entry named by each index
 * @param partial whether iterations may fail, so that their entries are missing; in JSON only when they may
 */
public record ArtifactUse(
        String artifact,
        ArtifactKind kind,
        int depth,
        @Nullable String loop,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean partial) {

    /** Creates the use of an artifact of which nothing may be missing. */
    public ArtifactUse(String artifact, ArtifactKind kind, int depth, @Nullable String loop) {
        this(artifact, kind, depth, loop, false);
    }
}
