package io.crois.compile;

import org.jspecify.annotations.Nullable;

/**
 * What a way through a machine takes up to its end.
 *
 * @param success up to a good end, or {@code null} when there is none
 * @param failure up to a failure, or {@code null} when it cannot fail
 */
record Outcome(@Nullable Tally success, @Nullable Tally failure) {
    static final Outcome NEVER = new Outcome(null, null);
    static final Outcome ANY = new Outcome(Tally.ANY, Tally.ANY);

    static Outcome succeeding(Tally tally) {
        return new Outcome(tally, null);
    }

    static Outcome failing(Tally tally) {
        return new Outcome(null, tally);
    }

    /** Returns the outcome of one of two ways. */
    Outcome or(Outcome other) {
        return new Outcome(either(success, other.success), either(failure, other.failure));
    }

    /** Returns the outcome when something happens before. */
    Outcome after(Tally before) {
        return new Outcome(
                success == null ? null : before.plus(success), failure == null ? null : before.plus(failure));
    }

    /** Returns what it takes however it ends; nothing when it never ends. */
    Tally anyEnd() {
        Tally any = either(success, failure);
        return any == null ? Tally.NONE : any;
    }

    private static @Nullable Tally either(@Nullable Tally left, @Nullable Tally right) {
        if (left == null || right == null) {
            return left == null ? right : left;
        }
        return left.or(right);
    }
}
