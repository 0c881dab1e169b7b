package io.crois.compile;

import static io.crois.compile.Workflows.named;
import static org.assertj.core.api.Assertions.assertThat;

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
        assertThat(forecast("choose").transitions()).isEqualTo(Range.exactly(3 + 2 + 3 + 3));
    }

    @Test
    void failing_ways_are_not_counted() {
        assertThat(forecast("lastly").transitions()).isEqualTo(Range.exactly(3 + 1 + 3 + 1 + 1));
        assertThat(forecast("fail").transitions()).isEqualTo(Range.NONE);
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
        assertThat(distributed.childHistoryEvents()).isEqualTo(18);
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

    private static Forecast forecast(String construct) {
        return WorkflowCompiler.create().compile(Workflows.all().get(construct)).forecast();
    }
}
