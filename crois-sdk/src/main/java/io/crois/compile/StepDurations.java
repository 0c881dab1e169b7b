package io.crois.compile;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How long the containers of each step run, for a cost forecast. Immutable. */
public final class StepDurations {
    private final @Nullable Duration otherwise;
    private final Map<String, Duration> steps;

    private StepDurations(@Nullable Duration otherwise, Map<String, Duration> steps) {
        this.otherwise = otherwise;
        this.steps = steps;
    }

    /** Returns durations of which none is known. */
    public static StepDurations none() {
        return new StepDurations(null, Map.of());
    }

    /** Returns durations of which all are the same. */
    public static StepDurations all(Duration time) {
        return new StepDurations(time, Map.of());
    }

    /**
     * Sets how long a container of one step runs.
     *
     * @param step the step's name, or with those of the blocks round it: {@code tune/train}
     */
    public StepDurations of(String step, Duration time) {
        Map<String, Duration> more = new LinkedHashMap<>(steps);
        more.put(step, time);
        return new StepDurations(otherwise, Collections.unmodifiableMap(more));
    }

    @Nullable
    Duration at(String path) {
        Duration whole = steps.get(path);
        Duration named = whole == null ? steps.get(path.substring(path.lastIndexOf('/') + 1)) : whole;
        return named == null ? otherwise : named;
    }
}
