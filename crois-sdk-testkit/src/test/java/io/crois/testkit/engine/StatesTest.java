package io.crois.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/** Each kind of state, seen through the API. */
final class StatesTest {

    private final StepFunctions engine = new StepFunctions();

    @Test
    void a_pass_state_puts_its_result_where_the_result_path_says() {
        DescribeExecutionResponse end = engine.run(
                "{'StartAt': 'A', 'States': {'A': {'Type': 'Pass', 'Result': {'b': 1.0}, 'ResultPath': '$.made', 'End': true}}}",
                "{'given': true}");

        assertThat(end.output()).isEqualTo("{\"given\":true,\"made\":{\"b\":1.0}}");
        assertThat(engine.events(end.executionArn()))
                .isEqualTo("1<0:ExecutionStarted 2<0:PassStateEntered 3<2:PassStateExited 4<3:ExecutionSucceeded");
    }

    @Test
    void a_jsonata_pass_state_assigns_and_outputs() {
        DescribeExecutionResponse end = engine.run(
                "{'QueryLanguage': 'JSONata', 'StartAt': 'A', 'States': {"
                        + "'A': {'Type': 'Pass', 'Assign': {'sum': '{% $states.input.a + $states.input.b %}'}, 'Next': 'B'},"
                        + "'B': {'Type': 'Pass', 'Output': {'twice': '{% $sum * 2 %}'}, 'End': true}}}",
                "{'a': 1, 'b': 2}");

        assertThat(end.output()).isEqualTo("{\"twice\":6}");
        assertThat(engine.history(end.executionArn())
                        .get(2)
                        .stateExitedEventDetails()
                        .assignedVariables())
                .containsEntry("sum", "3");
    }

    @Test
    void a_choice_takes_the_first_rule_that_holds() {
        String definition = "{'StartAt': 'C', 'States': {'C': {'Type': 'Choice', 'Choices': ["
                + "{'Variable': '$.n', 'NumericGreaterThan': 10, 'Next': 'Large'},"
                + "{'And': [{'Variable': '$.n', 'IsPresent': true}, {'Variable': '$.n', 'NumericLessThan': 3}], 'Next': 'Small'}],"
                + "'Default': 'Middle'}, 'Large': {'Type': 'Succeed'},"
                + "'Small': {'Type': 'Pass', 'Result': 'small', 'End': true}, 'Middle': {'Type': 'Fail', 'Error': 'Middle'}}}";

        assertThat(engine.run(definition, "{'n': 11}").output()).isEqualTo("{\"n\":11}");
        assertThat(engine.run(definition, "{'n': 2}").output()).isEqualTo("\"small\"");
        assertThat(engine.run(definition, "{'n': 5}").error()).isEqualTo("Middle");
    }

    /** The name in the specification, {@code States.NoChoiceMatched}, is not the one that the service gives. */
    @Test
    void a_choice_without_a_default_fails_when_no_rule_holds() {
        DescribeExecutionResponse end = engine.run(
                "{'StartAt': 'C', 'States': {'C': {'Type': 'Choice', 'Choices': ["
                        + "{'Variable': '$.n', 'NumericEquals': 1, 'Next': 'D'}]}, 'D': {'Type': 'Succeed'}}}",
                "{'n': 2}");

        assertThat(end.error()).isEqualTo("States.Runtime");
        assertThat(end.cause())
                .isEqualTo("An error occurred while executing the state 'C' (entered at the event id #2)."
                        + " Failed to transition out of the state. The state does not point to a next state.");
        assertThat(engine.events(end.executionArn()))
                .isEqualTo("1<0:ExecutionStarted 2<0:ChoiceStateEntered 3<2:ExecutionFailed");
    }

