package io.crois.compile;

import io.crois.contract.StepSpec;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an execution takes: exactly where it is known, otherwise between two limits that hold the truth.
 *
 * <p>Without {@link Assumptions#withFailures()}, every step succeeds at its first attempt. An execution that ends in a
 * {@code fail} of the author is held by the limits too.
 *
 * @param transitions states entered, those of child executions included; retries of a state count too, as AWS charges
 *     them
 * @param historyEvents entries in the history of the execution itself, of which AWS keeps 25,000
 * @param childExecutions executions that distributed Maps start
 * @param childHistoryEvents entries in the longest history of a child execution; 0 without child executions
 * @param functionCalls calls of Lambda functions
 * @param stepContainers containers started for each step, by the step's name after those of the blocks round it, such
 *     as {@code tune/train}; what raw states start stands under the empty text
 */
public record Forecast(
        Range transitions,
        Range historyEvents,
        Range childExecutions,
        Range childHistoryEvents,
        Range functionCalls,
        Map<String, Range> stepContainers) {

    public Forecast {
        stepContainers = Collections.unmodifiableMap(new LinkedHashMap<>(stepContainers));
    }

    static Forecast of(Tally tally) {
        return new Forecast(
                tally.transitions(),
                tally.events().plus(Range.exactly(2)),
                tally.children(),
                tally.childEvents(),
                tally.functionCalls(),
                tally.containers());
    }

    /** Returns how many containers are started. */
    public Range containers() {
        return stepContainers.values().stream().reduce(Range.NONE, Range::plus);
    }

    /** Returns the containers started for one step; none for a step that is not there. */
    public Range containers(String step) {
        return stepContainers.getOrDefault(step, Range.NONE);
    }

    static String path(StepSpec spec) {
        return String.join("/", Layout.append(List.copyOf(spec.loops()), spec.step()));
    }
}
