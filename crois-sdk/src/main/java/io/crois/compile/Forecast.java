package io.crois.compile;

import java.math.BigDecimal;
import java.time.LocalDate;

/**
 * What an execution takes when every step succeeds at its first attempt.
 *
 * @param transitions states entered, those of child executions included
 * @param historyEvents entries in the history of the execution itself, of which AWS allows 25,000
 * @param childHistoryEvents the most entries in the history of any child execution; 0 without child executions
 * @param functionCalls calls of Lambda functions
 * @param containers containers started
 * @param leastCost in US dollars, for transitions and function calls; machines are not in it, since how long a
 *     container runs is not known here
 * @param prices the day that the prices are of
 */
public record Forecast(
        Range transitions,
        Range historyEvents,
        long childHistoryEvents,
        Range functionCalls,
        Range containers,
        BigDecimal leastCost,
        LocalDate prices) {

    static Forecast of(Tally tally, PriceTable prices) {
        return new Forecast(
                tally.transitions(),
                tally.events().plus(Range.exactly(2)),
                tally.childEvents(),
                tally.functionCalls(),
                tally.containers(),
                prices.cost(tally.transitions().least(), tally.functionCalls().least()),
                prices.date());
    }
}
