package io.crois.contract;

import io.crois.workflow.ArtifactKind;
import org.jspecify.annotations.Nullable;

/**
 * An artifact that a step reads.
 *
 * @param depth how many forEach blocks stand round its producer (round the forEach {@code loop}, when collected)
 * @param loop the forEach from whose iterations it is collected, or {@code null}; a collected artifact arrives as a
 *     folder with one entry named by each index
 */
public record ArtifactUse(
        String artifact,
        ArtifactKind kind,
        int depth,
        @Nullable String loop) {}
