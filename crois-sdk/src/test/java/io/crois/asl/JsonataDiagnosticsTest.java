package io.crois.asl;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said of JSONata before anything runs. */
final class JsonataDiagnosticsTest {
    private static List<Diagnostic> validate(String fields) {
        return DefinitionValidator.of(MachineType.STANDARD)
                .validate("{\"QueryLanguage\":\"JSONata\",\"StartAt\":\"A\",\"States\":{\"A\":{" + fields
                        + "},\"B\":{\"Type\":\"Succeed\"}}}");
    }

    private static List<Diagnostic> output(String expression) {
        return validate("\"Type\":\"Pass\",\"Next\":\"B\",\"Output\":{\"v\":["
                + TextNode.valueOf("{% " + expression + " %}") + "]}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a[1,2)           | Expected \"]\", got \",\"",
                "\"unterminated   | String literal must be terminated by a matching quote",
                "1 +              | Unexpected end of expression",
                "{\"a\":}         | The symbol \"}\" cannot be used as a unary operator",
                "$x :=            | Unexpected end of expression",
                "$match(\"a\", /abc | No terminating / in regular expression",
                "phone %.other    | The symbol \".\" cannot be used as a unary operator",
                "``               | Unexpected end of expression",
                "(1               | Expected \")\" before end of expression",
                "1 2              | Syntax error: 2",
                "1 := 2           | The left side of := must be a variable name (start with $)",
                "$x.1             | The literal value 1 cannot be used as a step within a path expression",
                "$x{'a': b}[0]    | A predicate cannot follow a grouping expression in a step",
                "$x{'a': b}{'c': d} | Each step can only have one grouping expression",
                "function(a){ 1 } | Parameter 1 of function definition must be a variable name (start with $)",
                "'\\x'            | Unsupported escape sequence: \\\"x\"",
                "/* open          | Comment has no closing tag",
                "$x ! $y          | Unknown operator: \"!\"",
                "1e999            | Number out of range: \"1e999\""
            })
    void an_expression_that_cannot_be_read_is_reported_where_it_stands(String expression, String message) {
        assertThat(output(expression))
                .containsExactly(Diagnostic.error("INVALID_JSONATA_EXPRESSION", "/States/A/Output/v[0]", message));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "phone | Reference to 'phone' at the top level is not supported.",
                "phone.number[0] | Reference to 'phone' at the top level is not supported.",
                "{aaa: 1} | Reference to 'aaa' at the top level is not supported.",
                "$map($states.input.a, function($x){ b }) | Reference to 'b' at the top level is not supported.",
                "$ | Reference to '$' at the top level is not supported.",
                "$$.a | Reference to '$$' is not supported.",
                "$states.errorOutput.Cause | Field '$states.errorOutput' does not exist."
            })
    void an_expression_that_refers_to_what_is_not_there_is_reported(String expression, String message) {
        assertThat(output(expression))
                .containsExactly(Diagnostic.error("UNSUPPORTED_JSONATA_EXPRESSION", "/States/A/Output/v[0]", message));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$states.input.phone[number = 1].other",
                "$states.input.items{kind: $sum(price)}",
                "$count($states.input.list[$ = 0])",
                "$states.input.list^(>price)",
                "$undefined & $states.context.Execution.Id",
                "$states.input ~> |a|{'b': c}|",
                "$eval('1')"
            })
    void an_expression_that_only_may_fail_is_not_reported(String expression) {
        assertThat(output(expression)).extracting(Diagnostic::severity).doesNotContain(Diagnostic.Severity.ERROR);
    }

    @Test
    void all_problems_of_all_fields_are_reported_at_once() {
        List<Diagnostic> found =
                validate("\"Type\":\"Task\",\"Resource\":\"arn:aws:states:::lambda:invoke\",\"Next\":\"B\","
                        + "\"Arguments\":\"{% a & b %}\",\"TimeoutSeconds\":\"{% 1 + %}\",\"Assign\":{\"x\":\"{% ( %}\"},"
                        + "\"Catch\":[{\"ErrorEquals\":[\"States.ALL\"],\"Next\":\"B\",\"Output\":\"{% $states.errorOutput %}\","
                        + "\"Assign\":{\"y\":\"{% ] %}\"}}]");

        assertThat(found)
                .extracting(Diagnostic::place)
                .containsExactlyInAnyOrder(
                        "/States/A/Arguments",
                        "/States/A/Arguments",
                        "/States/A/TimeoutSeconds",
                        "/States/A/Assign/x",
                        "/States/A/Catch[0]/Assign/y");
    }

    @Test
    void an_expression_of_a_mebibyte_is_looked_at_in_bounded_time_and_depth() {
        assertThat(output("(".repeat(400_000) + "1" + ")".repeat(400_000))).isEmpty();
        assertThat(output("$states.input" + ".a".repeat(400_000))).isEmpty();
        assertThat(output("1" + "+1".repeat(400_000))).isEmpty();
    }
}
