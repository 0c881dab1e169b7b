package io.crois.project;

import io.crois.execution.Pacing;
import io.crois.workflow.CroisException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Calls AWS at a pace that it bears, tries again what may pass, and counts. Thread-safe.
 *
 * <p>A call that failed in between may have taken effect, so every call that is made through here can be made twice.
 */
final class Calls {
    private static final Logger LOG = LoggerFactory.getLogger(Calls.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Clock clock;
    private final Pacing pacing;
    private final ApiRates rates;
    private final AtomicInteger reads = new AtomicInteger();
    private final AtomicInteger writes = new AtomicInteger();

    Calls(Clock clock, Pacing pacing, ApiRates rates) {
        this.clock = clock;
        this.pacing = pacing;
        this.rates = rates;
    }

    int reads() {
        return reads.get();
    }

    int writes() {
        return writes.get();
    }

    /** Reads something that must be there. */
    <T> T read(String operation, Supplier<T> call) {
        return call(operation, false, call, error -> false);
    }

    /** Reads something that may not be there. */
    <T> Optional<T> find(String operation, Supplier<T> call) {
        try {
            return Optional.of(read(operation, call));
        } catch (SdkException e) {
            if (AwsErrors.isMissing(e)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Changes something. */
    void write(String operation, Supplier<?> call) {
        call(operation, true, call, error -> false);
    }

    /** Changes something and returns the answer. */
    <T> T writeAndGet(String operation, Supplier<T> call) {
        return call(operation, true, call, error -> false);
    }

    /** Makes something that may be there already, made by an earlier try or by somebody else; says whether it was. */
    boolean create(String operation, Supplier<?> call) {
        try {
            call(operation, true, call, AwsErrors::awaitsPrincipal);
            return false;
        } catch (SdkException e) {
            if (AwsErrors.isTaken(e)) {
                return true;
            }
            throw e;
        }
    }

    /** Changes something that may become possible soon, since a role that it needs was made a moment ago. */
    void writeSoon(String operation, Supplier<?> call) {
        call(operation, true, call, error -> AwsErrors.awaitsPrincipal(error) || AwsErrors.isMissing(error));
    }

    /** Removes something that may be gone already. */
    void remove(String operation, Supplier<?> call) {
        try {
            call(operation, true, call, error -> AwsErrors.code(error).equals("DeleteConflict"));
        } catch (SdkException e) {
            if (!AwsErrors.isMissing(e)) {
                throw e;
            }
        }
    }

    private <T> T call(String operation, boolean write, Supplier<T> call, Predicate<SdkException> notYet) {
        Duration waited = Duration.ZERO;
        Duration pause = FIRST_PAUSE;
        while (true) {
            pause(rates.reserve(operation, write, clock.instant()));
            (write ? writes : reads).incrementAndGet();
            try {
                return call.get();
            } catch (SdkException e) {
                if (!AwsErrors.passes(e) && !notYet.test(e)) {
                    throw e;
                }
                if (waited.compareTo(PATIENCE) >= 0) {
                    throw new CroisException(
                            "`" + operation + "` failed for " + PATIENCE.toMinutes() + " minutes, at last"
                                    + " with `"
                                    + (AwsErrors.code(e).isEmpty()
                                            ? e.getClass().getSimpleName()
                                            : AwsErrors.code(e))
                                    + "`. What was done so far stays; do the same again later.",
                            e);
                }
                LOG.debug("{} is tried again in {}: {}", operation, pause, e.getMessage());
                pause(pause);
                waited = waited.plus(pause);
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
            }
        }
    }

    /** Lets time pass. */
    void pause(Duration duration) {
        if (duration.isZero()) {
            return;
        }
        try {
            pacing.pause(duration);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CroisException("Provisioning was interrupted. What was done so far stays; do the same again.", e);
        }
    }
}
