package io.crois.runtime.lambda;

/** The containers of an execution have cost as much as its budget, so that no further step begins. */
public final class BudgetExceeded extends RuntimeException {
    private static final long serialVersionUID = 1;

    BudgetExceeded(String message) {
        super(message);
    }
}
