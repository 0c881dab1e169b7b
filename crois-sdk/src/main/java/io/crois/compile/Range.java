package io.crois.compile;

/**
 * The least and the most of something; the two are equal where it is known exactly.
 *
 * @param most {@link #UNBOUNDED} where no limit is known
 */
public record Range(long least, long most) {

    /** Stands for no known limit. */
    public static final long UNBOUNDED = Long.MAX_VALUE;

    static final Range NONE = new Range(0, 0);

    static Range exactly(long count) {
        return new Range(count, count);
    }

    /** Returns whether a limit is known. */
    public boolean isBounded() {
        return most != UNBOUNDED;
    }

    Range plus(Range other) {
        return new Range(add(least, other.least), add(most, other.most));
    }

    Range times(Range other) {
        return new Range(multiply(least, other.least), multiply(most, other.most));
    }

    /** Returns the range that holds both. */
    Range or(Range other) {
        return new Range(Math.min(least, other.least), Math.max(most, other.most));
    }

    private static long add(long left, long right) {
        long sum = left + right;
        return sum < 0 ? UNBOUNDED : sum;
    }

    private static long multiply(long left, long right) {
        if (left == 0 || right == 0) {
            return 0;
        }
        return left > UNBOUNDED / right ? UNBOUNDED : left * right;
    }

    @Override
    public String toString() {
        if (!isBounded()) {
            return "at least " + least;
        }
        return least == most ? Long.toString(least) : least + " to " + most;
    }
}
