package io.crois.runtime.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import io.crois.contract.Machine;
import io.crois.contract.RetryRule;
import io.crois.contract.Run;
import io.crois.contract.StepDecision;
import io.crois.contract.StepDecision.Grant;
import io.crois.contract.StepDecision.Terms;
import io.crois.workflow.FailureClass;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RetryDeciderTest {
    private static final Failed EXIT = new Failed(FailureClass.EXIT_CODE, 3, "Exit.");
    private static final Failed MEMORY = new Failed(FailureClass.OUT_OF_MEMORY, 137, "Memory.");
    private static final Failed SPOT = new Failed(FailureClass.SPOT_RECLAIMED, null, "Spot.");

    private final List<StepDecision> made = new ArrayList<>();
    private List<RetryRule> rules = List.of();

    @Test
    void without_a_rule_the_authors_failures_are_final() {
        assertThat(decide(EXIT).grant()).isEqualTo(Grant.NONE);
    }

    @Test
    void waits_grow_up_to_the_longest_until_the_retries_are_used_up() {
        rules = List.of(new RetryRule(List.of(), List.of(), 4, 10, 2, 50, 1, 0));

        assertThat(waits(EXIT, 4)).containsExactly(10L, 20L, 40L, 50L);
        assertThat(decide(EXIT).grant()).isEqualTo(Grant.NONE);
    }

    @Test
    void the_first_rule_that_matches_decides_and_each_counts_for_itself() {
        rules = List.of(
                new RetryRule(List.of(FailureClass.EXIT_CODE), List.of(3), 1, 1, 1, 1, 1, 0),
                new RetryRule(List.of(), List.of(), 1, 7, 1, 7, 1, 0));

        assertThat(waits(EXIT, 1)).containsExactly(1L);
        assertThat(waits(MEMORY, 1)).containsExactly(7L);
        assertThat(decide(EXIT).grant()).isEqualTo(Grant.NONE);
    }

    @Test
    void failures_of_the_infrastructure_are_tried_five_times_and_cost_the_author_nothing() {
        rules = List.of(new RetryRule(List.of(), List.of(), 1, 1, 1, 1, 1, 0));

        assertThat(waits(SPOT, 5)).containsExactly(10L, 20L, 40L, 80L, 160L);
        assertThat(decide(SPOT).grant()).isEqualTo(Grant.NONE);
        assertThat(decide(EXIT).grant()).isEqualTo(Grant.AUTHOR);
    }

    @Test
    void a_rule_that_names_a_class_of_the_infrastructure_decides_about_it() {
        rules = List.of(new RetryRule(List.of(FailureClass.SPOT_RECLAIMED), List.of(), 0, 1, 1, 1, 1, 0));

        assertThat(decide(SPOT).grant()).isEqualTo(Grant.NONE);
    }

    @Test
    void memory_grows_from_retry_to_retry_up_to_its_limit() {
        rules = List.of(new RetryRule(List.of(FailureClass.OUT_OF_MEMORY), List.of(), 3, 1, 1, 1, 2, 7_000));
        Machine machine = new Machine(1, 2_000, 0, 0);
        List<Long> memory = new ArrayList<>();

        for (int i = 0; i < 3; i++) {
            memory.add(record(MEMORY).next().applyTo(machine).memoryMib());
        }

        assertThat(memory).containsExactly(4_000L, 7_000L, 7_000L);
        assertThat(record(SPOT).next().applyTo(machine).memoryMib()).isEqualTo(7_000);
    }

    @Test
    void a_limit_below_the_machine_never_takes_memory_away() {
        assertThat(Terms.FIRST
                        .grown(2, 1_000)
                        .applyTo(new Machine(1, 2_000, 0, 0))
                        .memoryMib())
                .isEqualTo(2_000);
    }

    @Test
    void spot_is_given_up_once_it_was_taken_back_and_stays_so() {
        rules = List.of(new RetryRule(List.of(), List.of(), 2, 1, 1, 1, 1, 0));

        assertThat(record(EXIT).next().onDemand()).isFalse();
        assertThat(record(SPOT).next().onDemand()).isTrue();
        assertThat(record(EXIT).next().onDemand()).isTrue();
    }

    @Test
    void after_a_redrive_the_retries_are_counted_anew() {
        rules = List.of(new RetryRule(List.of(), List.of(), 1, 1, 1, 1, 1, 0));
        record(EXIT);
        StepDecision last = record(EXIT);
        made.set(1, last.redriven(1, Instant.EPOCH));

        assertThat(last.grant()).isEqualTo(Grant.NONE);
        assertThat(decide(EXIT).grant()).isEqualTo(Grant.AUTHOR);
    }

    @Test
    void a_wait_never_passes_what_a_state_can_wait() {
        rules = List.of(new RetryRule(List.of(), List.of(), 2, Long.MAX_VALUE / 2, 10, Long.MAX_VALUE, 1, 0));

        assertThat(decide(EXIT).waitSeconds()).isEqualTo(99_999_999);
    }

    private RetryDecider.Answer decide(Failed failed) {
        return new RetryDecider(rules, made).decide(failed);
    }

    private List<Long> waits(Failed failed, int count) {
        List<Long> waits = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            StepDecision decision = record(failed);
            assertThat(decision.retries()).isTrue();
            waits.add(decision.waitSeconds());
        }
        return waits;
    }

    private StepDecision record(Failed failed) {
        RetryDecider.Answer answer = decide(failed);
        StepDecision decision = new StepDecision(
                Run.of("demo", "run-1"),
                "train",
                made.size() + 1,
                answer.grant(),
                answer.rule(),
                failed.failure(),
                failed.exitCode(),
                answer.waitSeconds(),
                answer.next(),
                StepDecision.Ran.UNKNOWN,
                0,
                Instant.EPOCH);
        made.add(decision);
        return decision;
    }
}
