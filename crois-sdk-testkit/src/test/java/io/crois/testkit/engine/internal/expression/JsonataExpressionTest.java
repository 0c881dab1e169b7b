package io.crois.testkit.engine.internal.expression;

import static io.crois.testkit.engine.internal.expression.FixedScope.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.TextNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class JsonataExpressionTest {

    private final FixedScope scope = FixedScope.of("{'n': 2, 'none': null, 'list': [1, null, {'x': 3}], 'f': 1.50}")
            .with("items", "[5, 6]");

    private String value(String expression) {
        return Expressions.jsonata(TextNode.valueOf("{% " + expression + " %}"), "Output")
                .evaluate(scope)
                .toString();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "$states.input.n + 1 | 3",
                "$states.input.none | null",
                "$states.input.none = null | true",
                "$states.input.list | [1,null,{\"x\":3}]",
                "$states.input.list[2].x | 3",
                "$states.context.Execution.Name | \"run-1\"",
                "$items[0] | 5",
                "$map($items, function($i) { $i * 2 }) | [10,12]",
                "10 / 4 | 2.5",
                "10 / 5 | 2",
                "$partition([1, 2, 3], 2) | [[1,2],[3]]",
                "$range(0, 10, 5) | [0,5,10]",
                "$hash('a', 'MD5') | \"0cc175b9c0f1b6a831c399e269772661\"",
                "$parse('{\"a\": [1, null]}') | {\"a\":[1,null]}",
                "$random(1) = $random(1) | true",
                "$now() | \"2026-01-02T03:04:05.678Z\"",
                "$now('[Y]') | \"2026\"",
                "$millis() | 1767323045678",
                "$contains('abc', /b/) | true",
                "$match('abc', /b/).match | \"b\"",
                "$replace('hello', /l+/, 'L') | \"heLo\"",
                "$split('a1b2', /[0-9]/) | [\"a\",\"b\",\"\"]",
                "$partition([1, 2, 3], 1.9) | [[1],[2],[3]]",
                "$partition([1, 2, 3]) | [[1,2,3]]",
                "$range(9, 1, -4) | [9,5,1]",
                "$range(-1.2, 2.8, 1.9) | [-1,0,1,2]",
                "$range(3, 3, 1) | 3",
                "$count($range(0, 1000, 1)) | 1001",
                "$count([1..873782]) | 873782",
                "$random(42) | 0.7275636800328681",
                "1/0 | \"Infinity\"",
                "-1/0 | \"-Infinity\""
            })
    void an_expression_makes_its_value(String expression, String value) {
        assertThat(value(expression)).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "$nothing | returned nothing (undefined).",
                "function($x) { $x } | returned an unsupported result type.",
                "'a' + 1 | threw an error during evaluation. T2001: The left side of the \"+\" operator must evaluate to a number",
                "$range(0, 4, 0) | returned nothing (undefined).",
                "$range(3, 1, 1) | returned nothing (undefined).",
                "$range(0, 4) | returned nothing (undefined).",
                "$range('0', 4, 1) | threw an error during evaluation. T0410: Argument 1 of function \"range\" does not match function signature",
                "$range(0, 4, 1, 2) | threw an error during evaluation. T0410: Argument 4 of function \"range\" does not match function signature",
                "$partition([], 2) | returned nothing (undefined).",
                "$partition($nothing, 2) | returned nothing (undefined).",
                "$partition([1], -1) | threw an error during evaluation. D3137: Second argument must be zero or greater",
                "$partition('a', 1) | threw an error during evaluation. T0412: Argument 1 of function \"partition\" must be an array of undefined",
                "$hash('a', 'CRC') | threw an error during evaluation. D3137: Hash algorithm 'CRC' must be one of SHA-1, SHA-384, SHA-256, SHA-512, MD5",
                "$parse('') | threw an error during evaluation. D3137: Invalid JSON",
                "$parse('{\"a\":1,\"a\":2}') | threw an error during evaluation. D3137: Invalid JSON",
                "$sum(['a']) | threw an error during evaluation. T0412: Argument 1 of function \"sum\" must be an array of \"numbers\"",
                "$join([1]) | threw an error during evaluation. T0412: Argument 1 of function \"join\" must be an array of \"strings\"",
                "1 < 'a' | threw an error during evaluation. T2009: The values 1 and \"a\" either side of operator \"<\" must be of the same data type",
                "$number('abc') | threw an error during evaluation. D3030: Unable to cast value to a number: \"abc\"",
                "$toMillis('bad') | threw an error during evaluation. D3110: The argument of the toMillis function must be an ISO 8601 formatted timestamp. Given \"bad\"",
                "$sqrt(-1) | threw an error during evaluation. D3060: The sqrt function cannot be applied to a negative number: -1",
                "$uuid(1) | threw an error during evaluation. T0410: Argument 1 of function \"uuid\" does not match function signature",
                "$abs('a') | threw an error during evaluation. T0410: Argument 1 of function \"abs\" does not match function signature",
                "$sum([1..873783]) | threw an error during evaluation: Expression evaluation memory limit exceeded: Check for excessive memory usage",
                "$eval('1') | threw an error during evaluation. T1006: Attempted to invoke a non-function"
            })
    void an_expression_that_fails_is_told_with_its_field(String expression, String problem) {
        assertThatThrownBy(() -> value(expression))
                .hasMessage("The JSONata expression '" + expression + "' specified for the field 'Output' " + problem)
                .extracting(error -> ((StatesError) error).error())
                .isEqualTo("States.QueryEvaluationError");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"($f := function($n) { $f($n + 1) }; $f(0))", "($f := function($n) { 1 + $f($n + 1) }; $f(0))"})
    void an_expression_without_end_is_stopped(String expression) {
        assertThatThrownBy(() -> value(expression)).hasMessageContaining("threw an error during evaluation: ");
    }

    @Test
    void an_expression_that_nests_or_makes_too_much_fails_like_any_other() {
        assertThatThrownBy(() -> value("(".repeat(20_000) + "1" + ")".repeat(20_000)))
                .hasMessageEndingWith("cannot be read: it nests too deeply");
        assertThatThrownBy(() -> value("$pad('a', 1000000000)"))
                .hasMessageEndingWith("during evaluation: Expression evaluation memory limit exceeded: "
                        + "Check for excessive memory usage");
        assertThat(value("$pad('a', -3, '#')")).isEqualTo("\"##a\"");
    }

    @Test
    void a_text_is_padded_with_as_many_characters_as_the_service_adds() {
        assertThat(value("$length($pad('a', 262145, 'é'))")).isEqualTo("262145");
        assertThat(value("$length($pad($pad('', 200000), -300000))")).isEqualTo("300000");
        assertThatThrownBy(() -> value("$pad('a', 262146, 'é')")).hasMessageContaining("memory limit exceeded");
        assertThat(value("[$pad('a', 5, '#é'), $pad('😀', -3, ''), $pad('abc', 2), $pad('a', 0)]"))
                .isEqualTo("[\"a#é#é\",\"  😀\",\"abc\",\"a\"]");
        assertThatThrownBy(() -> value("$pad('a', -1e30)")).hasMessageContaining("memory limit exceeded");
        assertThatThrownBy(() -> value("$pad('a', -262146)")).hasMessageContaining("memory limit exceeded");
    }

    @Test
    void a_regular_expression_without_end_is_stopped() {
        assertThatThrownBy(() -> value("$match('" + "a".repeat(60) + "!', /^(a|aa)+\\1b$/)"))
                .hasMessageContaining("timeout");
    }

    @Test
    void a_template_holds_expressions_at_any_depth() {
        Template template = Expressions.jsonata(
                json("{'a': [{'b': '{% $states.input.n %}'}, ' {% no %} '], 'c': '{% $none %}'}"), "Assign");

        assertThatThrownBy(() -> template.evaluate(scope))
                .hasMessageContaining("specified for the field 'Assign/c' returned nothing");
        assertThat(template.evaluate(scope.with("none", "null")))
                .isEqualTo(json("{'a': [{'b': 2}, ' {% no %} '], 'c': null}"));
    }
}
