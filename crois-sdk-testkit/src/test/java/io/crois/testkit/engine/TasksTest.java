package io.crois.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.InvalidOutputException;
import software.amazon.awssdk.services.sfn.model.InvalidTokenException;
import software.amazon.awssdk.services.sfn.model.TaskTimedOutException;

/** Tasks, their retries, catchers, timeouts and tokens. */
final class TasksTest {

    private static final String INVOKE_ALONE = "'Type': 'Task', 'Resource': 'arn:aws:states:::lambda:invoke'";
    private static final String INVOKE = INVOKE_ALONE + ", 'Parameters': {'FunctionName': 'f'}";

    private final StepFunctions engine = new StepFunctions();

    @Test
    void a_task_is_scheduled_started_and_succeeds() {
        DescribeExecutionResponse end = engine.run(
                "{'StartAt': 'T', 'States': {'T': {" + INVOKE_ALONE
                        + ", 'Parameters': {'FunctionName': 'f', 'Payload.$': '$'}, 'ResultPath': '$.out', 'End': true}}}",
                "{'a': 1}");

        assertThat(end.output()).isEqualTo("{\"a\":1,\"out\":{\"FunctionName\":\"f\",\"Payload\":{\"a\":1}}}");
        assertThat(engine.events(end.executionArn()))
                .isEqualTo("1<0:ExecutionStarted 2<0:TaskStateEntered 3<2:TaskScheduled 4<3:TaskStarted "
                        + "5<4:TaskSucceeded 6<5:TaskStateExited 7<6:ExecutionSucceeded");
    }

    @Test
    void a_function_by_its_own_arn_has_events_of_its_own() {
        DescribeExecutionResponse end = engine.run(
                "{'StartAt': 'T', 'States': {'T': {'Type': 'Task', 'Resource': "
                        + "'arn:aws:lambda:us-east-1:111111111111:function:f', 'End': true}}}",
                "{}");

        assertThat(engine.events(end.executionArn()))
                .contains("LambdaFunctionScheduled", "LambdaFunctionStarted", "LambdaFunctionSucceeded");
    }

    @Test
    void retry_waits_longer_each_time_and_stops_after_the_last_attempt() {
        engine.fails("T", "Flaky", 4);

        DescribeExecutionResponse end = engine.run(
                "{'StartAt': 'T', 'States': {'T': {" + INVOKE + ", 'Retry': [{'ErrorEquals': ['Flaky'], "
                        + "'IntervalSeconds': 3, 'MaxAttempts': 3, 'BackoffRate': 2, 'MaxDelaySeconds': 10}], 'End': true}}}",
                "{}");

        assertThat(end.error()).isEqualTo("Flaky");
        assertThat(engine.requests).hasSize(4);
        assertThat(Duration.between(end.startDate(), end.stopDate())).isEqualTo(Duration.ofSeconds(3 + 6 + 10));
    }

    @Test
    void a_catcher_puts_the_error_where_its_result_path_says() {
        engine.fails("T", "Flaky", 1);

        DescribeExecutionResponse end = engine.run(
                "{'StartAt': 'T', 'States': {'T': {" + INVOKE + ", 'Catch': [{'ErrorEquals': ['Other'], 'Next': 'No'},"
                        + "{'ErrorEquals': ['States.TaskFailed'], 'ResultPath': '$.error', 'Next': 'Yes'}], 'End': true},"
                        + "'Yes': {'Type': 'Succeed'}, 'No': {'Type': 'Fail'}}}",
                "{'a': 1}");

        assertThat(end.output()).isEqualTo("{\"a\":1,\"error\":{\"Error\":\"Flaky\",\"Cause\":\"It broke.\"}}");
    }

