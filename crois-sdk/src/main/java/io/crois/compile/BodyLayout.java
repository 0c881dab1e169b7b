package io.crois.compile;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The names that the states of a body will bear.
 *
 * @param lastly what stands round the author's {@code lastly}, or {@code null} without one
 */
record BodyLayout(List<Unit> units, @Nullable Lastly lastly) {

    /** Returns the first state, or {@code null} when the body does nothing. */
    @Nullable
    String entry() {
        if (!units.isEmpty()) {
            return units.get(0).state();
        }
        return lastly == null ? null : lastly.begin();
    }

    /**
     * The states round {@code lastly}.
     *
     * @param begin comes before it when the body has succeeded
     * @param outcome comes after it and decides how to go on
     * @param failed raises the error again
     * @param variable holds the error, or an empty object
     */
    record Lastly(String begin, String outcome, String failed, String variable) {}
}
