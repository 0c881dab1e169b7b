package io.crois.execution;

import java.util.ArrayList;
import java.util.List;

/**
 * What a registry knows of an image for one platform.
 *
 * @param reference the image by its digest, {@code repository@sha256:…}; of an image for several platforms the digest
 *     of all of them together
 * @param entryPoint {@code ENTRYPOINT}; empty where there is none
 * @param command {@code CMD}; empty where there is none
 * @param user {@code USER}; empty for root
 * @param workingDirectory {@code WORKDIR}; empty for the root directory
 */
public record ImageDetails(
        String reference, List<String> entryPoint, List<String> command, String user, String workingDirectory) {

    public ImageDetails {
        entryPoint = List.copyOf(entryPoint);
        command = List.copyOf(command);
    }

    /** Returns what a container of the image runs when nothing is said: its entry point and its command after it. */
    public List<String> arguments() {
        List<String> all = new ArrayList<>(entryPoint);
        all.addAll(command);
        return List.copyOf(all);
    }
}
