package io.crois.workflow;

import static io.crois.workflow.Refusals.problem;
import static io.crois.workflow.Refusals.refusal;
import static io.crois.workflow.Resources.cpu;
import static io.crois.workflow.Size.gib;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

final class WorkflowRefusalTest {
    private static final Artifact MODEL = Artifact.file("model");
    private static final Result<Double> AUC = Result.number("auc");
    private static final Consumer<Step.Builder> PRODUCER =
            s -> s.image("i").produces(MODEL).reports(AUC);
    private static final Consumer<Step.Builder> CONSUMER = s -> s.image("i").consumes(MODEL);

    @Test
    void all_problems_are_reported_at_once_in_the_order_of_the_checks() {
        Artifact data = Artifact.file("dataset.csv");

        assertThat(refusal(w -> w.step("download", s -> s.image("i").produces(data))
                        .step("split", s -> s.image("i").consumes(Artifact.file("datset.csv")))
                        .step("train", s -> s.image("i").resources(cpu(3).memory(gib(8))))))
                .hasMessage("""
                        Workflow `w` has 2 problems.
                          step `train`: 3 vCPU with 8 GiB is not a size Fargate offers. The next one up is 4 vCPU with 8 GiB; or use Backend.BATCH.
                          step `split`: consumes artifact `datset.csv`, which no earlier step produces. Did you mean `dataset.csv` of step `download`?""");
    }

    @Test
    void an_empty_workflow_is_refused() {
        assertThat(problem(w -> {})).isEqualTo("workflow: has no steps. Add one with `step(name, …)`.");
    }

    @Test
    void a_name_used_twice_is_refused() {
        assertThat(problem(w -> w.step("a", s -> s.image("i")).step("a", s -> s.image("i"))))
                .isEqualTo("step `a`: the name is taken already. Rename one of them.");
    }

    @Test
    void use_before_production_is_refused() {
        assertThat(problem(w -> w.step("use", CONSUMER).step("make", PRODUCER)))
                .isEqualTo("step `use`: consumes artifact `model`, which step `make` produces only later."
                        + " Move that step before this one.");
    }

    @Test
    void use_across_branches_is_refused() {
        assertThat(problem(w -> w.parallel(
                        "both",
                        p -> p.branch("a", b -> b.step("make", PRODUCER)).branch("b", b -> b.step("use", CONSUMER)))))
                .isEqualTo("step `use`: consumes artifact `model`, which step `make` produces on another branch,"
                        + " so it may be missing here. Use it on that branch.");
    }

    @Test
    void use_out_of_a_for_each_needs_all() {
        assertThat(problem(w -> w.forEach("tune", List.of(1, 2), (b, item) -> b.step("make", PRODUCER))
                        .step("use", CONSUMER)))
                .isEqualTo("step `use`: consumes artifact `model` of forEach `tune` from outside."
                        + " Use `.all()` to take one from each iteration.");
    }

    @Test
    void all_on_a_single_product_is_refused() {
        assertThat(problem(w ->
                        w.step("make", PRODUCER).step("use", s -> s.image("i").consumes(MODEL.all()))))
                .isEqualTo("step `use`: uses `.all()` on artifact `model`, which step `make` makes only once here."
                        + " Leave `.all()` away.");
    }

    @Test
    void a_product_made_twice_on_a_path_is_refused() {
        assertThat(problem(w ->
                        w.step("one", PRODUCER).step("two", s -> s.image("i").produces(MODEL))))
                .isEqualTo(
                        "step `two`: produces artifact `model`, which step `one` produces already. Rename one of them.");
    }

    @Test
    void a_product_of_every_case_is_there_after_the_choice() {
        Workflow workflow = Workflow.builder()
                .name("w")
                .step("first", s -> s.image("i").reports(AUC))
                .choose(c -> c.when(
                                AUC.atLeast(1),
                                y -> y.step("a", s -> s.image("i").produces(MODEL)))
                        .otherwise(n -> n.step("b", s -> s.image("i").produces(MODEL))))
                .step("use", CONSUMER)
                .build();

        assertThat(workflow.body().elements()).hasSize(3);
    }

