package io.crois.workflow;

import static io.crois.workflow.Refusals.problem;
import static io.crois.workflow.Refusals.stepProblem;
import static io.crois.workflow.Resources.cpu;
import static io.crois.workflow.Size.gib;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class StepRefusalTest {
    private static final Artifact DATA = Artifact.file("data");

    @Test
    void a_step_without_an_image_is_refused() {
        assertThat(problem(w -> w.step("a", s -> s.command("train"))))
                .isEqualTo("step `a`: has no image. Set one with `image(reference)`.");
    }

    @Test
    void a_variable_that_is_also_a_secret_is_refused() {
        assertThat(stepProblem(s -> s.environment("TOKEN", "x").secret("TOKEN", "warehouse/token")))
                .isEqualTo("step `a`: the variable `TOKEN` is set twice. Rename one of them.");
    }

    @Test
    void a_variable_that_no_shell_can_name_is_refused() {
        assertThat(stepProblem(s -> s.environment("1ST", "x")))
                .isEqualTo("step `a`: `1ST` is no name of a variable. Use letters, digits and `_`, no digit first.");
    }

    @Test
    void an_empty_secret_name_is_refused() {
        assertThat(stepProblem(s -> s.secret("TOKEN", "")))
                .isEqualTo("step `a`: `` is no name of a secret. Use 1 to 400 letters, digits and `/_+=.@-`.");
    }

    @Test
    void a_secret_file_set_twice_is_refused() {
        assertThat(stepProblem(s -> s.secretFile("key.pem", "one").secretFile("key.pem", "two")))
                .isEqualTo("step `a`: the secret file `key.pem` is set twice. Rename one of them.");
    }

    @Test
    void a_secret_file_outside_of_its_folder_is_refused() {
        assertThat(stepProblem(s -> s.secretFile("../key", "one")))
                .isEqualTo("step `a`: `../key` is no name of a secret's file. Use letters, digits, `.`, `_` and `-`,"
                        + " no `.` first.");
    }

    @Test
    void a_queue_budget_below_a_minute_is_refused() {
        assertThat(stepProblem(s -> s.queueBudget(Duration.ofSeconds(59))))
                .isEqualTo("step `a`: queueBudget must be whole seconds from 60 to 99999999, but was PT59S.");
    }

    @Test
    void a_run_budget_with_a_part_of_a_second_is_refused() {
        assertThat(stepProblem(s -> s.runBudget(Duration.ofMillis(1_500))))
                .isEqualTo("step `a`: runBudget must be whole seconds from 1 to 99999999, but was PT1.5S.");
    }

    @Test
    void a_size_above_all_of_fargate_is_refused_with_the_way_out() {
        assertThat(stepProblem(s -> s.backend(Backend.FARGATE).resources(cpu(64).memory(gib(500)))))
                .isEqualTo("step `a`: 64 vCPU with 500 GiB is not a size Fargate offers. Use Backend.BATCH.");
    }

    @Test
    void a_disk_out_of_the_range_of_fargate_is_refused() {
        assertThat(stepProblem(s -> s.backend(Backend.FARGATE).resources(cpu(1).disk(gib(10)))))
                .isEqualTo("step `a`: a disk of 10 GiB is out of Fargate's range of 21 to 200 GiB."
                        + " Change it or use Backend.BATCH.");
    }

    @Test
    void scaling_by_an_artifact_that_is_not_consumed_is_refused() {
        assertThat(stepProblem(s -> s.resources(
                        Resources.scaledBy(DATA).upTo(gib(1), cpu(1)).otherwise(cpu(2)))))
                .isEqualTo("step `a`: its resources are scaled by an artifact that it does not consume."
                        + " Add `consumes(artifact)`.");
    }

    @Test
    void tiers_out_of_order_are_refused() {
        Parameter<Long> rows = Parameter.integer("rows");

        assertThat(problem(w -> w.parameter(rows)
                        .step(
                                "a",
                                s -> s.image("i")
                                        .resources(Resources.scaledBy(rows)
                                                .upTo(10, cpu(1))
                                                .upTo(10, cpu(2))
                                                .otherwise(cpu(4))))))
                .isEqualTo("step `a`: tier 2 of its resources is never taken, because its limit is not above that of"
                        + " the tier before. Put the limits in ascending order.");
    }

    @Test
    void scaling_by_a_sealed_parameter_is_refused() {
        Parameter<Long> rows = Parameter.integer("rows").sealed();

        assertThat(problem(w -> w.parameter(rows)
                        .step(
                                "a",
                                s -> s.image("i")
                                        .resources(Resources.scaledBy(rows)
                                                .upTo(10, cpu(1))
                                                .otherwise(cpu(4))))))
                .isEqualTo("step `a`: decides by the parameter `rows`, which is sealed, so that only a step's command"
                        + " can read it. Leave `sealed()` away.");
    }

    @Test
    void an_artifact_in_a_command_is_refused_at_the_call() {
        assertThatThrownBy(() -> stepProblem(s -> s.command("train", DATA)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Artifact `data` is no value. Name its file below `$CROIS_INPUTS` or `$CROIS_OUTPUTS`"
                        + " instead.");
    }

    @Test
    void machines_and_sizes_without_sense_are_refused_at_the_call() {
        assertThatThrownBy(() -> cpu(0)).hasMessage("cpu must be above 0, but was 0.0.");
        assertThatThrownBy(() -> cpu(1).gpu(-1)).hasMessage("gpu must be at least 0, but was -1.");
        assertThatThrownBy(() -> Size.bytes(-1)).hasMessage("A size must be at least 0 bytes, but was -1.");
    }
}
