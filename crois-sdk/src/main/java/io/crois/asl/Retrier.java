package io.crois.asl;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/** An entry of {@code Retry}: which errors are tried again, how often and when. */
public final class Retrier extends FieldsValue {
    Retrier(Fields fields) {
        super(fields);
    }

    /** Returns a builder without fields. */
    public static Builder builder() {
        return new Builder(JsonNodeFactory.instance.objectNode());
    }

    /** Returns a builder holding everything that this value holds. */
    public Builder toBuilder() {
        return new Builder(fields.copy());
    }

    /** Returns {@code ErrorEquals}, the names of the errors that it matches. */
    public List<String> errorEquals() {
        return fields.texts("ErrorEquals");
    }

    /** Returns {@code IntervalSeconds}, before the first retry; the default is 1. */
    public Optional<Long> intervalSeconds() {
        return fields.integer("IntervalSeconds");
    }

    /** Returns {@code MaxAttempts}, how often to retry; the default is 3, 0 means never. */
    public Optional<Long> maxAttempts() {
        return fields.integer("MaxAttempts");
    }

    /** Returns {@code BackoffRate}, by which the interval grows; at least 1, the default is 2. */
    public Optional<Double> backoffRate() {
        return fields.number("BackoffRate");
    }

    /** Returns {@code MaxDelaySeconds}, the longest interval. */
    public Optional<Long> maxDelaySeconds() {
        return fields.integer("MaxDelaySeconds");
    }

    /** Returns {@code JitterStrategy}, {@code FULL} or {@code NONE}, the default. */
    public Optional<String> jitterStrategy() {
        return fields.text("JitterStrategy");
    }

    /** Collects the fields. Not safe for use by several threads. */
    public static final class Builder extends FieldsBuilder<Builder> {
        private Builder(ObjectNode node) {
            super(node);
        }

        /** Sets {@code ErrorEquals}, the names of the errors that it matches. */
        public Builder errorEquals(String... errors) {
            return texts("ErrorEquals", List.of(errors));
        }

        /** Sets {@code IntervalSeconds}, before the first retry; the default is 1. */
        public Builder intervalSeconds(long intervalSeconds) {
            return number("IntervalSeconds", intervalSeconds);
        }

        /** Sets {@code MaxAttempts}, how often to retry; the default is 3, 0 means never. */
        public Builder maxAttempts(long maxAttempts) {
            return number("MaxAttempts", maxAttempts);
        }

        /** Sets {@code BackoffRate}, by which the interval grows; at least 1, the default is 2. */
        public Builder backoffRate(double backoffRate) {
            return field("BackoffRate", JsonNodeFactory.instance.numberNode(backoffRate));
        }

        /** Sets {@code MaxDelaySeconds}, the longest interval. */
        public Builder maxDelaySeconds(long maxDelaySeconds) {
            return number("MaxDelaySeconds", maxDelaySeconds);
        }

        /** Sets {@code JitterStrategy}, {@code FULL} or {@code NONE}, the default. */
        public Builder jitterStrategy(String jitterStrategy) {
            return field("JitterStrategy", jitterStrategy);
        }

        /** Returns the value. */
        public Retrier build() {
            return new Retrier(fields());
        }
    }
}
