package io.crois.workflow;

import static io.crois.workflow.Refusals.problem;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

final class ReferenceRefusalTest {
    private static final Artifact MODEL = Artifact.file("model");
    private static final Result<Double> AUC = Result.number("auc");
    private static final Consumer<Step.Builder> PRODUCER =
            s -> s.image("i").produces(MODEL).reports(AUC);
    private static final Consumer<Step.Builder> PLAIN = s -> s.image("i");

    @Test
    void an_artifact_of_another_kind_than_produced_is_refused() {
        assertThat(problem(w ->
                        w.step("make", PRODUCER).step("use", s -> s.image("i").consumes(Artifact.folder("model")))))
                .isEqualTo(
                        "step `use`: takes artifact `model` as of type FOLDER, but step `make` makes it of type FILE."
                                + " Use the same reference.");
    }

    @Test
    void a_result_of_another_type_than_reported_is_refused() {
        assertThat(problem(w -> w.step("make", PRODUCER)
                        .choose(c -> c.when(Result.text("auc").equalTo("high"), y -> y.step("a", PLAIN)))))
                .isEqualTo("choose `choose-1`: takes result `auc` as of type TEXT, but step `make` makes it of type"
                        + " NUMBER. Use the same reference.");
    }

    @Test
    void a_collected_result_of_another_type_is_refused() {
        assertThat(problem(w -> w.forEach("tune", List.of(1), (b, item) -> b.step("make", PRODUCER))
                        .step(
                                "use",
                                s -> s.image("i").command(Result.bool("auc").all()))))
                .isEqualTo("step `use`: takes result `auc` as of type BOOLEAN, but step `make` makes it of type NUMBER."
                        + " Use the same reference.");
    }

    @Test
    void two_steps_that_produce_one_name_with_two_types_are_refused() {
        assertThat(problem(w -> w.step("first", s -> s.image("i").reports(Result.bool("big")))
                        .choose(c -> c.when(
                                        Result.bool("big").isTrue(),
                                        y -> y.step("a", s -> s.image("i").produces(MODEL)))
                                .otherwise(n -> n.step("b", s -> s.image("i").produces(Artifact.folder("model")))))))
                .isEqualTo("step `b`: artifact `model` is of type FOLDER here, but of type FILE in step `a`."
                        + " Use the same reference.");
    }

    @Test
    void a_step_that_consumes_its_own_product_is_refused() {
        assertThat(problem(w -> w.step("a", s -> s.image("i").consumes(MODEL).produces(MODEL))))
                .isEqualTo("step `a`: consumes artifact `model`, which the step itself produces."
                        + " Take it from an earlier step, or leave it away here.");
    }

    @Test
    void a_product_named_twice_by_one_step_is_refused() {
        assertThat(problem(w -> w.step("a", s -> s.image("i").produces(MODEL, MODEL))))
                .isEqualTo("step `a`: produces artifact `model` twice. Remove one of them.");
    }

    @Test
    void a_collected_artifact_cannot_be_produced() {
        assertThat(problem(w -> w.step("a", s -> s.image("i").produces(MODEL.all()))))
                .isEqualTo("step `a`: produces `.all()` of `model`. Leave `.all()` away.");
    }

    @Test
    void a_product_made_two_for_each_deeper_is_refused() {
        assertThat(problem(w -> w.forEach(
                                "outer",
                                List.of(1),
                                (b, item) -> b.forEach("inner", List.of(1), (c, other) -> c.step("make", PRODUCER)))
                        .step("use", s -> s.image("i").consumes(MODEL.all()))))
                .isEqualTo("step `use`: consumes artifact `model`, which is made more than one forEach deeper."
                        + " Collect it within the outer forEach first.");
    }

    @Test
    void two_branches_that_produce_one_artifact_are_refused() {
        assertThat(problem(w -> w.parallel(
                        "both",
                        p -> p.branch("x", b -> b.step("a", PRODUCER)).branch("y", b -> b.step("b", PRODUCER)))))
                .contains("parallel `both`: two branches produce artifact `model`. Rename one of them.");
    }

    @Test
    void a_product_of_one_case_only_is_refused_after_the_choice() {
        assertThat(problem(w -> w.step("make", s -> s.image("i").reports(AUC))
                        .choose(c -> c.when(
                                AUC.atLeast(1),
                                y -> y.step("a", s -> s.image("i").produces(MODEL))))
                        .step("use", s -> s.image("i").consumes(MODEL))))
                .isEqualTo("step `use`: consumes artifact `model`, which step `a` produces on another branch,"
                        + " so it may be missing here. Use it on that branch.");
    }

    @Test
    void a_product_of_a_body_that_may_have_failed_is_refused_on_failure() {
        assertThat(problem(w -> w.step("make", PRODUCER)
                        .onFailure(f -> f.step("tell", s -> s.image("i").consumes(MODEL)))))
                .isEqualTo("step `tell`: consumes artifact `model`, which step `make` produces on another branch,"
                        + " so it may be missing here. Use it on that branch.");
        assertThat(problem(w -> w.step("make", PRODUCER)
                        .lastly(l -> l.step("clean", s -> s.image("i").consumes(MODEL)))))
                .isEqualTo("step `clean`: consumes artifact `model`, which step `make` produces on another branch,"
                        + " so it may be missing here. Use it on that branch.");
    }

    @Test
    void an_item_outside_of_its_loop_is_refused() {
        Item stray = new Item("tune");

        assertThat(problem(w -> w.forEach("tune", List.of(1), (b, item) -> b.step("a", PLAIN))
                        .step("use", s -> s.image("i").command(stray.number("eta"), stray.index()))))
                .isEqualTo("step `use`: uses the item of forEach `tune` outside of it. Move it inside.\n"
                        + "step `use`: uses the item of forEach `tune` outside of it. Move it inside.");
    }

    @Test
    void a_parameter_unlike_the_declared_one_is_refused() {
        assertThat(problem(w -> w.parameter(Parameter.number("holdout"))
                        .step("a", s -> s.image("i").command(Text.of("--holdout=", Parameter.text("holdout"))))))
                .isEqualTo("step `a`: uses a parameter `holdout` that differs from the declared one."
                        + " Use the same reference.");
    }

    @Test
    void a_parameter_declared_nowhere_near_is_refused() {
        assertThat(problem(w -> w.step("a", s -> s.image("i").environment("SOURCE", Parameter.text("source")))))
                .isEqualTo("step `a`: uses the parameter `source`, which is not declared."
                        + " Add `.parameter(…)` to the workflow.");
    }

    @Test
    void a_sealed_parameter_decides_nothing() {
        Parameter<Boolean> fast = Parameter.bool("fast").sealed();

        assertThat(problem(w -> w.parameter(fast).choose(c -> c.when(fast.isTrue(), y -> y.step("a", PLAIN)))))
                .isEqualTo("choose `choose-1`: decides by the parameter `fast`, which is sealed, so that only a step's"
                        + " command can read it. Leave `sealed()` away.");
    }
}
