package io.crois.contract;

import io.crois.workflow.Backend;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a step does otherwise in one execution; what is {@code null} is as the workflow says.
 *
 * @param image and {@code taskDefinition}, {@code jobDefinition}: its registrations
 * @param command the exact argument vector
 */
public record StepTerms(
        @Nullable String image,
        @Nullable String taskDefinition,
        @Nullable String jobDefinition,
        @Nullable List<String> command,
        @Nullable Machine machine,
        @Nullable Backend backend) {

    public StepTerms {
        command = command == null ? null : List.copyOf(command);
    }
}