    @Test
    void a_task_that_takes_too_long_times_out() {
        engine.answer("T", (request, completion) -> {});

        DescribeExecutionResponse end = engine.run(
                "{'StartAt': 'T', 'States': {'T': {" + INVOKE + ", 'TimeoutSeconds': 30, 'End': true}}}", "{}");

        assertThat(end.error()).isEqualTo("States.Timeout");
        assertThat(engine.events(end.executionArn())).endsWith("5<4:TaskTimedOut 6<5:ExecutionFailed");
        assertThat(Duration.between(end.startDate(), end.stopDate())).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void a_machine_that_takes_too_long_is_timed_out() {
        DescribeExecutionResponse end = engine.run(
                "{'TimeoutSeconds': 5, 'StartAt': 'W', 'States': {'W': {'Type': 'Wait', 'Seconds': 60, 'End': true}}}",
                "{}");

        assertThat(end.status()).isEqualTo(ExecutionStatus.TIMED_OUT);
        assertThat(Duration.between(end.startDate(), end.stopDate())).isEqualTo(Duration.ofSeconds(5));
        assertThat(end.error()).isNull();
        assertThat(engine.events(end.executionArn())).endsWith("3<0:ExecutionTimedOut");
        assertThat(engine.history(end.executionArn())
                        .get(2)
                        .executionTimedOutEventDetails()
                        .error())
                .isEqualTo("States.Timeout");
    }

    @Test
    void a_task_token_ends_the_task_that_waits_for_it() {
        engine.answer("T", (request, completion) -> completion.submitted(StepFunctions.text("sent")));
        String execution = engine.start(
                "{'StartAt': 'T', 'States': {'T': {'Type': 'Task', 'Resource': "
                        + "'arn:aws:states:::sqs:sendMessage.waitForTaskToken', 'HeartbeatSeconds': 100, "
                        + "'Parameters': {'QueueUrl': 'q', 'MessageBody.$': '$$.Task.Token'}, 'End': true}}}",
                "{}");
        engine.loop.advance(Duration.ofSeconds(90));
        String token = engine.requests.get(0).arguments().path("MessageBody").asText();

        engine.sfn.sendTaskHeartbeat(beat -> beat.taskToken(token));
        engine.loop.advance(Duration.ofSeconds(90));
        engine.sfn.sendTaskSuccess(success -> success.taskToken(token).output("{\"done\":true}"));
        engine.loop.runUntilIdle();

        assertThat(engine.describe(execution).output()).isEqualTo("{\"done\":true}");
        assertThatThrownBy(() -> engine.sfn.sendTaskSuccess(
                        success -> success.taskToken(token).output("{}")))
                .isInstanceOf(TaskTimedOutException.class);
    }

    @Test
    void an_activity_waits_for_its_worker() {
        String activity =
                engine.sfn.createActivity(request -> request.name("work")).activityArn();
        String execution = engine.start(
                "{'StartAt': 'T', 'States': {'T': {'Type': 'Task', 'Resource': '" + activity + "', 'End': true}}}",
                "{'job': 1}");

        var task = engine.sfn.getActivityTask(
                request -> request.activityArn(activity).workerName("me"));
        engine.sfn.sendTaskSuccess(
                success -> success.taskToken(task.taskToken()).output("2"));
        engine.loop.runUntilIdle();

        assertThat(task.input()).isEqualTo("{\"job\":1}");
        assertThat(engine.describe(execution).output()).isEqualTo("2");
        assertThat(engine.events(execution))
                .contains("3<2:ActivityScheduled 4<3:ActivityStarted 5<4:ActivitySucceeded");
    }

    @Test
    void an_activity_that_is_not_there_ends_the_execution_whatever_the_state_catches() {
        String activity =
                engine.sfn.createActivity(request -> request.name("gone")).activityArn();
        engine.sfn.deleteActivity(request -> request.activityArn(activity));

        DescribeExecutionResponse end = engine.run(
                "{'StartAt': 'T', 'States': {'T': {'Type': 'Task', 'Resource': '" + activity
                        + "', 'Catch': [{'ErrorEquals': ['States.ALL'], 'Next': 'C'}], 'End': true}, 'C': {'Type': 'Succeed'}}}",
                "{}");

        assertThat(end.error()).isEqualTo("States.Runtime");
        assertThat(end.cause())
                .isEqualTo("An error occurred while executing the state 'T' (entered at the event id #2). The activity "
                        + activity + " does not exist.");
        assertThat(engine.events(end.executionArn()))
                .isEqualTo("1<0:ExecutionStarted 2<0:TaskStateEntered 3<2:ExecutionFailed");
    }

    @Test
    void the_time_for_an_activity_begins_when_a_worker_takes_it() {
        String activity =
                engine.sfn.createActivity(request -> request.name("slow")).activityArn();
        String execution = engine.start(
                "{'StartAt': 'T', 'States': {'T': {'Type': 'Task', 'TimeoutSeconds': 3, 'Resource': '" + activity
                        + "', 'End': true}}}",
                "{}");
        engine.loop.advance(Duration.ofSeconds(60));

        String token = engine.sfn
                .getActivityTask(request -> request.activityArn(activity))
                .taskToken();
        engine.loop.advance(Duration.ofSeconds(2));
        ExecutionStatus inTime = engine.describe(execution).status();
        engine.loop.advance(Duration.ofSeconds(2));

        assertThat(inTime).isEqualTo(ExecutionStatus.RUNNING);
        assertThat(engine.events(execution)).endsWith("5<4:ActivityTimedOut 6<5:ExecutionFailed");
        assertThatThrownBy(() -> engine.sfn.sendTaskHeartbeat(beat -> beat.taskToken(token)))
                .isInstanceOf(TaskTimedOutException.class)
                .hasMessageContaining("Task Timed Out: '" + activity + "'");
        assertThatThrownBy(() -> engine.sfn.sendTaskSuccess(
                        success -> success.taskToken(token).output("{oh")))
                .isInstanceOf(InvalidOutputException.class)
                .hasMessageContaining("Invalid Output: '{oh' is not valid JSON.");
        assertThatThrownBy(() -> engine.sfn.sendTaskSuccess(
                        success -> success.taskToken("none").output("{oh")))
                .isInstanceOf(InvalidTokenException.class);
    }

    @Test
    void a_result_over_the_limit_fails_the_task() {
        engine.answer("T", (request, completion) -> completion.succeeded(StepFunctions.text("x".repeat(262_143))));

        DescribeExecutionResponse end =
                engine.run("{'StartAt': 'T', 'States': {'T': {" + INVOKE + ", 'End': true}}}", "{}");

        assertThat(end.error()).isEqualTo("States.DataLimitExceeded");
        assertThat(end.cause())
                .isEqualTo(
                        "The state/task 'lambda' returned a result with a size exceeding the maximum number of bytes "
                                + "service limit.");
    }

    @Test
    void a_service_that_is_not_in_memory_is_named() {
        DescribeExecutionResponse end = engine.run(
                "{'StartAt': 'T', 'States': {'T': {'Type': 'Task', 'Resource': 'arn:aws:states:::nowhere:go', 'End': true}}}",
                "{}");

        assertThat(end.error()).isEqualTo("States.TaskFailed");
        assertThat(end.cause()).contains("`arn:aws:states:::nowhere:go` is not in memory");
    }
}
