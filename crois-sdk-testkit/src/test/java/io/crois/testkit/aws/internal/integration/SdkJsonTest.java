package io.crois.testkit.aws.internal.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.ecs.model.Container;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;

final class SdkJsonTest {

    private static final Task TASK = Task.builder()
            .taskArn("arn:task")
            .createdAt(Instant.parse("2026-01-01T00:00:00.250Z"))
            .containers(
                    Container.builder().name("main").exitCode(0).build(),
                    Container.builder().name("side").build())
            .tags(List.of())
            .enableExecuteCommand(false)
            .version(7L)
            .build();

    @Test
    void names_are_in_pascal_case_and_what_is_absent_stays_absent() {
        assertThat(SdkJson.optimized().write(TASK).toString())
                .isEqualTo("{\"Containers\":[{\"Name\":\"main\",\"ExitCode\":0},{\"Name\":\"side\"}],"
                        + "\"CreatedAt\":1767225600250,\"EnableExecuteCommand\":false,\"Tags\":[],"
                        + "\"TaskArn\":\"arn:task\",\"Version\":7}");
    }

    @Test
    void times_are_texts_for_the_integrations_of_the_sdk() {
        assertThat(SdkJson.ofSdk().write(TASK).path("CreatedAt").asText()).isEqualTo("2026-01-01T00:00:00.250Z");
    }

    @Test
    void bytes_that_are_no_text_are_shown_in_base64() {
        InvokeResponse response = InvokeResponse.builder()
                .payload(SdkBytes.fromByteArray(new byte[] {(byte) 0xff, 0}))
                .build();

        assertThat(SdkJson.ofSdk().write(response).path("Payload").textValue()).isEqualTo("/wA=");
    }

    @Test
    void bytes_are_text() {
        InvokeResponse response = InvokeResponse.builder()
                .payload(SdkBytes.fromUtf8String("{\"a\":1}"))
                .build();

        assertThat(SdkJson.ofSdk().write(response).path("Payload").textValue()).isEqualTo("{\"a\":1}");
    }

    @Test
    void arguments_become_the_request_they_are_for() {
        JsonNode arguments = json(
                "{'TaskDefinition': 'train:3', 'Count': 1, 'EnableExecuteCommand': true, 'Group': null,"
                        + "'NetworkConfiguration': {'AwsvpcConfiguration': {'Subnets': ['a', 'b'], 'AssignPublicIp': 'ENABLED'}},"
                        + "'Overrides': {'ContainerOverrides': [{'Name': 'main', 'Environment': [{'Name': 'A', 'Value': '1'}]}]}}");

        RunTaskRequest request = (RunTaskRequest) SdkArguments.read(arguments, RunTaskRequest.builder());

        assertThat(request.taskDefinition()).isEqualTo("train:3");
        assertThat(request.count()).isEqualTo(1);
        assertThat(request.enableExecuteCommand()).isTrue();
        assertThat(request.group()).isNull();
        assertThat(request.networkConfiguration().awsvpcConfiguration().subnets())
                .containsExactly("a", "b");
        assertThat(request.overrides()
                        .containerOverrides()
                        .get(0)
                        .environment()
                        .get(0)
                        .value())
                .isEqualTo("1");
    }

    @Test
    void items_of_dynamo_db_go_there_and_back() {
        JsonNode item = json("{'n': {'N': '1'}, 'none': {'NULL': true}, 'yes': {'BOOL': false},"
                + "'list': {'L': [{'S': 'x'}]}, 'map': {'M': {'a': {'SS': ['p', 'q']}}}}");

        PutItemRequest request = (PutItemRequest) SdkArguments.read(
                new ObjectMapper().createObjectNode().put("TableName", "t").set("Item", item),
                PutItemRequest.builder());

        assertThat(request.item().get("none")).isEqualTo(AttributeValue.fromNul(true));
        assertThat(SdkJson.optimized().write(request).path("Item")).isEqualTo(item);
    }

    @Test
    void everything_that_does_not_fit_is_told_at_once() {
        JsonNode arguments = json("{'TaskDefinitionn': 'x', 'Count': 'one', 'Cluster': 3, 'Overrides': [],"
                + "'Tags': {}, 'EnableExecuteCommand': 'yes'}");

        assertThatThrownBy(() -> SdkArguments.read(arguments, RunTaskRequest.builder()))
                .isInstanceOf(ArgumentsRefused.class)
                .hasMessage("The field \"TaskDefinitionn\" is not supported by Step Functions,"
                        + " The value for the field 'Count' must be a INTEGER,"
                        + " The value for the field 'Cluster' must be a STRING,"
                        + " The value for the field 'Overrides' must be a OBJECT,"
                        + " The value for the field 'Tags' must be a LIST,"
                        + " The value for the field 'EnableExecuteCommand' must be a BOOLEAN");
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
