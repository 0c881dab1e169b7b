package io.crois.testkit.engine.internal.expression;

import static io.crois.testkit.engine.internal.expression.FixedScope.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PathTest {

    private final FixedScope scope = FixedScope.of("{'a': {'b': [1, null, {'c': 2}]}, 'text': 'x', 'none': null}")
            .with("list", "[7, 8]");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "$.a.b[0] | 1",
                "$['a']['b'][2].c | 2",
                "$.none | null",
                "$.a.b[1] | null",
                "$.a.b[-1].c | 2",
                "$.a.b[*].c | [2]",
                "$.missing[*] | []",
                "$.a.b[?(@.c == 3)] | []",
                "$.a.b.length() | 3",
                "$$.Execution.Name | \"run-1\"",
                "$list[1] | 8",
                "$list | [7,8]"
            })
    void a_path_selects_from_the_input_the_context_or_a_variable(String path, String value) {
        assertThat(Expressions.path(path).evaluate(scope)).hasToString(value);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "$.no | No results for path: $['no']",
                "$.no.such | Missing property in path $['no']",
                "$.a.b[9] | No results for path: $['a']['b'][9]",
                "$.text.x | Expected to find an object with property ['x'] in path $['text'] but found 'java.lang.String'. "
                        + "This is not a json object according to the JsonProvider: "
                        + "'com.jayway.jsonpath.spi.json.JacksonJsonProvider'."
            })
    void a_path_that_selects_nothing_says_so_in_the_words_of_the_service(String path, String problem) {
        assertThatThrownBy(() -> Expressions.path(path).evaluate(scope))
                .isInstanceOf(StatesError.class)
                .hasMessage("Invalid path '" + path + "' : " + problem)
                .extracting(error -> ((StatesError) error).error())
                .isEqualTo("States.Runtime");
    }

    @Test
    void a_template_names_the_field_whose_path_selects_nothing() {
        Template template = Expressions.payload(json("{'value.$': '$.no'}"));

        assertThatThrownBy(() -> template.evaluate(FixedScope.of("{'a': 1}")))
                .hasMessage("The JSONPath '$.no' specified for the field 'value.$' could not be found in the input "
                        + "'{\"a\":1}'");
    }

    @Test
    void a_template_keeps_what_is_no_path() {
        Template template = Expressions.payload(json("{'x': '$.a', 'y.$': '$.text', 'z': [{'w.$': '$.a.b[0]'}]}"));

        assertThat(template.evaluate(scope)).isEqualTo(json("{'x': '$.a', 'y': 'x', 'z': [{'w': 1}]}"));
    }

    @Test
    void a_result_goes_where_its_path_says_and_leaves_the_input_alone() {
        var input = json("{'a': {'b': 1}, 'list': [1, 2]}");

        assertThat(Expressions.resultPath("$.a.c.d").apply(input, json("3")))
                .isEqualTo(json("{'a': {'b': 1, 'c': {'d': 3}}, 'list': [1, 2]}"));
        assertThat(Expressions.resultPath("$.list[1]").apply(input, json("3")))
                .isEqualTo(json("{'a': {'b': 1}, 'list': [1, 3]}"));
        assertThat(input).isEqualTo(json("{'a': {'b': 1}, 'list': [1, 2]}"));
    }

    @Test
    void a_result_cannot_go_into_what_is_no_object() {
        assertThatThrownBy(() -> Expressions.resultPath("$.a").apply(json("'text'"), json("3")))
                .hasMessage("Unable to apply ReferencePath $.a to input \"text\"")
                .extracting(error -> ((StatesError) error).error())
                .isEqualTo("States.ReferencePathConflict");
        assertThatThrownBy(() -> Expressions.resultPath("$.a.b[2].c").apply(json("{'a': {'b': [1]}}"), json("3")))
                .hasMessage("Unable to apply ReferencePath $.a.b[2].c to input {\"a\":{\"b\":[1]}}");
    }
}
