package io.crois.compile;

/**
 * What an execution takes when every step succeeds at its first attempt.
 *
 * @param transitions states entered, those of child executions included
 * @param historyEvents entries in the history of the execution itself, of which AWS allows 25,000
 * @param childHistoryEvents the most entries in the history of any child execution; 0 without child executions
 * @param functionCalls calls of Lambda functions
 * @param containers containers started
 */
public record Forecast(
        Range transitions, Range historyEvents, long childHistoryEvents, Range functionCalls, Range containers) {

    static Forecast of(Tally tally) {
        return new Forecast(
                tally.transitions(),
                tally.events().plus(Range.exactly(2)),
                tally.childEvents(),
                tally.functionCalls(),
                tally.containers());
    }
}
