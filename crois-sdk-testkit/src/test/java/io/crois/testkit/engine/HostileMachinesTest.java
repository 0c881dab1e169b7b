package io.crois.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crois.asl.AslFormatException;
import io.crois.asl.StateMachine;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.InvalidDefinitionException;
import software.amazon.awssdk.services.sfn.model.InvalidExecutionInputException;
import software.amazon.awssdk.services.sfn.model.ValidateStateMachineDefinitionResultCode;

/** Machines and inputs that ask for endless time, memory or stack: each ends in an error of the service. */
final class HostileMachinesTest {

    private static final int DEFINITION_BYTES = 1_048_576;

    /** Classes that evaluate expressions; other threads of this process may have patterns of their own. */
    private static final String EVALUATION = "(io\\.crois\\.testkit\\.engine|com\\.dashjoin|com\\.jayway)\\..*";

    private final StepFunctions engine = new StepFunctions();

    private DescribeExecutionResponse output(String expression, String input) {
        return engine.run(
                "{'QueryLanguage': 'JSONata', 'StartAt': 'A', 'States': {'A': {'Type': 'Pass', 'End': true, 'Output': '{% "
                        + expression + " %}'}}}",
                input);
    }

    private DescribeExecutionResponse parameters(String value, String input) {
        return engine.run(
                "{'StartAt': 'A', 'States': {'A': {'Type': 'Pass', 'End': true, 'Parameters': {'a.$': '" + value
                        + "'}}}}",
                input);
    }

    /** Returns a machine that would end if the data had a member {@code end}. */
    private static String loop(String passFields) {
        return "{'StartAt': 'A', 'States': {'A': {'Type': 'Pass', " + passFields + ", 'Next': 'C'},"
                + "'C': {'Type': 'Choice', 'Choices': [{'Variable': '$.end', 'IsPresent': true, 'Next': 'E'}],"
                + "'Default': 'A'}, 'E': {'Type': 'Succeed'}}}";
    }

