package io.crois.workflow;

/**
 * A body that runs once for each item of a list.
 *
 * @param concurrency how many iterations run at once; 0 for as many as possible
 * @param toleratedFailures how many iterations may fail without failing the forEach
 * @param toleratedFailurePercentage which part of the iterations may fail, in percent; 0 leaves it to the number
 */
public record ForEach(
        String name,
        Operand items,
        Body body,
        int concurrency,
        Mode mode,
        int toleratedFailures,
        double toleratedFailurePercentage)
        implements Element {

    /** Returns whether any iteration may fail. */
    public boolean toleratesFailures() {
        return toleratedFailures > 0 || toleratedFailurePercentage > 0;
    }

    /** Which kind of Map state is compiled. */
    public enum Mode {
        /** Picked by the size of the list where it is known. The default. */
        AUTO,
        /** Within the execution: at most 40 at once, shared history. */
        INLINE,
        /** A child execution an iteration: up to 10,000 at once. A list of up to 40,000 items. */
        DISTRIBUTED,
        /**
         * Distributed, for a list of any length: Step Functions reads the list of the iterations from S3, and leaves
         * there what they ended with. {@code AUTO} and {@code DISTRIBUTED} become it by themselves where a list of more
         * than 40,000 items is written down, and where iterations may fail: Step Functions tells so much of each that
         * the state would soon not hold it.
         */
        LARGE
    }

    /** Builds a forEach and its body. Not thread-safe. */
    public static final class Builder extends BodyBuilder<Builder> {
        private final String name;
        private final Operand items;
        private int concurrency;
        private Mode mode = Mode.AUTO;
        private int toleratedFailures;
        private double toleratedFailurePercentage;

        Builder(String name, Operand items, Names names) {
            super(names);
            this.name = name;
            this.items = items;
        }

        /** Sets how many iterations run at once, 1 to 10,000 (40 when inline); default as many as possible. */
        public Builder concurrency(int limit) {
            concurrency = limit;
            return this;
        }

        /** Sets the kind of Map; default {@link Mode#AUTO}. */
        public Builder mode(Mode kind) {
            mode = kind;
            return this;
        }

        /**
         * Sets how many iterations may fail, 0 and up; default 0; becomes {@code ToleratedFailureCount}. With a
         * percentage too, the forEach fails when either is passed.
         *
         * <p>In {@code result.all()} then stands {@code null} for an iteration that has failed, and a collected
         * artifact has no entry of its index. Which items failed, and why, {@code Execution.failedItems} tells.
         */
        public Builder toleratedFailures(int count) {
            toleratedFailures = count;
            return this;
        }

        /**
         * Sets which part of the iterations may fail, from 0 to 100 percent; default 0; becomes
         * {@code ToleratedFailurePercentage}. Exactly that part may fail: 240 of 12,000 at 2 percent.
         */
        public Builder toleratedFailurePercentage(double percentage) {
            toleratedFailurePercentage = percentage;
            return this;
        }

        @Override
        Builder self() {
            return this;
        }

        ForEach build() {
            return new ForEach(name, items, body(), concurrency, mode, toleratedFailures, toleratedFailurePercentage);
        }
    }
}
