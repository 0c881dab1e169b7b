package io.crois.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.crois.testkit.engine.TaskResource.Kind;
import io.crois.testkit.engine.TaskResource.WaitPattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TaskResourceTest {

    @ParameterizedTest
    @CsvSource({
        "arn:aws:states:::lambda:invoke, INTEGRATION, lambda, invoke, REQUEST_RESPONSE",
        "arn:aws:states:::ecs:runTask.sync, INTEGRATION, ecs, runTask, SYNC",
        "arn:aws:states:::states:startExecution.sync:2, INTEGRATION, states, startExecution, SYNC_2",
        "arn:aws:states:::sqs:sendMessage.waitForTaskToken, INTEGRATION, sqs, sendMessage, WAIT_FOR_TASK_TOKEN",
        "arn:aws:states:::aws-sdk:dynamodb:getItem, INTEGRATION, aws-sdk:dynamodb, getItem, REQUEST_RESPONSE",
        "arn:aws:states:us-east-1:111111111111:activity:sort, ACTIVITY, activity, sort, REQUEST_RESPONSE",
        "arn:aws:lambda:us-east-1:111111111111:function:f1, FUNCTION, lambda, f1, REQUEST_RESPONSE",
        "arn:aws:lambda:us-east-1:111111111111:function:f1:$LATEST, FUNCTION, lambda, f1, REQUEST_RESPONSE",
        "arn:aws:sqs:us-east-1:111111111111:queue, UNKNOWN, '', '', REQUEST_RESPONSE",
    })
    void each_form_of_a_resource_is_taken_apart(
            String arn, Kind kind, String service, String action, WaitPattern pattern) {
        assertThat(TaskResource.parse(arn)).isEqualTo(new TaskResource(arn, kind, service, action, pattern));
    }

    @Test
    void history_events_name_the_action_with_its_pattern() {
        assertThat(TaskResource.parse("arn:aws:states:::ecs:runTask.sync").actionAndPattern())
                .isEqualTo("runTask.sync");
    }
}
