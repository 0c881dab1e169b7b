package io.crois.runtime.lambda;

/** The image could not be pulled. */
public final class ImagePull extends StepFailure {
    private static final long serialVersionUID = 1L;

    ImagePull(String message) {
        super(message);
    }
}
