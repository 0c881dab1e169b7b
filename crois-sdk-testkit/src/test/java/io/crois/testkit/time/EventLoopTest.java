package io.crois.testkit.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
final class EventLoopTest {

    private final VirtualEventLoop loop = VirtualEventLoop.create();

    @Test
    void virtual_time_jumps_to_the_next_task() {
        List<String> ran = new ArrayList<>();
        loop.after(Duration.ofHours(3), () -> ran.add("late at " + loop.now()));
        loop.after(Duration.ofSeconds(1), () -> ran.add("early at " + loop.now()));

        loop.runUntilIdle();

        assertThat(ran).containsExactly("early at 2026-01-01T00:00:01Z", "late at 2026-01-01T03:00:00Z");
    }

    @Test
    void tasks_due_at_the_same_instant_run_in_the_order_of_their_arrival() {
        List<Integer> ran = Collections.synchronizedList(new ArrayList<>());
        loop.after(Duration.ofSeconds(1), () -> {
            ran.add(1);
            loop.post(() -> ran.add(3));
        });
        loop.after(Duration.ofSeconds(1), () -> ran.add(2));

        loop.runUntilIdle();

        assertThat(ran).containsExactly(1, 2, 3);
    }

    @Test
    void a_cancelled_task_does_not_run_and_does_not_move_the_clock() {
        EventLoop.Timer timer = loop.after(Duration.ofHours(1), () -> {
            throw new AssertionError("ran");
        });

        timer.cancel();
        loop.runUntilIdle();

        assertThat(loop.now()).isEqualTo(VirtualEventLoop.START);
    }

    @Test
    void run_until_says_when_nothing_is_left_that_could_make_the_condition_true() {
        AtomicBoolean done = new AtomicBoolean();

        assertThat(loop.runUntil(done::get)).isFalse();
        loop.after(Duration.ofDays(1), () -> done.set(true));
        assertThat(loop.runUntil(done::get)).isTrue();
    }

    @Test
    void advance_stops_at_its_end() {
        AtomicInteger ran = new AtomicInteger();
        loop.after(Duration.ofMinutes(1), ran::incrementAndGet);
        loop.after(Duration.ofMinutes(3), ran::incrementAndGet);

        loop.advance(Duration.ofMinutes(2));

        assertThat(ran).hasValue(1);
        assertThat(loop.now()).isEqualTo(VirtualEventLoop.START.plusSeconds(120));
    }

    @Test
    void virtual_time_waits_for_work_outside_of_the_loop() {
        List<String> ran = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch begun = new CountDownLatch(1);
        loop.after(Duration.ofHours(1), () -> ran.add("timer at " + loop.now()));
        EventLoop.ExternalWork work = loop.external();
        Thread outside = new Thread(() -> {
            await(begun);
            loop.post(() -> ran.add("posted at " + loop.now()));
            work.close();
            work.close();
        });
        outside.start();

        loop.post(begun::countDown);
        loop.runUntilIdle();

        assertThat(ran).containsExactly("posted at 2026-01-01T00:00:00Z", "timer at 2026-01-01T01:00:00Z");
    }

    @Test
    void what_a_task_throws_reaches_the_one_who_runs_the_loop() {
        loop.post(() -> {
            throw new IllegalStateException("broken");
        });

        assertThatThrownBy(loop::runUntilIdle).hasMessage("broken");
    }

    @Test
    void the_clock_shows_the_time_of_the_loop() {
        loop.advance(Duration.ofMillis(1_500));

        assertThat(loop.clock().instant()).isEqualTo("2026-01-01T00:00:01.500Z");
    }

    @Test
    void real_time_runs_tasks_on_a_thread_of_its_own_and_survives_a_failing_one() {
        try (RealTimeEventLoop real = RealTimeEventLoop.create()) {
            List<String> ran = Collections.synchronizedList(new ArrayList<>());
            real.post(() -> {
                throw new IllegalStateException("broken on purpose");
            });
            real.after(
                    Duration.ofMillis(2), () -> ran.add(Thread.currentThread().getName()));

            assertThat(real.runUntil(() -> !ran.isEmpty())).isTrue();

            assertThat(ran).containsExactly("crois-event-loop");
        }
    }

    @Test
    void real_time_never_runs_a_call_and_a_task_at_once() throws InterruptedException {
        try (RealTimeEventLoop real = RealTimeEventLoop.create()) {
            int[] count = {0};
            Runnable increments = () -> count[0]++;
            Thread caller = new Thread(() -> {
                for (int i = 0; i < 10_000; i++) {
                    real.call(() -> count[0]++);
                }
            });
            caller.start();
            for (int i = 0; i < 10_000; i++) {
                real.post(increments);
            }
            caller.join();

            assertThat(real.runUntil(() -> count[0] == 20_000)).isTrue();
        }
    }

    @Test
    void closing_the_real_loop_frees_those_who_wait_for_it() {
        RealTimeEventLoop real = RealTimeEventLoop.create();
        real.after(Duration.ofMillis(1), real::close);

        assertThatThrownBy(() -> real.runUntil(() -> false))
                .hasMessage("The loop was closed while somebody waited for it.");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
