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
 * @param steps what is forecast of each step, by the step's name after those of the blocks round it, such as
 *     {@code tune/train}; what raw states start stands under the empty text
 */
public record Forecast(
        Range transitions,
        Range historyEvents,
        Range childExecutions,
        Range childHistoryEvents,
        Range functionCalls,
        Map<String, StepForecast> steps) {

    public Forecast {
        steps = Collections.unmodifiableMap(new LinkedHashMap<>(steps));
    }

    static Forecast of(Tally tally, Facts facts) {
        Map<String, StepForecast> steps = new LinkedHashMap<>();
        tally.containers().forEach((path, containers) -> steps.put(path, facts.step(path, containers)));
        return new Forecast(
                tally.transitions(),
                tally.events().plus(Range.exactly(2)),
                tally.children(),
                tally.childEvents(),
                tally.functionCalls(),
                steps);
    }

    /** Returns how many containers are started. */
    public Range containers() {
        return steps.values().stream().map(StepForecast::containers).reduce(Range.NONE, Range::plus);
    }

    /** Returns the containers started for one step; none for a step that is not there. */
    public Range containers(String step) {
        StepForecast known = steps.get(step);
        return known == null ? Range.NONE : known.containers();
    }

    /**
     * Returns what such an execution costs when its containers run so long.
     *
     * @throws IllegalArgumentException if the time of a step or the price of its instance is not told; the message
     *     names all of them
     */
    public Cost cost(PriceTable prices, StepDurations durations) {
        return new CostForecast(this, prices, durations).cost();
    }

    static String path(StepSpec spec) {
        return String.join("/", Layout.append(List.copyOf(spec.loops()), spec.step()));
    }
}
