package io.crois.execution;

import io.crois.workflow.CroisException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.RetryableException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionInProgressException;

/**
 * Calls AWS no faster than the account allows, and again where AWS throttled, failed or gave no answer. Only for calls
 * that do no harm when the one before took effect. Thread-safe.
 */
final class AwsCalls {
    private static final Logger LOG = LoggerFactory.getLogger(AwsCalls.class);
    private static final int MOST_CALLS = 40;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
    private static final int MOST_DOUBLINGS = 10;
    private static final Set<String> PASSING_REASONS =
            Set.of("ThrottlingError", "ProvisionedThroughputExceeded", "TransactionConflict");

    private final Pacing pacing;
    private final TokenBucket registrations;
    private final TokenBucket machineChanges;
    private final TokenBucket starts;

    AwsCalls(Account account) {
        this.pacing = account.pacing();
        RateLimits limits = account.limits();
        this.registrations = new TokenBucket(limits.registrations(), account.clock(), pacing);
        this.machineChanges = new TokenBucket(limits.machineChanges(), account.clock(), pacing);
        this.starts = new TokenBucket(limits.starts(), account.clock(), pacing);
    }

    /** Registers a task or job definition. */
    <T> T registering(Supplier<T> call) {
        return again(metered(registrations, call));
    }

    /** Creates or changes a state machine, a version or an alias. */
    <T> T changing(Supplier<T> call) {
        return again(metered(machineChanges, call));
    }

    /** Starts or redrives an execution. */
    <T> T starting(Supplier<T> call) {
        return again(metered(starts, call));
    }

    private static <T> Supplier<T> metered(TokenBucket bucket, Supplier<T> call) {
        return () -> {
            waiting(bucket::take);
            return call.get();
        };
    }

    /**
     * Makes a call, up to 40 times in about five minutes.
     *
     * @throws SdkException that of the last call, or at once one that would come again
     */
    <T> T again(Supplier<T> call) {
        for (int calls = 1; ; calls++) {
            try {
                return call.get();
            } catch (SdkException e) {
                if (calls == MOST_CALLS || !passes(e)) {
                    throw e;
                }
                LOG.debug("AWS is asked again after call {}: {}", calls, e.getMessage());
                pause(backoff(calls));
            }
        }
    }

    /** Does something that answers nothing. */
    void again(Runnable call) {
        again(() -> {
            call.run();
            return true;
        });
    }

    void pause(Duration duration) {
        waiting(() -> pacing.pause(duration));
    }

    /** Returns the pause after a call: twice as long each time, and at random no less than half of that. */
    private static Duration backoff(int calls) {
        Duration longest = FIRST_PAUSE.multipliedBy(1L << Math.min(calls - 1, MOST_DOUBLINGS));
        Duration most = longest.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : longest;
        long half = most.toMillis() / 2;
        return Duration.ofMillis(half + ThreadLocalRandom.current().nextLong(half + 1));
    }

    /** Returns whether the same call may succeed later. */
    private static boolean passes(SdkException e) {
        if (e instanceof TransactionCanceledException canceled) {
            return canceled.cancellationReasons().stream()
                    .map(CancellationReason::code)
                    .anyMatch(PASSING_REASONS::contains);
        }
        if (e instanceof SdkServiceException refused) {
            return refused.isThrottlingException()
                    || refused.statusCode() >= 500
                    || refused instanceof TransactionInProgressException;
        }
        return e instanceof ApiCallTimeoutException
                || e instanceof ApiCallAttemptTimeoutException
                || e instanceof RetryableException
                || e instanceof SdkClientException && isOfTheNetwork(e.getCause());
    }

    private static boolean isOfTheNetwork(@Nullable Throwable cause) {
        return cause instanceof IOException || cause instanceof UncheckedIOException;
    }

    private static void waiting(Wait wait) {
        try {
            wait.pass();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CroisException(
                    "The thread was interrupted while it waited for AWS. What was asked for may be done"
                            + " in part. Ask for the same again to finish it.");
        }
    }

    /** Something that may be interrupted. */
    private interface Wait {
        void pass() throws InterruptedException;
    }
}
