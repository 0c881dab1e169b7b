package io.crois.compile;

/**
 * The least and the most of something; the two are equal where it is known exactly.
 *
 * @param least from 0
 * @param most at least {@code least}; {@link #UNBOUNDED} where no limit is known
 */
public record Range(long least, long most) {

    /** Stands for no known limit. */
    public static final long UNBOUNDED = Long.MAX_VALUE;

    static final Range NONE = new Range(0, 0);
    static final Range ANY = new Range(0, UNBOUNDED);

    /**
     * Checks the limits.
     *
     * @throws IllegalArgumentException if {@code least} is negative or above {@code most}
     */
    public Range {
        if (least < 0 || most < least) {
            throw new IllegalArgumentException(
                    "A range must go from 0 or more upwards, but was " + least + " to " + most + ".");
        }
    }

    /** Returns the range of one number. */
    public static Range exactly(long count) {
        return new Range(count, count);
    }

    /** Returns whether a limit is known. */
    public boolean isBounded() {
        return most != UNBOUNDED;
    }

    /** Returns whether the number is known. */
    public boolean isExact() {
        return least == most;
    }

    /** Returns whether a number lies within, the limits included. */
    public boolean contains(long number) {
        return least <= number && number <= most;
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

    /** Returns the range of the larger of two numbers. */
    Range larger(Range other) {
        return new Range(Math.max(least, other.least), Math.max(most, other.most));
    }

    /** Returns the same limit, with nothing for sure. */
    Range orNone() {
        return new Range(0, most);
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