    private static String nested(String open, String inner, String close, int bytes) {
        int times = (bytes - inner.length()) / (open.length() + close.length());
        return open.repeat(times) + inner + close.repeat(times);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[ | 1 | ]",
                "{\"a\":[ | 1 | ]}",
                "{\"StartAt\":\"A\",\"States\":{\"A\":{\"Type\":\"Parallel\",\"End\":true,\"Branches\":[ | 1 | ]}}}"
            })
    void a_definition_that_is_nothing_but_nesting_is_refused(String open, String inner, String close) {
        String definition = nested(open, inner, close, DEFINITION_BYTES);

        assertThatThrownBy(() -> StateMachine.parse(definition)).isInstanceOf(AslFormatException.class);
        assertThatThrownBy(() -> engine.create(definition)).isInstanceOf(InvalidDefinitionException.class);
        assertThat(engine.sfn
                        .validateStateMachineDefinition(request -> request.definition(definition))
                        .result())
                .isEqualTo(ValidateStateMachineDefinitionResultCode.FAIL);
    }

    @Test
    void a_machine_nested_as_deep_as_a_definition_may_be_is_read_written_checked_and_run() {
        String definition = "{'StartAt':'A','States':{'A':{'Type':'Pass','End':true}}}".replace('\'', '"');
        for (int i = 0; i < 190; i++) {
            definition =
                    "{\"StartAt\":\"P%1$d\",\"States\":{\"P%1$d\":{\"Type\":\"Parallel\",\"End\":true,\"Branches\":["
                                    .formatted(i)
                            + definition + "]}}}";
        }

        assertThat(StateMachine.parse(StateMachine.parse(definition).toJson()))
                .isEqualTo(StateMachine.parse(definition));
        assertThat(engine.run(definition, "{}").status()).isEqualTo(ExecutionStatus.SUCCEEDED);
    }

    @Test
    void a_choice_of_nothing_but_negations_is_refused_or_decides() {
        String tests = "{\"Not\":".repeat(500) + "{\"Variable\":\"$.a\",\"IsPresent\":true}" + "}".repeat(500);
        String definition = "{\"StartAt\":\"C\",\"States\":{\"C\":{\"Type\":\"Choice\",\"Choices\":[{\"And\":[" + tests
                + "," + tests + "],\"Next\":\"D\"}]},\"D\":{\"Type\":\"Succeed\"}}}";

        assertThat(engine.run(definition, "{\"a\":1}").status()).isEqualTo(ExecutionStatus.SUCCEEDED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "($f := function($n) { $f($n + 1) }; $f(0))",
                "($f := function($n) { 1 + $f($n + 1) }; $f(0))",
                "($f := function($t) { $f($t & $t) }; $f($states.input.text))",
                "($f := function($l) { $f($append($l, $l)) }; $f([1..1000]))",
                "$count($map([1..10000000], function($i) { $i * 2 }))",
                "[1..873783]",
                "[1..100000000]",
                "$reduce([1..10000000], function($a, $b) { [$a] })",
                "$map([1..3000], function($i) { $map([1..3000], function($j) { $map([1..3000], function($k) { 1 }) }) })",
                "$match($states.input.text, /^(a|aa)+\\\\1b$/)",
                "$contains($states.input.text, /^(a|aa)+\\\\1b$/)",
                "$replace($states.input.text, /^(a|aa)+\\\\1b$/, $string(1))",
                "$split($states.input.text, /^(a|aa)+\\\\1b$/)",
                "$states.input.text ~> /^(a|aa)+\\\\1b$/",
                "$map([$states.input.text], /^(a|aa)+\\\\1b$/)",
                "$each($states.input, /^(a|aa)+\\\\1b$/)",
                "($r := /^(a|aa)+\\\\1b$/; $r($states.input.text))",
                "$pad($string(1), 1000000000)"
            })
    void an_expression_that_would_not_end_is_an_evaluation_error(String expression) {
        DescribeExecutionResponse end = output(expression, "{'text': '" + "a".repeat(60) + "!'}");

        assertThat(end.error()).isEqualTo("States.QueryEvaluationError");
        assertThat(end.cause()).contains("specified for the field 'Output'");
        assertNothingGoesOn();
    }

    private static void assertNothingGoesOn() {
        assertThat(Thread.getAllStackTraces().values())
                .filteredOn(stack -> has(stack, "java\\.util\\.regex\\..*") && has(stack, EVALUATION))
                .isEmpty();
    }

    private static boolean has(StackTraceElement[] stack, String names) {
        return Arrays.stream(stack).anyMatch(call -> call.getClassName().matches(names));
    }

    @Test
    void an_expression_that_is_a_mebibyte_of_parentheses_is_an_evaluation_error_or_refused() {
        assertThat(output(nested("(", "1", ")", 100_000), "{}").error()).isEqualTo("States.QueryEvaluationError");
        assertThat(output("1" + "+1".repeat(100_000), "{}").error()).isEqualTo("States.QueryEvaluationError");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$..*..*..*..*..*",
                "$..[?(@..[?(@..[?(@..x)])])]",
                "$.text[?(@ =~ /^(a|aa)+\\\\1b$/)]",
                "$[?(@.text =~ /^(A|AA)+\\\\1b$/i)]",
                "$[?(/^(a|aa)+\\\\1b$/ =~ @.text[0])]"
            })
    void a_path_that_would_not_end_ends(String path) {
        String input = "{'text': ['" + "a".repeat(60) + "!'], 'deep': " + nested("{\"a\":", "[1]", "}", 3_000) + "}";

        DescribeExecutionResponse end = parameters(path, input);

        assertThat(end.status()).isEqualTo(ExecutionStatus.FAILED);
        assertThat(end.error()).isEqualTo("States.Runtime");
        assertNothingGoesOn();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "States.ArrayRange(1, 1001, 1)",
                "States.ArrayRange(1, 9000000000000000000, 1)",
                "States.ArrayRange(9223372036854775806, 9223372036854775807, 1)",
                "States.ArrayRange(1, 5, 0)",
                "States.ArrayPartition($.list, 0)",
                "States.Base64Encode($.text)",
                "States.StringToJson($.deep)"
            })
    void an_intrinsic_function_beyond_its_limits_fails(String call) {
        String input = "{'list': [1], 'text': '" + "a".repeat(10_001) + "', 'deep': '" + "[".repeat(20_000) + "'}";

        assertThat(parameters(call, input).error()).isEqualTo("States.Runtime");
    }

    @Test
    void intrinsic_functions_that_nest_too_deeply_are_refused_with_the_definition() {
        assertThat(parameters("States.Array(".repeat(10) + "1" + ")".repeat(10), "{}")
                        .output())
                .isEqualTo("{\"a\":" + "[".repeat(10) + "1" + "]".repeat(10) + "}");
        assertThatThrownBy(() -> parameters(nested("States.Array(", "1", ")", 1_000_000), "{}"))
                .isInstanceOf(InvalidDefinitionException.class);
    }

    @Test
    void a_text_that_grows_with_each_format_is_stopped() {
        String twice = "States.Format('{}{}{}{}{}{}{}{}', %1$s, %1$s, %1$s, %1$s, %1$s, %1$s, %1$s, %1$s)";
        String call = twice.formatted(twice.formatted(twice.formatted("$.text")));

        DescribeExecutionResponse end =
                parameters(call.replace("'", "\\u0027"), "{\"text\": \"" + "a".repeat(100_000) + "\"}");

        assertThat(end.error()).isEqualTo("States.Runtime");
    }

    @Test
    void an_input_that_nests_too_deeply_is_refused() {
        String machine = engine.create("{'StartAt': 'A', 'States': {'A': {'Type': 'Succeed'}}}");

        assertThatThrownBy(() -> engine.sfn.startExecution(
                        request -> request.stateMachineArn(machine).input("[".repeat(50_000) + "]".repeat(50_000))))
                .isInstanceOf(InvalidExecutionInputException.class);
    }

    @Test
    void data_that_a_loop_nests_deeper_and_deeper_are_too_large_in_the_end() {
        String definition = loop("'Parameters': {'a.$': '$'}");

        DescribeExecutionResponse end = engine.run(definition, "{}");

        assertThat(end.error()).isEqualTo("States.DataLimitExceeded");
        assertThat(engine.history(end.executionArn())).hasSizeGreaterThan(1_000);
    }

    @Test
    void data_that_double_in_a_loop_are_too_large_in_the_end() {
        String definition = loop("'Parameters': {'a.$': '$', 'b.$': '$'}");

        assertThat(engine.run(definition, "{}").error()).isEqualTo("States.DataLimitExceeded");
    }

    @Test
    void a_loop_without_end_ends_at_the_histories_limit() {
        DescribeExecutionResponse end = engine.run(loop("'Comment': 'again'"), "{}");

        assertThat(end.error()).isEqualTo("States.Runtime");
        assertThat(engine.history(end.executionArn())).hasSize(25_000);
    }

    @Test
    void a_map_over_as_many_items_as_an_expression_can_make_ends_at_the_histories_limit() {
        DescribeExecutionResponse end = engine.run(
                "{'QueryLanguage': 'JSONata', 'StartAt': 'M', 'States': {'M': {'Type': 'Map', 'End': true,"
                        + "'Items': '{% [1..800000] %}', 'ItemProcessor': {'StartAt': 'A', 'States':"
                        + "{'A': {'Type': 'Pass', 'End': true}}}}}}",
                "{}");

        assertThat(end.error()).isEqualTo("States.Runtime");
        assertThat(engine.history(end.executionArn())).hasSize(25_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e999999999", "-1e999999999", "1e-999999999", "123456789012345678901234567890"})
    void a_number_of_any_magnitude_is_compared_and_computed_with(String number) {
        String definition = "{'StartAt': 'C', 'States': {'C': {'Type': 'Choice', 'Choices': ["
                + "{'Variable': '$.n', 'NumericGreaterThan': 1.5, 'Next': 'D'}], 'Default': 'D'},"
                + "'D': {'Type': 'Pass', 'Parameters': {'sum.$': 'States.MathAdd($.n, 1)'}, 'End': true}}}";

        assertThat(engine.run(definition, "{'n': " + number + "}").status())
                .isIn(ExecutionStatus.SUCCEEDED, ExecutionStatus.FAILED);
        assertThat(output("$states.input.n > 1", "{'n': " + number + "}").status())
                .isIn(ExecutionStatus.SUCCEEDED, ExecutionStatus.FAILED);
    }

    @Test
    void a_pattern_of_many_stars_is_matched_in_bounded_time() {
        String definition = "{'StartAt': 'C', 'States': {'C': {'Type': 'Choice', 'Choices': ["
                + "{'Variable': '$.t', 'StringMatches': '" + "*a".repeat(2_000) + "b', 'Next': 'D'}], 'Default': 'E'},"
                + "'D': {'Type': 'Fail'}, 'E': {'Type': 'Succeed'}}}";

        assertThat(engine.run(definition, "{'t': '" + "a".repeat(100_000) + "'}")
                        .status())
                .isEqualTo(ExecutionStatus.SUCCEEDED);
    }
}
