package io.crois.execution;

import io.crois.compile.PriceTable;
import io.crois.compile.StepDurations;
import io.crois.contract.BudgetTerms;

/**
 * What an execution may cost.
 *
 * <p>Before it starts, its cost is forecast with the prices and durations: when even the least is above the limit, the
 * submission is refused. While it runs, no further step begins once its containers have cost as much as the limit: the
 * step fails with {@code io.crois.runtime.lambda.BudgetExceeded}, which an {@code onFailure} of the author can handle,
 * though not by a step. What runs by then runs to its end. Spot capacity counts as on demand while it runs.
 *
 * @param limit in the currency of the prices, above 0
 * @param durations how long each step is expected to run
 */
public record Budget(double limit, PriceTable prices, StepDurations durations) {
    /**
     * Checks the limit.
     *
     * @throws IllegalArgumentException if it is not above 0
     */
    public Budget {
        if (!(limit > 0) || Double.isInfinite(limit)) {
            throw new IllegalArgumentException("A budget must be above 0, but was " + limit + ".");
        }
    }

    BudgetTerms terms() {
        return prices.terms(limit);
    }
}
