package io.crois.samples.crafto.step;

import java.util.List;

/** Something that the person who started the build can repair; its message is all that they see. */
public final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** A file that is wrong in one way is wrong in each of its rows. */
    private static final int MOST_TOLD = 10;

    public Refusal(String message) {
        super(message, null, false, false);
    }

    /** Throws a refusal with a line for each of the first problems and the number of the others, if there are any. */
    static void refuse(List<String> problems) {
        if (problems.isEmpty()) {
            return;
        }
        String first = String.join("\n", problems.subList(0, Math.min(problems.size(), MOST_TOLD)));
        int rest = problems.size() - MOST_TOLD;
        throw new Refusal(rest > 0 ? first + "\nAnd " + rest + " more like these." : first);
    }
}
