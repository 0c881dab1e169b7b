package io.crois.execution;

import io.crois.workflow.CroisException;
import io.crois.workflow.Workflow;
import java.util.Optional;

/**
 * Looks images up in their registry.
 *
 * <pre>{@code
 * ImageInspector images = EcrImages.create(EcrClient.create());
 * crois.deploy(images.pin(training));
 * }</pre>
 */
@FunctionalInterface
public interface ImageInspector {
    /**
     * Returns what the registry knows of an image; empty if it is an image of another registry.
     *
     * @throws CroisException if the registry does not have it, or not for the platform
     */
    Optional<ImageDetails> inspect(String reference);

    /**
     * Returns the workflow with every image that can be looked up named by its digest, so that a tag that moves changes
     * nothing, and with the image's own {@code ENTRYPOINT} and {@code CMD} as the command of each step that has none.
     *
     * @throws CroisException if a registry does not have an image, or a step has no command and neither has its image
     */
    default Workflow pin(Workflow workflow) {
        return new ImagePins(this).pin(workflow);
    }
}
