package io.crois.testkit.aws.internal.access;

import java.util.List;
import java.util.Optional;

/**
 * What a container needs before it runs.
 *
 * @param id of the task or job
 * @param taskRole the role that the container gets
 * @param executionRole the role with which its images are pulled and its output is written; without one nothing is
 *     decided
 * @param images all that are pulled
 * @param logGroup where its output goes
 * @param logStream the stream within the group
 */
public record Launch(
        String id,
        Optional<String> taskRole,
        Optional<String> executionRole,
        List<String> images,
        Optional<String> logGroup,
        String logStream) {

    /** Copies the images. */
    public Launch {
        images = List.copyOf(images);
    }
}
