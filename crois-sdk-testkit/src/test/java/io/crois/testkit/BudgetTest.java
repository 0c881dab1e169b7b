package io.crois.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crois.compile.PriceTable;
import io.crois.compile.StepDurations;
import io.crois.execution.Budget;
import io.crois.execution.Execution;
import io.crois.execution.SubmitOptions;
import io.crois.testkit.container.ContainerScript;
import io.crois.workflow.Arguments;
import io.crois.workflow.CroisException;
import io.crois.workflow.Resources;
import io.crois.workflow.Size;
import io.crois.workflow.Workflow;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A budget refuses before the start what must cost too much, and stops what turns out to. */
final class BudgetTest {
    /** An hour of four vCPU and 16 GiB costs 0.23304 dollars. */
    private static final Workflow TRAINING = training();

    private final CroisTestkit testkit = CroisTestkit.create();

    @Test
    void what_must_cost_more_than_its_budget_is_refused_with_the_figures_and_nothing_is_started() {
        assertThatThrownBy(() -> submit(0.5, Duration.ofHours(1)))
                .isInstanceOf(CroisException.class)
                .hasMessageStartingWith("Workflow `training` with these arguments costs 0.69")
                .hasMessageContaining(
                        ", but its budget is 0.5000 USD. Nothing was started. The largest part is `first`")
                .hasMessageEndingWith("with 0.2330. Raise the budget, or let it do less.");
        assertThat(testkit.aws().sfn().listStateMachines().stateMachines()).isEmpty();
    }

    @Test
    void a_budget_whose_steps_have_no_durations_cannot_be_checked() {
        assertThatThrownBy(() -> testkit.crois()
                        .submit(
                                TRAINING,
                                Arguments.none(),
                                SubmitOptions.none()
                                        .budget(new Budget(1, PriceTable.published(), StepDurations.none()))))
                .isInstanceOf(CroisException.class)
                .hasMessageContaining("cannot be checked. Nothing was started.")
                .hasMessageContaining("step `second`: how long it runs is not told.");
    }

    @Test
    void steps_that_take_longer_than_expected_stop_the_execution_before_the_next_one() {
        testkit.containers().step("first", ContainerScript.succeeds().takes(Duration.ofHours(5)));

        Execution execution = submit(1, Duration.ofHours(1));
        testkit.await(execution);

        ExecutionAssert.assertThat(execution).failed().step("first").succeeded();
        ExecutionAssert.assertThat(execution).step("second").ranTimes(0);
        assertThat(execution.failure().orElseThrow().toString())
                .contains("BudgetExceeded")
                .contains("has cost 1.16")
                .contains("its budget of 1.0000 USD");
        assertThat(execution.usage().cost(PriceTable.published())).isBetween(1.16, 1.17);
    }

    @Test
    void an_execution_within_its_budget_runs_to_its_end() {
        testkit.containers().otherwise(ContainerScript.succeeds().takes(Duration.ofHours(1)));

        Execution execution = submit(1, Duration.ofHours(1));
        testkit.await(execution);

        ExecutionAssert.assertThat(execution).succeeded();
    }

    @Test
    void a_stopped_execution_is_resumed_with_a_higher_budget() {
        testkit.containers().step("first", ContainerScript.succeeds().takes(Duration.ofHours(5)));
        Execution stopped = submit(1, Duration.ofHours(1));
        testkit.await(stopped);

        Execution resumed = testkit.crois()
                .resume(
                        TRAINING,
                        stopped.name(),
                        Arguments.none(),
                        SubmitOptions.none().budget(budget(2, Duration.ofHours(1))));
        testkit.await(resumed);

        ExecutionAssert.assertThat(resumed).succeeded();
    }

    @Test
    void a_fan_out_stops_where_its_budget_ends_and_counts_what_runs_in_parallel() {
        Workflow wide = Workflow.builder()
                .name("wide")
                .forEach(
                        "tune",
                        IntStream.range(0, 100).boxed().toList(),
                        (b, item) ->
                                b.concurrency(10).step("work", s -> s.image("i").command(item.value())))
                .build();
        testkit.containers().step("work", ContainerScript.succeeds().takes(Duration.ofHours(1)));

        Execution execution = testkit.crois()
                .submit(wide, Arguments.none(), SubmitOptions.none().budget(budget(1, Duration.ofMinutes(6))));
        testkit.await(execution);

        ExecutionAssert.assertThat(execution).failed();
        assertThat(execution.usage().cost(PriceTable.published())).isBetween(1.0, 1.6);
    }

    private Execution submit(double limit, Duration expected) {
        return testkit.crois()
                .submit(TRAINING, Arguments.none(), SubmitOptions.none().budget(budget(limit, expected)));
    }

    private static Budget budget(double limit, Duration expected) {
        return new Budget(limit, PriceTable.published(), StepDurations.all(expected));
    }

    private static Workflow training() {
        Resources.Fixed machine = Resources.cpu(4).memory(Size.gib(16));
        return Workflow.builder()
                .name("training")
                .step("first", s -> s.image("i").command("first").resources(machine))
                .step("second", s -> s.image("i").command("second").resources(machine))
                .step("third", s -> s.image("i").command("third").resources(machine))
                .build();
    }
}
