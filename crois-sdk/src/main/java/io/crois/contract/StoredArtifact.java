package io.crois.contract;

import io.crois.workflow.ArtifactKind;

/**
 * Where an artifact lies and what it is; also the body of an {@code ARTIFACT#} item.
 *
 * @param key the key of the object (a file) or the prefix of its keys, ending in {@code /} (a folder)
 * @param bytes the size of all its files together
 * @param files how many files; 1 for a file
 * @param sha256 hex; of the file's content, or of the manifest's text for a folder
 * @param partial whether the command that wrote it failed
 */
public record StoredArtifact(
        String artifact,
        ArtifactKind kind,
        String bucket,
        String key,
        long bytes,
        long files,
        String sha256,
        boolean partial) {}
