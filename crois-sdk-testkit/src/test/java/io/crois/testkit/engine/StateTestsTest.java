package io.crois.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.sfn.model.InspectionLevel;
import software.amazon.awssdk.services.sfn.model.InvalidDefinitionException;
import software.amazon.awssdk.services.sfn.model.SfnException;
import software.amazon.awssdk.services.sfn.model.TestExecutionStatus;
import software.amazon.awssdk.services.sfn.model.TestStateRequest;
import software.amazon.awssdk.services.sfn.model.TestStateResponse;
import software.amazon.awssdk.services.sfn.model.ValidationException;

final class StateTestsTest {

    private static final String TASK =
            "{'Type': 'Task', 'Resource': 'arn:aws:states:::lambda:invoke', 'Parameters': {'FunctionName': 'f', 'p.$': '$.a'}, "
                    + "'ResultSelector': {'r.$': '$.Payload'}, 'ResultPath': '$.task', 'Next': 'After', "
                    + "'Retry': [{'ErrorEquals': ['Again'], 'IntervalSeconds': 4, 'MaxAttempts': 2}], "
                    + "'Catch': [{'ErrorEquals': ['Other'], 'Next': 'No'}, {'ErrorEquals': ['States.ALL'], 'Next': 'Caught'}]}";

    private final StepFunctions engine = new StepFunctions();

    private TestStateResponse test(TestStateRequest.Builder request, String definition) {
        return engine.sfn.testState(request.definition(definition.replace('\'', '"'))
                .roleArn("arn:aws:iam::111111111111:role/test")
                .inspectionLevel(InspectionLevel.DEBUG)
                .build());
    }

    @Test
    void a_mocked_task_shows_the_data_on_its_way() {
        TestStateResponse response =
                test(TestStateRequest.builder().input("{\"a\":1}").mock(m -> m.result("{\"Payload\":\"2\"}")), TASK);

        assertThat(response.status()).isEqualTo(TestExecutionStatus.SUCCEEDED);
        assertThat(response.output()).isEqualTo("{\"a\":1,\"task\":{\"r\":\"2\"}}");
        assertThat(response.nextState()).isEqualTo("After");
        assertThat(response.inspectionData().afterParameters()).isEqualTo("{\"FunctionName\":\"f\",\"p\":1}");
        assertThat(response.inspectionData().result()).isEqualTo("{\"Payload\":\"2\"}");
        assertThat(response.inspectionData().afterResultSelector()).isEqualTo("{\"r\":\"2\"}");
        assertThat(response.inspectionData().afterResultPath()).isEqualTo("{\"a\":1,\"task\":{\"r\":\"2\"}}");
    }

    @Test
    void a_retrier_that_matches_makes_the_state_retriable_until_its_attempts_are_used_up() {
        TestStateRequest.Builder request = TestStateRequest.builder()
                .input("{\"a\":1}")
                .mock(m -> m.errorOutput(e -> e.error("Again").cause("busy")));

        TestStateResponse second = test(request.stateConfiguration(c -> c.retrierRetryCount(1)), TASK);
        TestStateResponse last = test(request.stateConfiguration(c -> c.retrierRetryCount(2)), TASK);

        assertThat(second.status()).isEqualTo(TestExecutionStatus.RETRIABLE);
        assertThat(second.inspectionData().errorDetails().retryIndex()).isZero();
        assertThat(second.inspectionData().errorDetails().retryBackoffIntervalSeconds())
                .isEqualTo(8);
        assertThat(last.status()).isEqualTo(TestExecutionStatus.CAUGHT_ERROR);
        assertThat(last.nextState()).isEqualTo("Caught");
        assertThat(last.cause()).isEqualTo("busy");
        assertThat(last.inspectionData().afterResultPath()).isEqualTo("{\"Error\":\"Again\",\"Cause\":\"busy\"}");
        assertThat(last.inspectionData().errorDetails().catchIndex()).isEqualTo(1);
    }

