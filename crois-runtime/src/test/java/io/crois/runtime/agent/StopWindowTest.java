package io.crois.runtime.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class StopWindowTest {

    @ParameterizedTest
    @CsvSource({"120, 120, 40", "1, 2, 0", "99999, 30, 10", "soon, 30, 10", "'', 30, 10"})
    void a_third_of_the_window_is_for_the_command(String given, long whole, long grace) {
        StopWindow window = StopWindow.of(Map.of(StopWindow.VARIABLE, given));

        assertThat(window.whole()).hasSeconds(whole);
        assertThat(window.grace().toSeconds()).isEqualTo(grace);
    }

    @Test
    void a_thread_is_interrupted_when_only_the_reserve_is_left() {
        StopSignal stop = StopSignal.within(Duration.ofMillis(200));
        stop.give();
        boolean interrupted = false;

        try (StopSignal.Interruption interruption = stop.interruptBefore(Duration.ofMillis(100))) {
            interrupted = !new CountDownLatch(1).await(1, TimeUnit.MINUTES);
        } catch (InterruptedException inTime) {
            interrupted = true;
        }

        assertThat(interrupted).isTrue();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void an_interruption_that_nobody_has_noticed_does_not_outlive_its_time() {
        StopSignal stop = new StopSignal();

        try (StopSignal.Interruption interruption = stop.interruptAtOnce()) {
            stop.give();
        }

        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void without_a_window_there_is_as_much_time_as_it_takes() {
        StopSignal stop = new StopSignal();
        stop.give();

        try (StopSignal.Interruption interruption = stop.interruptBefore(Duration.ofSeconds(3))) {
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
        }
    }
}
