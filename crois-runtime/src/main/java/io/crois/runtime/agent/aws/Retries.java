package io.crois.runtime.agent.aws;

import java.time.Duration;
import java.util.Random;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * How often a call is repeated and how long is waited in between: from nothing to a bound that doubles each time, drawn
 * anew each time, so that many containers do not come back at once. Thread-safe as far as its parts are.
 *
 * @param tries with the first
 * @param first the bound before the second try
 * @param longest the highest bound
 */
public record Retries(int tries, Duration first, Duration longest, Pause pause, RandomGenerator random) {

    /** Eight tries; at most 0.2 s before the second and 12.8 s before the last. */
    public static Retries defaults() {
        return new Retries(8, Duration.ofMillis(200), Duration.ofSeconds(20), Pause.real(), new Random());
    }

    /** Lets time go by. */
    @FunctionalInterface
    public interface Pause {

        void of(Duration time) throws InterruptedException;

        /** Waits. */
        static Pause real() {
            return time -> Thread.sleep(time.toMillis());
        }
    }

    /** Begins to count the tries of one call. */
    public Tries begin() {
        return new Tries();
    }

    /** Calls until it succeeds or is not worth repeating. */
    public <T> T call(Supplier<T> call) {
        Tries count = begin();
        while (true) {
            try {
                return call.get();
            } catch (ServiceFailure e) {
                count.failed(e);
            }
        }
    }

    /** Counts the tries of one call. Used by one thread. */
    public final class Tries {
        private int failures;

        private Tries() {}

        /**
         * Goes on at once: the next try is another one.
         *
         * @throws ServiceFailure the same, if there is to be none
         */
        public void changed(ServiceFailure failure) {
            failures++;
            if (failures >= tries) {
                throw failure;
            }
        }

        /**
         * Waits for the next try.
         *
         * @throws ServiceFailure the same, if there is to be none
         */
        public void failed(ServiceFailure failure) {
            failures++;
            if (!failure.worthRepeating() || failures >= tries) {
                throw failure;
            }
            long bound = Math.min(longest.toMillis(), first.toMillis() << Math.min(failures - 1, 20));
            try {
                pause.of(Duration.ofMillis(random.nextLong(bound + 1)));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw failure;
            }
        }
    }
}
