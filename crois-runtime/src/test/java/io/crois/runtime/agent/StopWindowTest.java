package io.crois.runtime.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
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
    void work_is_left_alone_when_only_the_reserve_is_left() {
        StopSignal stop = StopSignal.within(Duration.ofMillis(200));
        stop.give();

        assertThatThrownBy(() -> stop.whileTimeIsLeft(Duration.ofMillis(100), StopWindowTest::hang))
                .isInstanceOf(StopSignal.Over.class);
    }

    @Test
    void work_is_left_alone_as_soon_as_the_signal_is_given() throws Exception {
        StopSignal stop = new StopSignal();
        CountDownLatch begun = new CountDownLatch(1);
        Thread giver = new Thread(() -> {
            await(begun);
            stop.give();
        });
        giver.start();

        assertThatThrownBy(() -> stop.unlessGiven(() -> {
                    begun.countDown();
                    hang();
                }))
                .isInstanceOf(StopSignal.Over.class);
        giver.join();
    }

    @Test
    void work_that_fails_says_why() {
        assertThatThrownBy(() -> new StopSignal().unlessGiven(() -> {
                    throw new IllegalArgumentException("No.");
                }))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("No.");
    }

    @Test
    void without_a_window_there_is_as_much_time_as_it_takes() throws Exception {
        StopSignal stop = new StopSignal();
        stop.give();
        AtomicBoolean done = new AtomicBoolean();

        stop.whileTimeIsLeft(Duration.ofSeconds(3), () -> done.set(true));

        assertThat(done).isTrue();
    }

    private static void hang() {
        await(new CountDownLatch(1));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException leftAlone) {
            Thread.currentThread().interrupt();
        }
    }
}