    @Test
    void a_wait_state_moves_virtual_time_only() {
        Instant before = engine.loop.now();

        DescribeExecutionResponse end =
                engine.run("{'StartAt': 'W', 'States': {'W': {'Type': 'Wait', 'Seconds': 3600, 'End': true}}}", "{}");

        assertThat(end.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(Duration.between(before, end.stopDate())).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void a_fail_state_fails_the_execution_with_its_error_and_cause() {
        DescribeExecutionResponse end = engine.run(
                "{'StartAt': 'F', 'States': {'F': {'Type': 'Fail', 'Error': 'Broken', 'CausePath': '$.why'}}}",
                "{'why': 'just so'}");

        assertThat(end.status()).isEqualTo(ExecutionStatus.FAILED);
        assertThat(end.error()).isEqualTo("Broken");
        assertThat(end.cause()).isEqualTo("just so");
    }

    @Test
    void an_error_that_jsonata_does_not_make_a_text_is_an_error_of_the_query() {
        DescribeExecutionResponse end = engine.run(
                "{'QueryLanguage': 'JSONata', 'StartAt': 'F', 'States': {'F': {'Type': 'Fail', 'Error': '{% $states.input.n %}'}}}",
                "{'n': 1}");

        assertThat(end.error()).isEqualTo("States.QueryEvaluationError");
        assertThat(end.cause())
                .endsWith(
                        "The JSONata expression '$states.input.n' specified for the field 'Error' returned an unexpected"
                                + " result type. Expected 'string', but was 'number' for value: 1");
    }

    @Test
    void what_one_state_assigns_has_a_limit_of_its_own() {
        String definition = "{'QueryLanguage': 'JSONata', 'StartAt': 'A', 'States': {'A': {'Type': 'Pass', 'Assign':"
                + " {'x': '{% $states.input %}', 'y': '{% $states.input %}'}, 'Output': 1, 'End': true}}}";

        DescribeExecutionResponse fits = engine.run(definition, text(131_070));
        DescribeExecutionResponse both = engine.run(definition, text(131_071));
        DescribeExecutionResponse one = engine.run(
                "{'QueryLanguage': 'JSONata', 'StartAt': 'A', 'States': {'A': {'Type': 'Pass', 'Assign':"
                        + " {'x': '{% $pad(\\\"\\\", 262143, \\\"x\\\") %}'}, 'Output': 1, 'End': true}}}",
                "{}");

        assertThat(fits.output()).isEqualTo("1");
        assertThat(both.error()).isEqualTo("States.DataLimitExceeded");
        assertThat(both.cause())
                .isEqualTo(
                        "State total variable size limit exceeded. Variable 'y' in state 'A' was assigned 131073 bytes,"
                                + " which caused the size of variables assigned in the state to exceed its limit by 2 bytes.");
        assertThat(one.cause())
                .isEqualTo("Variable size limit exceeded. Variable 'x' in state 'A' was assigned 262145 bytes.");
        assertThat(engine.events(both.executionArn()))
                .isEqualTo("1<0:ExecutionStarted 2<0:PassStateEntered 3<2:EvaluationFailed 4<3:ExecutionFailed");
    }

    private static String text(int length) {
        return "'" + "a".repeat(length) + "'";
    }

    @Test
    void all_variables_together_have_a_limit_too() {
        StringBuilder states = new StringBuilder();
        for (int i = 1; i <= 42; i++) {
            states.append("'S%d': {'Type': 'Pass', 'Assign': {'v%d': '{%% $states.input.text %%}'}, 'Next': 'S%d'},"
                    .formatted(i, i, i + 1));
        }

        DescribeExecutionResponse end = engine.run(
                "{'QueryLanguage': 'JSONata', 'StartAt': 'S1', 'States': {" + states + "'S43': {'Type': 'Succeed'}}}",
                "{'text': '" + "x".repeat(250_000) + "'}");

        assertThat(end.error()).isEqualTo("States.DataLimitExceeded");
        assertThat(end.cause())
                .isEqualTo(
                        "Execution total variable size limit exceeded. State 'S42' assigned variables that exceed the"
                                + " total execution limit by 14324 bytes.");
    }

    @Test
    void a_parallel_state_collects_the_outputs_of_its_branches_in_their_order() {
        DescribeExecutionResponse end = engine.run(
                "{'StartAt': 'P', 'States': {'P': {'Type': 'Parallel', 'End': true, 'Branches': ["
                        + "{'StartAt': 'A', 'States': {'A': {'Type': 'Wait', 'Seconds': 5, 'Next': 'A2'}, 'A2': {'Type': 'Pass', 'Result': 1, 'End': true}}},"
                        + "{'StartAt': 'B', 'States': {'B': {'Type': 'Pass', 'Result': 2, 'End': true}}}]}}}",
                "{}");

        assertThat(end.output()).isEqualTo("[1,2]");
        assertThat(engine.events(end.executionArn()))
                .isEqualTo("1<0:ExecutionStarted 2<0:ParallelStateEntered 3<2:ParallelStateStarted "
                        + "4<3:WaitStateEntered 5<3:PassStateEntered 6<5:PassStateExited 7<4:WaitStateExited "
                        + "8<7:PassStateEntered 9<8:PassStateExited 10<9:ParallelStateSucceeded "
                        + "11<9:ParallelStateExited 12<11:ExecutionSucceeded");
    }

    @Test
    void of_iterations_that_end_it_is_told_in_their_order_after_the_one_failure() {
        engine.fails("T", "Broken", 1);
        DescribeExecutionResponse end = engine.run(
                "{'StartAt': 'M', 'States': {'M': {'Type': 'Map', 'ItemProcessor': {'StartAt': 'C', 'States': {"
                        + "'C': {'Type': 'Choice', 'Choices': [{'Variable': '$', 'NumericEquals': 2, 'Next': 'T'}], "
                        + "'Default': 'W'}, 'W': {'Type': 'Wait', 'Seconds': 9, 'End': true}, "
                        + "'T': {'Type': 'Task', 'Resource': 'arn:aws:states:::nothing:runs', 'End': true}}},"
                        + " 'End': true}}}",
                "[1, 2]");

        assertThat(engine.events(end.executionArn()))
                .endsWith("14<13:TaskFailed 15<14:MapIterationAborted 16<14:WaitStateAborted "
                        + "17<14:MapIterationFailed 18<14:TaskStateAborted 19<14:MapStateFailed 20<19:ExecutionFailed");
    }

    @Test
    void a_branch_that_fails_ends_its_brothers() {
        DescribeExecutionResponse end = engine.run(
                "{'StartAt': 'P', 'States': {'P': {'Type': 'Parallel', 'End': true, 'Branches': ["
                        + "{'StartAt': 'A', 'States': {'A': {'Type': 'Wait', 'Seconds': 5, 'End': true}}},"
                        + "{'StartAt': 'B', 'States': {'B': {'Type': 'Fail', 'Error': 'Broken'}}}]}}}",
                "{}");

        assertThat(end.error()).isEqualTo("Broken");
        assertThat(engine.events(end.executionArn()))
                .endsWith("5<3:FailStateEntered 6<5:WaitStateAborted 7<5:ParallelStateFailed 8<7:ExecutionFailed");
        assertThat(end.stopDate()).isEqualTo(end.startDate());
    }

    @Test
    void a_map_runs_its_iterations_one_by_one_when_it_is_told_to() {
        DescribeExecutionResponse end = engine.run(
                "{'StartAt': 'M', 'States': {'M': {'Type': 'Map', 'MaxConcurrency': 1, 'ItemsPath': '$.items', 'End': true,"
                        + "'ItemSelector': {'n.$': '$$.Map.Item.Value', 'i.$': '$$.Map.Item.Index'},"
                        + "'ItemProcessor': {'StartAt': 'X', 'States': {'X': {'Type': 'Pass', 'End': true}}}}}}",
                "{'items': ['a', 'b']}");

        assertThat(end.output()).isEqualTo("[{\"n\":\"a\",\"i\":0},{\"n\":\"b\",\"i\":1}]");
        assertThat(engine.events(end.executionArn()))
                .isEqualTo("1<0:ExecutionStarted 2<0:MapStateEntered 3<2:MapStateStarted 4<3:MapIterationStarted "
                        + "5<4:PassStateEntered 6<5:PassStateExited 7<6:MapIterationSucceeded 8<6:MapIterationStarted "
                        + "9<8:PassStateEntered 10<9:PassStateExited 11<10:MapIterationSucceeded "
                        + "12<11:MapStateSucceeded 13<11:MapStateExited 14<13:ExecutionSucceeded");
    }

    @Test
    void a_map_over_nothing_gives_an_empty_list() {
        DescribeExecutionResponse end = engine.run(
                "{'StartAt': 'M', 'States': {'M': {'Type': 'Map', 'End': true,"
                        + "'ItemProcessor': {'StartAt': 'X', 'States': {'X': {'Type': 'Pass', 'End': true}}}}}}",
                "[]");

        assertThat(end.output()).isEqualTo("[]");
    }

    @Test
    void an_expression_of_a_rule_or_catcher_is_named_with_its_index() {
        String choice = "{'QueryLanguage': 'JSONata', 'StartAt': 'C', 'States': {'C': {'Type': 'Choice', 'Choices': ["
                + "{'Condition': '{% false %}', 'Next': 'D'}, {'Condition': '{% 5 %}', 'Next': 'D'}]},"
                + "'D': {'Type': 'Succeed'}}}";
        String caught = "{'QueryLanguage': 'JSONata', 'StartAt': 'P', 'States': {'P': {'Type': 'Parallel', 'End': true,"
                + "'Branches': [{'StartAt': 'F', 'States': {'F': {'Type': 'Fail', 'Error': 'E'}}}],"
                + "'Catch': [{'ErrorEquals': ['States.ALL'], 'Next': 'D', 'Output': {'a': '{% $nothing %}'}}]},"
                + "'D': {'Type': 'Succeed'}}}";

        assertThat(engine.run(choice, "{}").cause())
                .contains("specified for the field 'Choices[1]/Condition' returned");
        assertThat(engine.run(caught, "{}").cause()).contains("specified for the field 'Catch[0]/Output/a' returned");
    }

    @Test
    void an_iteration_begins_only_when_its_selector_has_made_its_input() {
        DescribeExecutionResponse failed = engine.run(
                "{'StartAt': 'A', 'States': {'A': {'Type': 'Map', 'ItemSelector': {'s.$': '$.none'}, 'ItemProcessor':"
                        + " {'StartAt': 'B', 'States': {'B': {'Type': 'Succeed'}}}, 'End': true}}}",
                "[1, 2]");

        assertThat(failed.error()).isEqualTo("States.Runtime");
        assertThat(engine.events(failed.executionArn()))
                .isEqualTo("1<0:ExecutionStarted 2<0:MapStateEntered 3<2:MapStateStarted 4<3:ExecutionFailed");
    }

    @Test
    void items_that_are_no_array_are_told_without_the_state() {
        DescribeExecutionResponse failed = engine.run(
                "{'StartAt': 'A', 'States': {'A': {'Type': 'Map', 'ItemsPath': '$.i', 'ItemProcessor':"
                        + " {'StartAt': 'B', 'States': {'B': {'Type': 'Succeed'}}}, 'End': true}}}",
                "{'i': 7}");

        assertThat(failed.error()).isEqualTo("States.Runtime");
        assertThat(failed.cause()).isEqualTo("Reference path \"$.i\" must point to array.");
    }

    @Test
    void a_result_of_null_is_none() {
        DescribeExecutionResponse passed = engine.run(
                "{'StartAt': 'A', 'States': {'A': {'Type': 'Pass', 'Result': null, 'End': true}}}", "{'a': 1}");

        assertThat(passed.output()).isEqualTo("{\"a\":1}");
    }
}
