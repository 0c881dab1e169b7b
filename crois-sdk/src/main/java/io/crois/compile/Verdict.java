package io.crois.compile;

import com.fasterxml.jackson.databind.JsonNode;
import io.crois.contract.Value;
import io.crois.workflow.Comparand;
import io.crois.workflow.Condition;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whether a condition holds, as far as that is known beforehand. */
enum Verdict {
    YES,
    NO,
    UNKNOWN;

    static Verdict of(Condition condition, Map<Comparand, Value> values, Facts facts, Place place) {
        if (condition instanceof Condition.And and) {
            return of(and.left(), values, facts, place).and(of(and.right(), values, facts, place));
        }
        if (condition instanceof Condition.Or or) {
            return of(or.left(), values, facts, place)
                    .not()
                    .and(of(or.right(), values, facts, place).not())
                    .not();
        }
        if (condition instanceof Condition.Not not) {
            return of(not.condition(), values, facts, place).not();
        }
        Condition.Comparison comparison = (Condition.Comparison) condition;
        Value value = values.get(comparison.left());
        return compare(value == null ? null : facts.value(value, place), comparison);
    }

    private Verdict and(Verdict other) {
        if (this == NO || other == NO) {
            return NO;
        }
        return this == YES && other == YES ? YES : UNKNOWN;
    }

    private Verdict not() {
        return switch (this) {
            case YES -> NO;
            case NO -> YES;
            case UNKNOWN -> UNKNOWN;
        };
    }

    /** What the language refuses to compare is left open: such an execution fails. */
    private static Verdict compare(@Nullable JsonNode left, Condition.Comparison comparison) {
        JsonNode right = comparison.right();
        if (left == null) {
            return UNKNOWN;
        }
        if (left.isNumber() && right.isNumber()) {
            return given(holds(comparison.operator(), Double.compare(left.doubleValue(), right.doubleValue())));
        }
        return comparison.operator() == Condition.Operator.EQUAL_TO ? given(left.equals(right)) : UNKNOWN;
    }

    private static boolean holds(Condition.Operator operator, int order) {
        return switch (operator) {
            case EQUAL_TO -> order == 0;
            case AT_LEAST -> order >= 0;
            case AT_MOST -> order <= 0;
            case GREATER_THAN -> order > 0;
            case LESS_THAN -> order < 0;
        };
    }

    private static Verdict given(boolean holds) {
        return holds ? YES : NO;
    }
}
