package io.crois.workflow;

import static io.crois.workflow.Refusals.problem;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

final class LoopRefusalTest {
    private static final String NO_LIST = "forEach `tune`: runs over something that is no list."
            + " Use a JSON parameter or result, `.all()`, or a list that is not empty.";

    @Test
    void a_for_each_over_an_empty_list_is_refused() {
        assertThat(problem(w -> w.forEach("tune", List.of(), (b, item) -> b.step("a", s -> s.image("i")))))
                .isEqualTo(NO_LIST);
    }

    @Test
    void a_for_each_over_a_text_is_refused() {
        Parameter<String> source = Parameter.text("source");

        assertThat(problem(w ->
                        w.parameter(source).forEach("tune", source, (b, item) -> b.step("a", s -> s.image("i")))))
                .isEqualTo(NO_LIST);
    }

    @Test
    void a_for_each_over_a_sealed_parameter_is_refused() {
        var grid = Parameter.json("grid").sealed();

        assertThat(problem(w -> w.parameter(grid).forEach("tune", grid, (b, item) -> b.step("a", s -> s.image("i")))))
                .isEqualTo("forEach `tune`: decides by the parameter `grid`, which is sealed, so that only a step's"
                        + " command can read it. Leave `sealed()` away.");
    }

    @Test
    void a_for_each_without_steps_is_refused() {
        assertThat(problem(w -> w.forEach("tune", List.of(1), (b, item) -> {})))
                .isEqualTo("forEach `tune`: has no steps. Add one with `step(name, …)`.");
    }

    @Test
    void limits_of_a_for_each_are_checked() {
        assertThat(tune(b -> b.concurrency(10_001)))
                .isEqualTo("forEach `tune`: concurrency must be between 0 and 10000, but was 10001.");
        assertThat(tune(b -> b.concurrency(41).mode(ForEach.Mode.INLINE)))
                .isEqualTo("forEach `tune`: concurrency must be between 0 and 40, but was 41.");
        assertThat(tune(b -> b.toleratedFailures(-1)))
                .isEqualTo("forEach `tune`: toleratedFailures must be at least 0, but was -1.");
        assertThat(tune(b -> b.toleratedFailurePercentage(100.5)))
                .isEqualTo("forEach `tune`: toleratedFailurePercentage must be between 0 and 100, but was 100.5.");
        assertThat(tune(b -> b.toleratedFailurePercentage(Double.NaN)))
                .isEqualTo("forEach `tune`: toleratedFailurePercentage must be between 0 and 100, but was NaN.");
        assertThat(tune(b -> b.toleratedFailures(1).mode(ForEach.Mode.INLINE)))
                .isEqualTo("forEach `tune`: an inline forEach tolerates no failures. Use Mode.DISTRIBUTED.");
    }

    @Test
    void a_pause_out_of_range_is_refused() {
        assertThat(problem(w -> w.waitFor(Duration.ZERO)))
                .isEqualTo("wait `wait-1`: must be whole seconds from 1 to 99999999, but was PT0S.");
        assertThat(problem(w -> w.waitFor(Duration.ofMillis(1_001))))
                .isEqualTo("wait `wait-1`: must be whole seconds from 1 to 99999999, but was PT1.001S.");
        assertThat(problem(w -> w.waitFor(Duration.ofSeconds(100_000_000))))
                .isEqualTo("wait `wait-1`: must be whole seconds from 1 to 99999999, but was PT27777H46M40S.");
    }

    @Test
    void a_parallel_without_branches_is_refused() {
        assertThat(problem(w -> w.parallel("both", p -> {})))
                .isEqualTo("parallel `both`: has no branches. Add one with `branch(name, …)`.");
    }

    @Test
    void a_branch_without_steps_is_refused() {
        assertThat(problem(w -> w.parallel("both", p -> p.branch("x", b -> {}))))
                .isEqualTo("parallel `both`, branch `x`: has no steps. Add one with `step(name, …)`.");
    }

    @Test
    void a_choice_without_cases_is_refused() {
        assertThat(problem(w -> w.choose("pick", c -> c.otherwise(n -> n.step("a", s -> s.image("i"))))))
                .isEqualTo("choose `pick`: has no cases. Add one with `when(condition, …)`.");
    }

    @Test
    void empty_handlers_are_refused_with_their_place() {
        assertThat(problem(
                        w -> w.step("a", s -> s.image("i")).onFailure(b -> {}).lastly(b -> {})))
                .isEqualTo("workflow, on failure: has no steps. Add one with `step(name, …)`.\n"
                        + "workflow, lastly: has no steps. Add one with `step(name, …)`.");
    }

    @Test
    void an_end_that_every_case_reaches_ends_the_workflow() {
        Parameter<Boolean> fast = Parameter.bool("fast");

        assertThat(problem(w -> w.parameter(fast)
                        .choose(c -> c.when(fast.isTrue(), y -> y.fail("Fast")).otherwise(n -> n.fail("Slow")))
                        .step("a", s -> s.image("i"))))
                .isEqualTo("step `a`: is never reached, because what stands before it always fails. Remove it.");
    }

    private static String tune(Consumer<ForEach.Builder> definition) {
        return problem(w -> w.forEach("tune", List.of(1), (b, item) -> {
            b.step("a", s -> s.image("i"));
            definition.accept(b);
        }));
    }
}
