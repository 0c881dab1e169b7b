package io.crois.samples.crafto.step;

/** Something that the person who started the build can repair; its message is all that they see. */
public final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public Refusal(String message) {
        super(message, null, false, false);
    }
}