    @Test
    void an_undeclared_parameter_is_refused() {
        assertThat(problem(w -> w.parameter(Parameter.text("source"))
                        .step("a", s -> s.image("i").command(Parameter.text("sorce")))))
                .isEqualTo("step `a`: uses the parameter `sorce`, which is not declared. Did you mean `source`?");
    }

    @Test
    void a_default_out_of_range_is_refused() {
        assertThat(problem(w -> w.parameter(
                                Parameter.number("holdout").withDefault(1.5).between(0.05, 0.5))
                        .step("a", s -> s.image("i"))))
                .isEqualTo("parameter `holdout`: the default is not allowed:"
                        + " holdout must be between 0.05 and 0.5, but was 1.5.");
    }

    @Test
    void a_gpu_on_fargate_is_refused() {
        assertThat(problem(w ->
                        w.step("a", s -> s.image("i").backend(Backend.FARGATE).resources(cpu(1).gpu(1)))))
                .isEqualTo("step `a`: Fargate has no GPU. Use Backend.BATCH or leave the GPU away.");
    }

    @Test
    void a_reserved_variable_is_refused() {
        assertThat(problem(w -> w.step("a", s -> s.image("i").environment("CROIS_ORDER", "x"))))
                .isEqualTo("step `a`: the variable `CROIS_ORDER` is reserved. Use a name without that prefix.");
    }

    @Test
    void a_run_budget_below_that_of_batch_is_refused() {
        assertThat(problem(w ->
                        w.step("a", s -> s.image("i").backend(Backend.BATCH).timeout(Duration.ofSeconds(59)))))
                .isEqualTo("step `a`: runBudget must be whole seconds from 60 to 99999999, but was PT59S.");
    }

    @Test
    void a_condition_on_a_wrong_type_is_refused() {
        assertThat(problem(w -> w.step("make", PRODUCER)
                        .choose(c -> c.when(AUC.equalTo("high"), y -> y.step("a", s -> s.image("i"))))))
                .isEqualTo(
                        "choose `choose-1`: compares a value of type NUMBER with \"high\". Compare values of one type.");
    }

    @Test
    void a_step_after_fail_is_refused() {
        assertThat(problem(w -> w.fail("Never").step("a", s -> s.image("i"))))
                .isEqualTo("step `a`: is never reached, because what stands before it always fails. Remove it.");
    }

    @Test
    void a_chain_of_ten_thousand_steps_builds() {
        Workflow.Builder builder =
                Workflow.builder().name("w").step("s0", s -> s.image("i").produces(Artifact.file("a0")));
        for (int i = 1; i < 10_000; i++) {
            Artifact before = Artifact.file("a" + (i - 1));
            Artifact after = Artifact.file("a" + i);
            builder.step("s" + i, s -> s.image("i").consumes(before).produces(after));
        }

        assertThat(builder.build().body().elements()).hasSize(10_000);
    }

    @Test
    void arguments_report_all_problems_at_once() {
        Workflow workflow = Workflow.builder()
                .name("w")
                .parameter(Parameter.text("source"))
                .parameter(Parameter.number("holdout").withDefault(0.2).between(0.05, 0.5))
                .step("a", s -> s.image("i"))
                .build();
        Arguments arguments = Arguments.ofText(Map.of("holdout", "1.5"));

        WorkflowValidationException refusal =
                catchThrowableOfType(WorkflowValidationException.class, () -> arguments.check(workflow));

        assertThat(refusal.problems())
                .containsExactly(
                        "argument `source`: is missing and has no default. Give it a value of type TEXT.",
                        "argument `holdout`: holdout must be between 0.05 and 0.5, but was 1.5.");
        assertThat(Arguments.ofText(Map.of("source", "x"))
                        .check(workflow)
                        .get("holdout")
                        .asDouble())
                .isEqualTo(0.2);
    }
}