    @Test
    void a_state_is_found_in_its_machine_and_sees_the_variables_given() {
        TestStateResponse response = test(
                TestStateRequest.builder().stateName("Inner").variables("{\"v\":3}"),
                "{'StartAt': 'Outer', 'QueryLanguage': 'JSONata', 'States': {'Outer': {'Type': 'Parallel', 'End': true, "
                        + "'Branches': [{'StartAt': 'Inner', 'States': {'Inner': {'Type': 'Pass', "
                        + "'Output': '{% $v + 1 %}', 'Assign': {'w': 5}, 'End': true}}}]}}}");

        assertThat(response.output()).isEqualTo("4");
        assertThat(response.inspectionData().variables()).isEqualTo("{\"v\":3,\"w\":5}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'Type': 'Pass', 'End': true} | {} | State type 'Pass' is not supported when a mock is specified",
                "{'Type': 'Parallel', 'Branches': [{'StartAt': 'A', 'States': {'A': {'Type': 'Succeed'}}}], 'End': true} | {} | Mocked result must be an array.",
                "{'Type': 'Task', 'Resource': 'arn:aws:states:::lambda:invoke', 'Parameters': {'FunctionName': 'f'}, 'End': true} | no | Mocked result must be valid JSON",
                "{'Type': 'Task', 'Resource': 'arn:aws:states:::lambda:invoke', 'Parameters': {'FunctionName': 'f'}, 'End': true} | null | Mocked result must be a valid JSON object.",
                "{'Type': 'Task', 'Resource': 'arn:aws:states:::lambda:invoke', 'Parameters': {'FunctionName': 'f'}, 'End': true} | {\"Payload\": {}} | Mock result schema validation error: Field 'Payload' must be a string",
                "{'Type': 'Parallel', 'Branches': [{'StartAt': 'A', 'States': {'A': {'Type': 'Succeed'}}}], 'End': true} | [1, 2] | Mocked result must contain the same number of items as number of Parallel branches.",
                "{'Type': 'Task', 'Resource': 'arn:aws:states:::states:startExecution', 'Parameters': {'StateMachineArn': 'm'}, 'End': true} | {} | Mock result schema validation error: Required field 'ExecutionArn' is missing",
                "{'Type': 'Task', 'Resource': 'arn:aws:states:::aws-sdk:dynamodb:getItem', 'End': true} | {\"Item\": 1} | Mock result schema validation error: Field 'Item' must be an object"
            })
    void a_mock_that_does_not_fit_is_refused(String definition, String result, String message) {
        assertThatThrownBy(() -> test(TestStateRequest.builder().mock(m -> m.result(result)), definition))
                .isInstanceOfSatisfying(
                        SfnException.class,
                        refusal -> assertThat(refusal.awsErrorDetails().errorMessage())
                                .isEqualTo(message));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"Map\": {}} | 'Map' field is not supported when mocking a Context object",
                "{\"No\": {}} | Field 'No' is not allowed",
                "{\"Execution\": {\"Id\": 1}} | Execution.Id must be a string"
            })
    void a_context_object_of_another_form_is_refused(String context, String problem) {
        assertThatThrownBy(() -> test(TestStateRequest.builder().context(context), "{'Type': 'Pass', 'End': true}"))
                .isInstanceOfSatisfying(
                        SfnException.class,
                        refusal -> assertThat(refusal.awsErrorDetails().errorMessage())
                                .isEqualTo("Invalid Context object provided: " + problem));
    }

    @Test
    void a_distributed_map_shows_what_its_pointer_finds_and_how_items_are_put_together() {
        TestStateResponse response = test(
                TestStateRequest.builder()
                        .input("{}")
                        .stateConfiguration(c -> c.mapItemReaderData("{\"rows\": [1, 2, 3]}"))
                        .mock(m -> m.result("[1,2]")),
                "{'Type': 'Map', 'End': true, 'ItemReader': {'Resource': 'arn:aws:states:::s3:getObject', "
                        + "'ReaderConfig': {'InputType': 'JSON', 'ItemsPointer': '/rows'}, "
                        + "'Parameters': {'Bucket': 'b', 'Key': 'k'}}, 'ItemSelector': {'v.$': '$$.Map.Item.Value'}, "
                        + "'ItemBatcher': {'MaxItemsPerBatch': 2}, 'ItemProcessor': {'ProcessorConfig': "
                        + "{'Mode': 'DISTRIBUTED', 'ExecutionType': 'STANDARD'}, 'StartAt': 'A', 'States': {'A': "
                        + "{'Type': 'Pass', 'End': true}}}}");

        assertThat(response.inspectionData().afterItemsPointer()).isEqualTo("[1,2,3]");
        assertThat(response.inspectionData().afterItemSelector()).isEqualTo("[{\"v\":1}, {\"v\":2}, {\"v\":3}]");
        assertThat(response.inspectionData().afterItemBatcher())
                .isEqualTo("[{\"Items\":[\"{\\\"v\\\":1}\",\"{\\\"v\\\":2}\"]}, {\"Items\":[\"{\\\"v\\\":3}\"]}]");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ::ecs:runTask.sync                  | 'TaskDefinition': 't'
            ::states:startExecution.sync:2      | 'StateMachineArn': 'arn:aws:states:us-east-1:111111111111:stateMachine:m'
            ::lambda:invoke.waitForTaskToken    | 'FunctionName': 'f', 'Payload': {'t.$': '$$.Task.Token'}
            """)
    void what_somebody_else_would_end_needs_a_mock(String resource, String parameters) {
        String task = "{'Type': 'Task', 'Resource': 'arn:aws:states:" + resource + "', 'Parameters': {" + parameters
                + "}, 'End': true}";

        assertThatThrownBy(() -> test(TestStateRequest.builder().input("{}"), task))
                .isInstanceOf(InvalidDefinitionException.class)
                .hasMessageStartingWith(
                        "TestState API does not support '.sync' or '.waitForTaskToken' integration patterns.");
    }

    @Test
    void a_worker_would_end_an_activity_so_it_needs_a_mock() {
        String task = "{'Type': 'Task', 'Resource': 'arn:aws:states:us-east-1:111111111111:activity:a', 'End': true}";

        assertThatThrownBy(() -> test(TestStateRequest.builder().input("{}"), task))
                .isInstanceOf(ValidationException.class);
    }

    @Test
    void a_mocked_parallel_state_has_a_result_for_each_branch() {
        String branch = "{'StartAt': 'A', 'States': {'A': {'Type': 'Pass', 'End': true}}}";
        String parallel =
                "{'Type': 'Parallel', 'Branches': [" + branch + "," + branch.replace("'A'", "'B'") + "], 'End': true}";

        assertThat(test(TestStateRequest.builder().mock(m -> m.result("[1,2]")), parallel)
                        .output())
                .isEqualTo("[1,2]");
        assertThatThrownBy(() -> test(TestStateRequest.builder().mock(m -> m.result("[1]")), parallel))
                .isInstanceOf(ValidationException.class);
    }

    @Test
    void a_mock_has_a_result_or_an_error_with_a_name() {
        assertThatThrownBy(() -> test(TestStateRequest.builder().mock(m -> {}), TASK))
                .hasMessageContaining(
                        "One of the following fields is required for a test mock: [result, errorOutput].");
        assertThatThrownBy(() -> test(TestStateRequest.builder().mock(m -> m.errorOutput(e -> e.cause("c"))), TASK))
                .hasMessageContaining("An error was not specified in the mocked error output.");
    }

    @Test
    void what_is_configured_must_fit_the_state() {
        String reader = "{'Type': 'Map', 'ItemReader': {'Resource': 'arn:aws:states:::s3:getObject', 'ReaderConfig': "
                + "{'InputType': 'JSON'}, 'Parameters': {'Bucket': 'b', 'Key': 'k'}}, 'ItemProcessor': "
                + "{'ProcessorConfig': {'Mode': 'DISTRIBUTED', 'ExecutionType': 'STANDARD'}, 'StartAt': 'A', "
                + "'States': {'A': {'Type': 'Succeed'}}}, 'End': true}";

        assertThatThrownBy(() -> test(
                        TestStateRequest.builder()
                                .mock(m -> m.result("{}"))
                                .stateConfiguration(c -> c.mapIterationFailureCount(1)),
                        TASK))
                .hasMessageContaining("MapIterationFailureCount is only supported when testing a Map state.");
        assertThatThrownBy(() -> test(TestStateRequest.builder().mock(m -> m.result("[]")), reader))
                .hasMessageContaining(
                        "ItemReader data must be specified when testing a Map state with ItemReader specified.");
    }

    @Test
    void a_context_object_that_is_given_is_the_whole_one() {
        TestStateResponse response = test(
                TestStateRequest.builder().context("{\"State\":{\"Name\":\"S\"}}"),
                "{'Type': 'Pass', 'Parameters': {'c.$': '$$'}, 'End': true}");

        assertThat(response.output()).isEqualTo("{\"c\":{\"State\":{\"Name\":\"S\"}}}");
    }

    @Test
    void a_mocked_map_has_one_result_for_each_batch() {
        String map = "{'Type': 'Map', 'ItemBatcher': {'MaxItemsPerBatch': 2}, 'ItemProcessor': {'ProcessorConfig': "
                + "{'Mode': 'DISTRIBUTED', 'ExecutionType': 'STANDARD'}, 'StartAt': 'A', 'States': {'A': "
                + "{'Type': 'Succeed'}}}, 'End': true}";

        TestStateResponse response =
                test(TestStateRequest.builder().input("[7,8,9]").mock(m -> m.result("[1,2]")), map);

        assertThat(response.output()).isEqualTo("[1,2]");
        assertThat(response.inspectionData().afterItemsPath()).isEqualTo("[7, 8, 9]");
        assertThat(response.inspectionData().afterItemBatcher())
                .isEqualTo("[{\"Items\":[\"7\",\"8\"]}, {\"Items\":[\"9\"]}]");
        assertThatThrownBy(
                        () -> test(TestStateRequest.builder().input("[7,8,9]").mock(m -> m.result("[1,2,3]")), map))
                .hasMessageContaining("Input array does not equal the mocked result array's size");
        assertThatThrownBy(() -> test(
                        TestStateRequest.builder()
                                .input("[7,8,9]")
                                .mock(m -> m.result("[1,2]"))
                                .stateConfiguration(c -> c.mapIterationFailureCount(4)),
                        map))
                .hasMessageContaining(
                        "Map iteration failure count must be less than or equal to the number of Map iterations");
    }
}
