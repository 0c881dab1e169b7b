package io.crois.execution;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Waits by the clock of this machine; what is repeated keeps no step with others, since each pause is up to a fifth
 * off.
 */
final class RealTimePacing implements Pacing {
    private static final double JITTER = 0.2;

    @Override
    public void pause(Duration duration) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(duration.toNanos());
    }

    @Override
    public Repetition repeat(Duration interval, Runnable work) {
        return repeat(() -> interval, work);
    }

    @Override
    public Repetition repeat(Supplier<Duration> pause, Runnable work) {
        ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "crois-listener");
            thread.setDaemon(true);
            return thread;
        });
        executor.execute(() -> run(executor, pause, work));
        return executor::shutdown;
    }

    private static void run(ScheduledExecutorService executor, Supplier<Duration> pause, Runnable work) {
        work.run();
        double factor = 1 - JITTER + 2 * JITTER * ThreadLocalRandom.current().nextDouble();
        long nanos = (long) (pause.get().toNanos() * factor);
        try {
            executor.schedule(() -> run(executor, pause, work), nanos, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException closed) {
            // Its owner has closed it meanwhile.
        }
    }
}
