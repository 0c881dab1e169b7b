package io.crois.asl;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class DefinitionValidatorTest {
    @Test
    void a_missing_target_and_a_state_that_nothing_leads_to_are_both_reported() {
        assertThat(problems("""
                {"StartAt": "pass1", "States": {
                  "pass1": {"Type": "Pass", "Next": "pass3"}, "pass2": {"Type": "Pass", "End": true}}}
                """))
                .containsExactly(
                        "MISSING_TRANSITION_TARGET: Missing 'Next' target: pass3 at /States/pass1/Next",
                        "MISSING_TRANSITION_TARGET: State \"pass2\" is not reachable. at /States/pass2");
    }

    @Test
    void targets_of_rules_defaults_and_catchers_are_all_called_next() {
        assertThat(problems("""
                {"StartAt": "c", "States": {
                  "c": {"Type": "Choice", "Choices": [{"Variable": "$.a", "IsNull": true, "Next": "x"}, {"Variable": "$.a", "IsNull": true, "Next": "t"}], "Default": "y"},
                  "t": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": {"FunctionName": "f"},
                    "End": true, "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "z"}]}}}
                """))
                .containsExactly(
                        "MISSING_TRANSITION_TARGET: Missing 'Next' target: y at /States/c/Default",
                        "MISSING_TRANSITION_TARGET: Missing 'Next' target: x at /States/c/Choices[0]/Next",
                        "MISSING_TRANSITION_TARGET: Missing 'Next' target: z at /States/t/Catch[0]/Next");
    }

    @Test
    void a_loop_without_an_end_is_reported_instead_of_what_it_does_not_reach() {
        assertThat(problems("""
                {"StartAt": "a", "States": {"a": {"Type": "Pass", "Next": "b"}, "b": {"Type": "Pass", "Next": "a"},
                  "c": {"Type": "Pass", "Next": "a"}}}
                """)).containsExactly("MISSING_END_STATE: Workflow has no terminal state at null");
    }

    @Test
    void a_field_that_the_kind_or_the_language_has_no_use_for_is_reported_at_its_state() {
        assertThat(problems("""
                {"StartAt": "m", "States": {"m": {"Type": "Map", "QueryLanguage": "JSONata", "TimeoutSeconds": 5,
                  "InputPath": "$.a", "End": true, "ItemProcessor": {"StartAt": "p", "QueryLanguage": "JSONata",
                    "States": {"p": {"Type": "Pass", "Output": 1, "Catch": [], "End": true}}}}}}
                """))
                .containsExactlyInAnyOrder(
                        "SCHEMA_VALIDATION_FAILED: Field 'TimeoutSeconds' is not supported at /States/m",
                        "SCHEMA_VALIDATION_FAILED: The QueryLanguage is set to 'JSONata', but field 'InputPath' is only"
                                + " supported for the 'JSONPath' QueryLanguage at /States/m",
                        "SCHEMA_VALIDATION_FAILED: Field 'QueryLanguage' is not supported at /States/m/ItemProcessor",
                        "SCHEMA_VALIDATION_FAILED: The QueryLanguage is set to 'JSONPath', but field 'Output' is only"
                                + " supported for the 'JSONata' QueryLanguage at /States/m/ItemProcessor/States/p",
                        "SCHEMA_VALIDATION_FAILED: Field 'Catch' is not supported at /States/m/ItemProcessor/States/p");
    }

    @Test
    void a_task_of_ecs_that_is_waited_for_is_one_and_names_nobody_who_started_it() {
        String task = """
                {"StartAt": "t", "States": {"t": {"Type": "Task", "Resource": "arn:aws:states:::ecs:runTask%s",
                  "Parameters": {"TaskDefinition": "d", "Count.$": "$.n", "StartedBy": "me"}, "End": true}}}
                """;

        assertThat(problems(task.formatted(".sync")))
                .containsExactly(
                        "SCHEMA_VALIDATION_FAILED: The field 'Count' is not supported by Step Functions"
                                + " at /States/t/Parameters",
                        "SCHEMA_VALIDATION_FAILED: The field 'StartedBy' is not supported by Step Functions"
                                + " at /States/t/Parameters");
        assertThat(problems(task.formatted(""))).isEmpty();
    }

    @Test
    void a_machine_says_itself_what_is_wrong_with_it() {
        StateMachine machine = StateMachine.builder()
                .addState("only", PassState.builder().next("gone").build())
                .build();

        assertThat(machine.validate())
                .extracting(Diagnostic::code)
                .containsExactly("MISSING_TRANSITION_TARGET", "MISSING_END_STATE");
    }

    @Test
    void names_bound_inside_an_expression_and_built_in_functions_are_no_variables() {
        StateMachine machine = StateMachine.parse("""
                {"StartAt": "a", "QueryLanguage": "JSONata", "States": {"a": {"Type": "Pass", "End": true, "Output":
                  ["{% ($x := $y; $map($items, function($v) { $v + $x & '$text' & $$.a })) %}", "$plain",
                   "{% $states.input.b ~> $uppercase %}"]}}}
                """);

        assertThat(VariableReferences.of(machine)).hasSize(1).containsEntry("a", List.of("items", "y"));
    }

    @Test
    void only_states_that_have_a_result_can_read_one() {
        assertThat(problems("""
                {"StartAt": "t", "QueryLanguage": "JSONata", "States": {
                  "t": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Arguments": {"FunctionName": "f"},
                    "Output": "{% $states.result.a %}", "Assign": {"x": "{% $states.result %}"}, "Next": "p"},
                  "p": {"Type": "Pass", "Output": {"of": ["{% $states.result.a & $states.result %}"]}, "Next": "c"},
                  "c": {"Type": "Choice", "Choices": [{"Condition": "{% $states.result.a = 1 %}", "Next": "m"}]},
                  "m": {"Type": "Map", "Items": [1], "Output": "{% $states.result %}", "End": true, "ItemProcessor": {
                    "StartAt": "w", "States": {"w": {"Type": "Wait", "Seconds": 1, "End": true,
                      "Output": "{% '$states.result' & $states.input %}"}}}}}}
                """))
                .containsExactly(
                        "UNSUPPORTED_JSONATA_EXPRESSION: Field '$states.result' does not exist. at /States/p/Output/of[0]",
                        "UNSUPPORTED_JSONATA_EXPRESSION: Field '$states.result' does not exist. at /States/c/Choices[0]/Condition");
    }

    @Test
    void a_variable_that_no_state_assigns_where_it_can_be_seen_is_warned_of() {
        String machine = """
                {"StartAt": "f", "QueryLanguage": "JSONata", "States": {
                  "f": {"Type": "Parallel", "Next": "r", "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "r", "Assign": {"e": 1}}],
                    "Branches": [
                      {"StartAt": "i", "States": {"i": {"Type": "Pass", "Assign": {"in": 2}, "Next": "j"},
                        "j": {"Type": "Pass", "Output": "{% $in + $late %}", "End": true}}},
                      {"StartAt": "k", "States": {"k": {"Type": "Pass", "Output": ["{% $in %}"], "End": true}}}]},
                  "r": {"Type": "Pass", "Comment": "{% $no %}", "Output": {"a": "{% [$in, $e, [1]#$n.($n)] %}"},
                    "Assign": {"late": "{% $late %}"}, "Next": "d"},
                  "d": {"Type": "Map", "Items": "{% $e %}", "End": true, "ItemProcessor": {"StartAt": "z",
                    "ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"},
                    "States": {"z": {"Type": "Pass", "Output": "{% $e %}", "End": true}}}}}}
                """;

        assertThat(problems(machine))
                .containsExactly(
                        "POSSIBLY_UNDEFINED_VARIABLE: Variable 'in' is possibly not defined. at"
                                + " /States/f/Branches[1]/States/k/Output[0]",
                        "POSSIBLY_UNDEFINED_VARIABLE: Variable 'in' is possibly not defined. at /States/r/Output/a",
                        "POSSIBLY_UNDEFINED_VARIABLE: Variable 'e' is possibly not defined. at"
                                + " /States/d/ItemProcessor/States/z/Output");
        assertThat(StateMachine.parse(machine).validate())
                .extracting(Diagnostic::severity)
                .containsOnly(Diagnostic.Severity.WARNING);
    }

    private static List<String> problems(String definition) {
        return DefinitionValidator.of(MachineType.STANDARD).validate(definition).stream()
                .map(Diagnostic::describe)
                .toList();
    }
}
