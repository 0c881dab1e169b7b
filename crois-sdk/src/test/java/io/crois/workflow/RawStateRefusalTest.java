package io.crois.workflow;

import static io.crois.workflow.Refusals.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class RawStateRefusalTest {
    @Test
    void a_text_that_is_no_json_is_refused_at_the_call_with_its_line_and_column() {
        Workflow.Builder workflow = Workflow.builder().name("w");

        assertThatThrownBy(() -> workflow.raw("notify", "{\"Type\":\n  Pass}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("The state of raw `notify` is no JSON: ")
                .hasMessageContaining("Line 2, column ");
    }

    @Test
    void no_state_is_refused() {
        assertThat(problem(w -> w.raw("notify", r -> r.value("a", 1))))
                .isEqualTo("raw `notify`: has no state. Set one with `state(json)`, a JSON object with a `Type`.");
    }

    @Test
    void a_state_that_decides_or_ends_is_refused() {
        assertThat(problem(w -> w.raw("notify", "{\"Type\": \"Succeed\"}")))
                .isEqualTo("raw `notify`: its `Type` must be one of Task, Pass, Wait, Parallel and Map, but was"
                        + " `Succeed`. Use `choose` and `fail` for the rest.");
    }

    @Test
    void all_fields_that_the_workflow_sets_are_refused_at_once() {
        assertThat(problem(w -> w.raw(
                        "notify",
                        "{\"Type\": \"Pass\", \"Next\": \"a\", \"Output\": 1, \"End\": true, \"Catch\": []}")))
                .isEqualTo("raw `notify`: has `Next`. The workflow says what follows. Leave it away.\n"
                        + "raw `notify`: has `End`. The workflow says what follows. Leave it away.\n"
                        + "raw `notify`: has `Output`. What follows needs the output to be the run. Keep a value for"
                        + " later states with `Assign`.\n"
                        + "raw `notify`: has `Catch`. Its targets would be outside of the workflow. Use `onFailure`.");
    }

    @Test
    void a_state_in_jsonpath_is_refused() {
        assertThat(problem(w -> w.raw("notify", "{\"Type\": \"Pass\", \"QueryLanguage\": \"JSONPath\"}")))
                .isEqualTo(
                        "raw `notify`: is not written in JSONata, as the machine round it is. Rewrite it in JSONata.");
    }

    @Test
    void a_task_without_a_timeout_is_refused() {
        assertThat(
                        problem(
                                w -> w.raw(
                                        "notify",
                                        "{\"Type\": \"Task\", \"Resource\": \"arn:aws:states:::sns:publish\", \"Arguments\": {\"TopicArn\": \"arn:aws:sns:us-east-1:111111111111:ends\", \"Message\": \"done\"}}")))
                .isEqualTo(
                        "raw `notify`: is a Task without `TimeoutSeconds`, which could hang for ever. Set it to whole"
                                + " seconds.");
    }

    @Test
    void a_nested_transition_to_nowhere_is_refused() {
        assertThat(problem(w -> w.raw(
                        "both",
                        "{\"Type\": \"Parallel\", \"Branches\": [{\"StartAt\": \"a\", \"States\": "
                                + "{\"a\": {\"Type\": \"Pass\", \"Next\": \"b\"}}}]}")))
                .startsWith("raw `both`: ")
                .contains("/States/both/Branches[0]/States/a/Next");
    }

    @Test
    void a_state_whose_fields_cannot_be_read_is_refused() {
        assertThat(problem(w -> w.raw("both", "{\"Type\": \"Parallel\", \"Branches\": 3}")))
                .isEqualTo("raw `both`: /States/both: `Branches` must be an array, but was a number.");
    }

    @Test
    void a_nested_state_with_the_name_of_a_step_is_refused() {
        assertThat(problem(w -> w.step("a", s -> s.image("i"))
                        .raw(
                                "both",
                                "{\"Type\": \"Parallel\", \"Branches\": [{\"StartAt\": \"a\", \"States\": "
                                        + "{\"a\": {\"Type\": \"Pass\", \"End\": true}}}]}")))
                .isEqualTo("raw `both`: the name of its state `a` is taken already. Rename one of them.");
    }

    @Test
    void values_are_checked_like_any_other_reference() {
        Parameter<String> token = Parameter.text("token").sealed();

        assertThat(problem(w -> w.parameter(token)
                        .raw(
                                "notify",
                                r -> r.state("{\"Type\": \"Pass\"}")
                                        .value("the score", Result.number("auc"))
                                        .value("token", Text.of("x", token)))))
                .isEqualTo("raw `notify`: the name of a value must be a letter followed by at most 63 letters, digits"
                        + " or `_`, but was `the score`.\n"
                        + "raw `notify`: uses result `auc`, which no earlier step produces. Let an earlier step produce"
                        + " it.\n"
                        + "raw `notify`: decides by the parameter `token`, which is sealed, so that only a step's command"
                        + " can read it. Leave `sealed()` away.");
    }
}
