package io.crois.contract;

import io.crois.workflow.ArtifactKind;

/**
 * An artifact that a step writes.
 *
 * @param optional whether a step that does not write it succeeds all the same
 */
public record ArtifactProduct(String artifact, ArtifactKind kind, boolean optional) {}
