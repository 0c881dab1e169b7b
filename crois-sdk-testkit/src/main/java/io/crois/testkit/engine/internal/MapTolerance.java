package io.crois.testkit.engine.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.crois.asl.MapState;
import io.crois.asl.QueryLanguage;
import io.crois.testkit.engine.internal.expression.Expressions;
import io.crois.testkit.engine.internal.expression.StatesError;
import io.crois.testkit.engine.internal.expression.Template;
import org.jspecify.annotations.Nullable;

/**
 * How many failed items a distributed Map puts up with.
 *
 * @param count the most that may fail, {@code null} when only a percentage counts
 * @param percentage the part that may fail, from 0 to 100; {@code null} when only a count counts
 */
record MapTolerance(@Nullable Long count, @Nullable Double percentage) {

    /** Returns whether so many failures of so many items are too many. */
    boolean isExceeded(long failed, long total) {
        if (failed == 0) {
            return false;
        }
        if (count == null && percentage == null) {
            return true;
        }
        return (count != null && failed > count) || (percentage != null && failed * 100.0 / total > percentage);
    }

    /** Returns whether the definition says how many may fail. */
    boolean isLimited() {
        return count != null || percentage != null;
    }

    /** Notes the limits of a state that is being tested. */
    void see(Frame frame) {
        if (count != null) {
            frame.see("toleratedFailureCount", JsonNodeFactory.instance.numberNode(count));
        }
        if (percentage != null) {
            frame.see("toleratedFailurePercentage", JsonNodeFactory.instance.numberNode(percentage));
        }
    }

    /** Returns the error of too many failures. */
    static StatesError exceeded() {
        return StatesError.of(
                "States.ExceedToleratedFailureThreshold", "The specified tolerated failure threshold was exceeded");
    }

    /** The fields of the definition. */
    static final class Plan {

        private final NumberField count;
        private final @Nullable Template percentage;
        private final @Nullable String percentagePath;

        Plan(MapState state, QueryLanguage language) {
            this.count = NumberField.of(state, "ToleratedFailureCount", language);
            this.percentagePath = state.toleratedFailurePercentagePath().orElse(null);
            this.percentage = percentagePath != null
                    ? Expressions.path(percentagePath)
                    : JsonataFlow.template(state.toleratedFailurePercentage(), "ToleratedFailurePercentage");
        }

        MapTolerance read(Frame frame) {
            Long most = count.read(frame);
            if (most != null && most < 0) {
                throw StatesError.runtime("ToleratedFailureCount cannot be negative.");
            }
            Double part = percentage == null ? null : number(percentage.evaluate(frame.evaluation()));
            if (part != null && (part < 0 || part > 100)) {
                throw StatesError.runtime("ToleratedFailurePercentage must be between 0 and 100.");
            }
            return new MapTolerance(most, part);
        }

        private Double number(JsonNode value) {
            if (value.isNumber()) {
                return value.doubleValue();
            }
            try {
                return Double.valueOf(value.asText());
            } catch (NumberFormatException e) {
                throw StatesError.runtime("The ToleratedFailurePercentagePath field refers to value \""
                        + NumberField.shown(value) + "\" which is not a valid float: " + percentagePath);
            }
        }
    }
}
