package io.crois.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.crois.compile.PriceTable;
import io.crois.contract.Machine;
import io.crois.contract.StepStatus;
import io.crois.execution.Execution;
import io.crois.execution.StepAttempt;
import io.crois.execution.TimelineEntry;
import io.crois.execution.UsageReport;
import io.crois.render.StepState;
import io.crois.render.Timeline;
import io.crois.testkit.container.ContainerScript;
import io.crois.workflow.Arguments;
import io.crois.workflow.FailureClass;
import io.crois.workflow.Resources;
import io.crois.workflow.Retry;
import io.crois.workflow.Size;
import io.crois.workflow.Workflow;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class UsageReportTest {
    private static final long GIB = 1L << 30;

    @Test
    void an_execution_tells_what_its_attempts_queued_ran_and_cost() {
        CroisTestkit testkit = CroisTestkit.create();
        testkit.containers()
                .step(
                        "train",
                        ContainerScript.succeeds()
                                .queuedFor(Duration.ofMinutes(5))
                                .takes(Duration.ofHours(2)));
        Workflow workflow = Workflow.builder()
                .name("training")
                .step(
                        "train",
                        s -> s.image("demo/train:1").resources(Resources.cpu(4).memory(Size.gib(16))))
                .build();

        Execution execution = testkit.run(workflow, Arguments.none());
        UsageReport usage = execution.usage();

        assertThat(usage.attempts()).hasSize(1);
        assertThat(usage.running()).isEqualTo(Duration.ofHours(2));
        assertThat(usage.queued())
                .isBetween(Duration.ofMinutes(5), Duration.ofMinutes(5).plusSeconds(1));
        assertThat(usage.cost(0.04, 0.005)).isCloseTo(2 * (4 * 0.04 + 16 * 0.005), within(1e-9));
        assertThat(usage.cost(PriceTable.published())).isCloseTo(2 * (4 * 0.04048 + 16 * 0.004445), within(1e-9));
        assertThat(usage.toString()).startsWith("train#1: queued PT5M").contains(", ran PT2H on 4.0 vCPU, 16384 MiB");
        Execution resumed = testkit.crois().resume(workflow, execution.name());
        testkit.await(resumed);
        assertThat(resumed.usage().attempts()).isEmpty();
    }

    @Test
    void an_attempt_that_ran_out_of_memory_left_no_report_and_is_told_nevertheless() {
        CroisTestkit testkit = CroisTestkit.create();
        testkit.containers()
                .step(
                        "train",
                        1,
                        ContainerScript.runsOutOfMemory()
                                .queuedFor(Duration.ofMinutes(2))
                                .takes(Duration.ofHours(1)))
                .step("train", 2, ContainerScript.succeeds().takes(Duration.ofHours(3)));
        Workflow workflow = Workflow.builder()
                .name("training")
                .step(
                        "train",
                        s -> s.image("demo/train:1")
                                .resources(Resources.cpu(4).memory(Size.gib(16)))
                                .retry(Retry.on(FailureClass.OUT_OF_MEMORY)
                                        .growMemory(1.5)
                                        .upTo(Size.gib(30))))
                .build();

        Execution execution = testkit.run(workflow, Arguments.none());

        assertThat(execution.attempts())
                .extracting(StepAttempt::attempt, StepAttempt::status)
                .containsExactly(tuple(1, StepStatus.RETRYING), tuple(2, StepStatus.SUCCEEDED));
        StepAttempt first = execution.attempts().get(0);
        assertThat(first.failure().failureClass()).isEqualTo(FailureClass.OUT_OF_MEMORY);
        assertThat(Timeline.of(execution).entries())
                .extracting(io.crois.render.TimelineEntry::state)
                .containsExactly(StepState.RETRIED, StepState.SUCCEEDED);
        TimelineEntry entry = execution.timeline().get(0);
        assertThat(entry.waiting())
                .isBetween(Duration.ofMinutes(2), Duration.ofMinutes(2).plusSeconds(1));
        assertThat(entry.running())
                .isBetween(Duration.ofHours(1), Duration.ofHours(1).plusSeconds(5));
        assertThat(entry.machine()).isEqualTo(new Machine(4, 16_384, 0, 0));
        assertThat(execution.usage().attempts())
                .extracting(UsageReport.Attempt::machine)
                .containsExactly(new Machine(4, 16_384, 0, 0), new Machine(4, 24_576, 0, 0));
        assertThat(execution.usage().cost(0.04, 0.005)).isCloseTo(4 * 4 * 0.04 + (16 + 3 * 24) * 0.005, within(0.001));
    }

    @Test
    void a_machine_that_is_much_too_large_or_too_small_is_proposed_with_a_quarter_above_the_peak() {
        assertThat(attempt(16_384, 4 * GIB).proposal()).contains(new Machine(4, 5_120, 0, 0));
        assertThat(attempt(16_384, 4 * GIB).toString()).endsWith("peak 4096 MiB; 5120 MiB would do");
        assertThat(attempt(4_096, 4 * GIB - 1).proposal()).contains(new Machine(4, 5_120, 0, 0));
        assertThat(attempt(8_192, 5 * GIB).proposal()).isEmpty();
        assertThat(attempt(8_192, 0).proposal()).isEmpty();
        assertThat(attempt(8_192, 2 * GIB).memoryUsed()).contains(0.25);
        assertThat(attempt(2_048, 1).proposal()).contains(new Machine(4, 512, 0, 0));
    }

    private static UsageReport.Attempt attempt(long memoryMib, long peak) {
        return new UsageReport.Attempt(
                "train", 1, new Machine(4, memoryMib, 0, 0), Duration.ZERO, Duration.ofHours(1), peak, 0, null);
    }
}
