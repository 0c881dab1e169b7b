package io.crois.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class RetryTest {
    @Test
    void a_rule_starts_with_three_retries_after_10_seconds_doubling_to_an_hour() {
        Retry rule = Retry.on(FailureClass.EXIT_CODE);

        assertThat(rule.classes()).containsExactly(FailureClass.EXIT_CODE);
        assertThat(rule.maxAttempts()).isEqualTo(3);
        assertThat(rule.interval()).hasSeconds(10);
        assertThat(rule.backoff()).isEqualTo(2);
        assertThat(rule.maxDelay()).hasHours(1);
        assertThat(rule.memoryLimit()).isNull();
    }

    @Test
    void each_verb_changes_its_own_part_only() {
        Retry rule = Retry.onExitCode(2, 3)
                .maxAttempts(5)
                .interval(Duration.ofSeconds(1))
                .backoff(1.5)
                .maxDelay(Duration.ofMinutes(2))
                .growMemory(2)
                .upTo(Size.gib(64));

        assertThat(rule.exitCodes()).containsExactly(2, 3);
        assertThat(rule.classes()).containsExactly(FailureClass.EXIT_CODE);
        assertThat(rule.maxAttempts()).isEqualTo(5);
        assertThat(rule.interval()).hasSeconds(1);
        assertThat(rule.backoff()).isEqualTo(1.5);
        assertThat(rule.maxDelay()).hasMinutes(2);
        assertThat(rule.memoryFactor()).isEqualTo(2);
        assertThat(rule.memoryLimit()).isEqualTo(Size.gib(64));
    }

    @Test
    void values_out_of_range_are_refused_at_the_call() {
        Retry rule = Retry.exponential();

        assertThatThrownBy(() -> rule.maxAttempts(-1)).hasMessage("maxAttempts must be at least 0, but was -1.");
        assertThatThrownBy(() -> rule.backoff(0.5)).hasMessage("backoff must be at least 1.0, but was 0.5.");
        assertThatThrownBy(() -> rule.backoff(Double.NaN)).hasMessage("backoff must be at least 1.0, but was NaN.");
        assertThatThrownBy(() -> rule.growMemory(0)).hasMessage("growMemory must be at least 1.0, but was 0.0.");
        assertThatThrownBy(() -> rule.interval(Duration.ofMillis(1)))
                .hasMessage("interval must be whole seconds from 0, but was PT0.001S.");
        assertThatThrownBy(() -> rule.interval(Duration.ofSeconds(-1)))
                .hasMessage("interval must be whole seconds from 0, but was PT-1S.");
        assertThatThrownBy(() -> rule.maxDelay(Duration.ofSeconds(9)))
                .hasMessage("maxDelay must be at least the interval PT10S, but was PT9S.");
        assertThatThrownBy(() -> Retry.onExitCode(0)).hasMessage("An exit code is 1 to 255, but was 0.");
        assertThatThrownBy(() -> Retry.onExitCode(256)).hasMessage("An exit code is 1 to 255, but was 256.");
    }
}
