package io.crois.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ArgumentsTest {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Parameter<String> SOURCE = Parameter.text("source");
    private static final Parameter<Long> ROWS = Parameter.integer("rows").withDefault(10L);
    private static final Workflow WORKFLOW = Workflow.builder()
            .name("w")
            .parameter(SOURCE)
            .parameter(ROWS)
            .step("a", s -> s.image("i"))
            .build();

    @Test
    void members_of_a_json_object_are_values() {
        Arguments arguments =
                Arguments.ofJson(JSON.objectNode().put("source", "x").put("rows", 3));

        assertThat(arguments.check(WORKFLOW))
                .containsExactly(Map.entry("source", TextNode.valueOf("x")), Map.entry("rows", JSON.numberNode(3)));
    }

    @Test
    void json_that_is_no_object_is_refused() {
        assertThatThrownBy(() -> Arguments.ofJson(JSON.arrayNode()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Arguments must be a JSON object, but were ARRAY.");
    }

    @Test
    void a_typed_value_replaces_a_text() {
        Arguments arguments =
                Arguments.ofText(Map.of("source", "x", "rows", "1")).with(ROWS, 7L);

        assertThat(arguments.check(WORKFLOW).get("rows").asLong()).isEqualTo(7);
    }

    @Test
    void texts_are_read_by_the_type_of_the_parameter() {
        Arguments arguments = Arguments.ofText(Map.of("source", "12", "rows", "12"));

        assertThat(arguments.check(WORKFLOW).get("source").isTextual()).isTrue();
        assertThat(arguments.check(WORKFLOW).get("rows").isIntegralNumber()).isTrue();
    }

    @Test
    void unknown_arguments_are_named_with_the_nearest_parameter() {
        assertThat(problems(Arguments.ofText(Map.of("source", "x", "row", "1"))))
                .isEqualTo("argument `row`: the workflow has no such parameter. Did you mean `rows`?");
        assertThat(problems(Arguments.ofText(Map.of("source", "x", "threshold", "1"))))
                .isEqualTo("argument `threshold`: the workflow has no such parameter."
                        + " Its parameters are [source, rows].");
    }

    @Test
    void a_text_that_is_no_number_is_refused_by_its_value() {
        assertThat(problems(Arguments.ofText(Map.of("source", "x", "rows", "many"))))
                .isEqualTo("argument `rows`: rows must be of type INTEGER, but was \"many\".");
    }

    @Test
    void the_value_of_a_sealed_parameter_is_never_named() {
        Workflow workflow = Workflow.builder()
                .name("w")
                .parameter(Parameter.integer("pin").sealed())
                .step("a", s -> s.image("i"))
                .build();

        assertThat(catchThrowableOfType(
                                WorkflowValidationException.class,
                                () -> Arguments.ofText(Map.of("pin", "hush")).check(workflow))
                        .problems())
                .containsExactly("argument `pin`: pin must be of type INTEGER.");
    }

    @Test
    void a_value_that_is_not_allowed_is_refused_with_those_that_are() {
        Workflow workflow = Workflow.builder()
                .name("w")
                .parameter(SOURCE.oneOf("csv", "parquet"))
                .step("a", s -> s.image("i"))
                .build();

        assertThat(catchThrowableOfType(
                                WorkflowValidationException.class,
                                () -> Arguments.none().with(SOURCE, "xls").check(workflow))
                        .problems())
                .containsExactly("argument `source`: source must be one of \"csv\", \"parquet\", but was \"xls\".");
    }

    @Test
    void ranges_that_make_no_sense_are_refused_when_the_workflow_is_built() {
        assertThat(Refusals.problem(w -> w.parameter(SOURCE.between(0, 1)).step("a", s -> s.image("i"))))
                .isEqualTo("parameter `source`: has a range, but is of type TEXT. Use `oneOf`.");
        assertThat(Refusals.problem(w ->
                        w.parameter(Parameter.number("eta").between(1, 0.5)).step("a", s -> s.image("i"))))
                .isEqualTo("parameter `eta`: the range from 1 to 0.5 is empty. Swap its ends.");
    }

    private static String problems(Arguments arguments) {
        return String.join(
                "\n",
                catchThrowableOfType(WorkflowValidationException.class, () -> arguments.check(WORKFLOW))
                        .problems());
    }
}
