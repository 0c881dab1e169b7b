package io.crois.compile;

import static io.crois.compile.Workflows.named;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.crois.workflow.ForEach;
import io.crois.workflow.Parameter;
import io.crois.workflow.Workflow;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ForecastTest {
    @Test
    void a_step_with_a_fixed_back_end_takes_three_transitions_and_one_picked_at_run_time_takes_four() {
        assertThat(forecast("step-on-fargate").transitions()).isEqualTo(Range.exactly(3));
        assertThat(forecast("step-on-batch").transitions()).isEqualTo(Range.exactly(3));
        assertThat(forecast("step-picked-at-run-time").transitions()).isEqualTo(Range.exactly(3 + 4));
    }

    @Test
    void a_step_takes_sixteen_history_events_two_functions_and_one_container() {
        Forecast forecast = forecast("step-on-fargate");

        assertThat(forecast.historyEvents()).isEqualTo(Range.exactly(2 + 16));
        assertThat(forecast.functionCalls()).isEqualTo(Range.exactly(2));
        assertThat(forecast.containers()).isEqualTo(Range.exactly(1));
    }

    @Test
    void branches_add_up_and_choices_span_a_range() {
        assertThat(forecast("parallel").transitions()).isEqualTo(Range.exactly(1 + 2 * 3));
        assertThat(forecast("choose-without-otherwise").transitions()).isEqualTo(new Range(3 + 2 + 1, 3 + 2 + 3));
        assertThat(forecast("choose").transitions()).isEqualTo(new Range(3 + 2 + 1, 3 + 2 + 3 + 3));
    }

    @Test
    void ways_of_failure_are_counted_only_where_the_author_fails() {
        assertThat(forecast("lastly").transitions()).isEqualTo(Range.exactly(3 + 1 + 3 + 1 + 1));
        assertThat(forecast("fail").transitions()).isEqualTo(Range.exactly(3 + 1));
    }

    @Test
    void a_known_list_is_counted_exactly_and_an_unknown_one_has_no_limit() {
        assertThat(forecast("for-each-inline").transitions()).isEqualTo(Range.exactly(2 + 3 * 3 + 3));
        assertThat(forecast("for-each-of-unknown-length").transitions()).isEqualTo(new Range(5, Range.UNBOUNDED));
    }

    @Test
    void a_child_execution_has_a_history_of_its_own() {
        Forecast inline = forecast("for-each-inline");
        Forecast distributed = forecast("for-each-distributed");

        assertThat(distributed.transitions()).isEqualTo(inline.transitions());
        assertThat(distributed.historyEvents()).isEqualTo(Range.exactly(2 + 5 + 6 + 16));
        assertThat(distributed.childHistoryEvents()).isEqualTo(Range.exactly(18));
        assertThat(inline.historyEvents()).isEqualTo(Range.exactly(2 + 5 + 4 + 3 * (16 + 2) + 16));
    }

    @Test
    void a_history_that_must_overflow_names_the_element_where_it_does() {
        List<Integer> items = IntStream.range(0, 800).boxed().toList();
        Workflow workflow = named("big")
                .step("before", s -> s.image("i"))
                .forEach(
                        "many",
                        items,
                        (b, item) -> b.mode(ForEach.Mode.INLINE)
                                .concurrency(40)
                                .step("one", s -> s.image("i"))
                                .step("two", s -> s.image("i")))
                .step("after", s -> s.image("i"))
                .build();

        assertThat(WorkflowCompiler.create().compile(workflow).problems())
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.severity()).isEqualTo(QuotaProblem.Severity.ERROR);
                    assertThat(problem)
                            .hasToString(
                                    "`many`: Here the history passes the 25,000 events that AWS keeps: an execution "
                                            + "has at least 27,243. Put the part before it into a forEach with mode DISTRIBUTED, "
                                            + "or split the workflow in two.");
                });
    }

    @Test
    void an_inline_list_of_unknown_length_is_warned_of() {
        Parameter<JsonNode> grid = Parameter.json("grid");
        Workflow workflow = named("big")
                .parameter(grid)
                .forEach("many", grid, (b, item) -> b.mode(ForEach.Mode.INLINE).step("one", s -> s.image("i")))
                .build();

        assertThat(WorkflowCompiler.create().compile(workflow).problems())
                .extracting(QuotaProblem::toString)
                .containsExactly(
                        "`many`: Here the history may pass the 25,000 events that AWS keeps. Put the part before it into a "
                                + "forEach with mode DISTRIBUTED, or split the workflow in two.");
    }

    @Test
    void arguments_and_results_that_are_told_make_it_exact() {
        CompiledWorkflow gate = compiled("choose");
        Assumptions good = Assumptions.none().result("auc", 0.9).result("fair", true);

        assertThat(gate.forecast(good).transitions()).isEqualTo(Range.exactly(3 + 2 + 3 + 3));
        assertThat(gate.forecast(good.result("auc", 0.4)).transitions()).isEqualTo(Range.exactly(3 + 2 + 1));
        assertThat(gate.forecast(Assumptions.none().takesOtherwise("choose-1")).containers("ask"))
                .isEqualTo(Range.exactly(1));
        assertThat(gate.forecast(Assumptions.none().takes("choose-1", 1)).containers("deploy"))
                .isEqualTo(Range.exactly(1));
    }

    @Test
    void a_range_of_items_gives_a_range() {
        CompiledWorkflow grid = compiled("for-each-of-unknown-length");

        assertThat(grid.forecast(Assumptions.none().items("tune", new Range(2, 4)))
                        .transitions())
                .isEqualTo(new Range(5 + 2 * 3, 5 + 4 * 3));
        assertThat(grid.forecast(Assumptions.none().items("tune", 0)).childHistoryEvents())
                .isEqualTo(Range.NONE);
    }

    @Test
    void what_is_told_of_one_iteration_goes_before_what_is_told_of_all() {
        CompiledWorkflow nested = compiled("for-each-nested");
        Assumptions told = Assumptions.none().items("inner", 1).items("outer[1]/inner", 5);

        assertThat(nested.forecast(told).containers("outer/inner/work")).isEqualTo(Range.exactly(1 + 5));
    }

    @Test
    void a_cached_step_may_be_reused_unless_it_is_told() {
        CompiledWorkflow cached = compiled("step-with-everything");

        assertThat(cached.forecast().containers("train")).isEqualTo(new Range(0, 1));
        assertThat(cached.forecast(Assumptions.none().reuses("train")).functionCalls())
                .isEqualTo(Range.exactly(3));
        assertThat(cached.forecast(Assumptions.none().runs("train")).containers("train"))
                .isEqualTo(Range.exactly(1));
    }

    @Test
    void failures_have_all_the_attempts_that_rules_and_platform_allow() {
        Forecast failing =
                compiled("step-with-everything").forecast(Assumptions.none().withFailures());

        assertThat(failing.containers("train")).isEqualTo(new Range(0, 1 + 3 + 5));
        assertThat(failing.containers("download")).isEqualTo(new Range(0, 1 + 5));
        assertThat(failing.transitions().least()).isEqualTo(1);
    }

    @Test
    void a_raw_machine_that_goes_round_has_no_limit() {
        Workflow workflow = named("round").raw("poll", """
                        {"Type": "Parallel", "Branches": [{"StartAt": "look", "States": {
                          "look": {"Type": "Wait", "Seconds": 5, "Next": "enough"},
                          "enough": {"Type": "Choice", "Choices": [{"Condition": "{% $random() > 0.9 %}", "Next": "done"}],
                                     "Default": "look"},
                          "done": {"Type": "Succeed"}}}]}
                        """).build();

        Forecast forecast = WorkflowCompiler.create().compile(workflow).forecast();

        assertThat(forecast.transitions().isBounded()).isFalse();
        assertThat(forecast.transitions().least()).isLessThanOrEqualTo(4);
    }

    @Test
    void assumptions_about_what_is_not_there_are_refused_all_at_once() {
        Assumptions wrong = Assumptions.none().items("tone", 3).result("acu", 1).takes("choose-1", 3);

        assertThatThrownBy(() -> compiled("choose").forecast(wrong))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The assumptions about workflow `gate` have 3 problems.\n"
                        + "  forEach `tone`: the workflow has none of that name, only [].\n"
                        + "  result `acu`: the workflow has none of that name, only [auc, fair].\n"
                        + "  choose `choose-1`: there is no case 3, only 1 to 2.");
    }

    private static CompiledWorkflow compiled(String construct) {
        return WorkflowCompiler.create().compile(Workflows.all().get(construct));
    }

    private static Forecast forecast(String construct) {
        return compiled(construct).forecast();
    }
}
