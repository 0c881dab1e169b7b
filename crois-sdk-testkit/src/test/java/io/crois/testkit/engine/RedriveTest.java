package io.crois.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.DescribeMapRunResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionNotRedrivableException;
import software.amazon.awssdk.services.sfn.model.ExecutionRedriveStatus;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.ValidationException;

/** Executions that did not succeed and go on. */
final class RedriveTest {

    private static final String TASK = "'Type': 'Task', 'Resource': 'arn:aws:lambda:us-east-1:111111111111:function:f'";

    private final StepFunctions engine = new StepFunctions();

    private DescribeExecutionResponse redrive(DescribeExecutionResponse ended) {
        engine.sfn.redriveExecution(request -> request.executionArn(ended.executionArn()));
        engine.loop.runUntilIdle();
        return engine.describe(ended.executionArn());
    }

    private List<String> begun() {
        return engine.requests.stream().map(TaskRequest::stateName).toList();
    }

    @Test
    void a_failed_task_is_scheduled_again_and_the_steps_before_it_are_not() {
        engine.fails("B", "Broken", 1);
        DescribeExecutionResponse failed = engine.run(
                "{'StartAt': 'A', 'States': {'A': {" + TASK + ", 'Next': 'B'}, 'B': {" + TASK + ", 'End': true}}}",
                "{'a': 1}");

        DescribeExecutionResponse end = redrive(failed);

        assertThat(failed.redriveStatus()).isEqualTo(ExecutionRedriveStatus.REDRIVABLE);
        assertThat(end.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(end.output()).isEqualTo("{\"a\":1}");
        assertThat(end.error()).isNull();
        assertThat(end.redriveCount()).isEqualTo(1);
        assertThat(end.redriveDate()).isEqualTo(failed.stopDate());
        assertThat(begun()).containsExactly("A", "B", "B");
        assertThat(engine.events(end.executionArn()))
                .endsWith("10<9:LambdaFunctionFailed 11<10:ExecutionFailed 12<11:ExecutionRedriven "
                        + "13<7:LambdaFunctionScheduled 14<13:LambdaFunctionStarted 15<14:LambdaFunctionSucceeded "
                        + "16<15:TaskStateExited 17<16:ExecutionSucceeded");
        assertThat(engine.history(end.executionArn())
                        .get(11)
                        .executionRedrivenEventDetails()
                        .redriveCount())
                .isEqualTo(1);
    }

    @Test
    void the_status_is_pending_until_the_execution_goes_on() {
        engine.fails("T", "Broken", 1);
        DescribeExecutionResponse failed =
                engine.run("{'StartAt': 'T', 'States': {'T': {" + TASK + ", 'End': true}}}", "{}");

        redrive(failed);

        assertThat(engine.changes)
                .extracting(change -> change.status() + " " + change.redriveCount())
                .containsExactly("RUNNING 0", "FAILED 0", "PENDING_REDRIVE 1", "RUNNING 1", "SUCCEEDED 1");
    }

    @Test
    void retries_are_counted_anew() {
        engine.fails("T", "Broken", 5);
        DescribeExecutionResponse failed = engine.run(
                "{'StartAt': 'T', 'States': {'T': {" + TASK + ", 'Retry': [{'ErrorEquals': ['Broken'], "
                        + "'MaxAttempts': 2}], 'End': true}}}",
                "{}");
        assertThat(engine.requests).hasSize(3);

        DescribeExecutionResponse end = redrive(failed);

        assertThat(end.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(engine.requests).hasSize(6);
    }

    @Test
    void a_fail_state_fails_again_without_being_entered_again() {
        DescribeExecutionResponse failed =
                engine.run("{'StartAt': 'F', 'States': {'F': {'Type': 'Fail', 'Error': 'Never'}}}", "{}");

        DescribeExecutionResponse end = redrive(failed);

        assertThat(end.error()).isEqualTo("Never");
        assertThat(engine.events(end.executionArn()))
                .isEqualTo("1<0:ExecutionStarted 2<0:FailStateEntered 3<2:ExecutionFailed 4<3:ExecutionRedriven "
                        + "5<4:ExecutionFailed");
    }

    @Test
    void of_branches_only_those_go_on_that_failed_or_were_aborted() {
        engine.fails("B", "Broken", 1);
        engine.answer("C", (request, completion) -> {});
        DescribeExecutionResponse failed = engine.run(
                "{'StartAt': 'P', 'States': {'P': {'Type': 'Parallel', 'Branches': ["
                        + "{'StartAt': 'A', 'States': {'A': {" + TASK + ", 'End': true}}},"
                        + "{'StartAt': 'W', 'States': {'W': {'Type': 'Wait', 'Seconds': 9, 'Next': 'B'}, 'B': {" + TASK
                        + ", 'End': true}}},"
                        + "{'StartAt': 'C', 'States': {'C': {" + TASK + ", 'End': true}}}], 'End': true}}}",
                "{'a': 1}");

        DescribeExecutionResponse end = redrive(failed);

        assertThat(failed.error()).isEqualTo("Broken");
        assertThat(end.output()).isEqualTo("[{\"a\":1},{\"a\":1},{\"a\":1}]");
        assertThat(begun()).containsExactly("A", "C", "B", "B", "C");
        assertThat(engine.events(end.executionArn()))
                .containsOnlyOnce("ParallelStateStarted")
                .containsOnlyOnce("ParallelStateEntered")
                .contains("22<21:ExecutionRedriven 23<14:LambdaFunctionScheduled", " 27<10:LambdaFunctionScheduled");
    }

    @Test
    void a_wait_that_was_stopped_starts_anew_after_its_one_entry() {
        String execution =
                engine.start("{'StartAt': 'W', 'States': {'W': {'Type': 'Wait', 'Seconds': 50, 'End': true}}}", "{}");
        engine.loop.advance(Duration.ofSeconds(30));
        engine.sfn.stopExecution(request -> request.executionArn(execution));

        DescribeExecutionResponse end = redrive(engine.describe(execution));

        assertThat(Duration.between(end.redriveDate(), end.stopDate())).isEqualTo(Duration.ofSeconds(50));
        assertThat(engine.events(execution))
                .isEqualTo("1<0:ExecutionStarted 2<0:WaitStateEntered 3<0:ExecutionAborted 4<3:ExecutionRedriven "
                        + "5<2:WaitStateExited 6<5:ExecutionSucceeded");
    }

    @Test
    void of_iterations_only_those_go_on_that_did_not_succeed() {
        engine.answer("T", (request, completion) -> completion.succeeded(request.arguments()));
        engine.fails("T", "Broken", 1);
        DescribeExecutionResponse failed = engine.run(
                "{'StartAt': 'M', 'States': {'M': {'Type': 'Map', 'MaxConcurrency': 1, 'ItemProcessor': {'StartAt': 'T',"
                        + "'States': {'T': {" + TASK + ", 'End': true}}}, 'End': true}}}",
                "[1, 2, 3]");

        DescribeExecutionResponse end = redrive(failed);

        assertThat(end.output()).isEqualTo("[1,2,3]");
        assertThat(engine.requests)
                .extracting(request -> request.arguments().asInt())
                .containsExactly(1, 2, 2, 3);
    }

    @Test
    void a_parallel_state_with_too_large_a_result_is_run_as_a_whole() {
        String large = "x".repeat(200_000);
        engine.answer("A", (request, completion) -> completion.succeeded(StepFunctions.text(large)));
        engine.answer("B", (request, completion) -> completion.succeeded(StepFunctions.text(large)));
        DescribeExecutionResponse failed = engine.run(
                "{'StartAt': 'P', 'States': {'P': {'Type': 'Parallel', 'Branches': ["
                        + "{'StartAt': 'A', 'States': {'A': {" + TASK + ", 'End': true}}},"
                        + "{'StartAt': 'B', 'States': {'B': {" + TASK + ", 'End': true}}}], 'End': true}}}",
                "1");

        DescribeExecutionResponse end = redrive(failed);

        assertThat(failed.error()).isEqualTo("States.DataLimitExceeded");
        assertThat(end.output()).isEqualTo("[1,1]");
        assertThat(begun()).containsExactly("A", "B", "A", "B");
    }

    @Test
    void the_context_object_tells_of_the_redrive() {
        engine.fails("T", "Broken", 1);
        DescribeExecutionResponse failed = engine.run(
                "{'StartAt': 'T', 'States': {'T': {" + TASK
                        + ", 'Parameters': {'n.$': '$$.Execution.RedriveCount'}, 'Next': 'P'},"
                        + "'P': {'Type': 'Pass', 'Parameters': {'n.$': '$.n', 'at.$': '$$.Execution.RedriveTime'}, 'End': true}}}",
                "{}");

        DescribeExecutionResponse end = redrive(failed);

        assertThat(end.output()).startsWith("{\"n\":1,\"at\":\"");
    }

    @Test
    void an_execution_that_was_stopped_or_ran_out_of_time_goes_on_with_its_time_reset() {
        String execution = engine.start(
                "{'TimeoutSeconds': 60, 'StartAt': 'W', 'States': {'W': {'Type': 'Wait', 'Seconds': 50, 'Next': 'V'},"
                        + "'V': {'Type': 'Wait', 'Seconds': 40, 'End': true}}}",
                "{}");
        engine.loop.advance(Duration.ofSeconds(30));
        engine.sfn.stopExecution(request -> request.executionArn(execution));

        DescribeExecutionResponse late = redrive(engine.describe(execution));
        DescribeExecutionResponse end = redrive(late);

        assertThat(late.status()).isEqualTo(ExecutionStatus.TIMED_OUT);
        assertThat(end.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(end.redriveCount()).isEqualTo(2);
    }

    @Test
    void an_execution_that_waits_to_go_on_can_be_stopped() {
        engine.fails("T", "Broken", 1);
        DescribeExecutionResponse failed =
                engine.run("{'StartAt': 'T', 'States': {'T': {" + TASK + ", 'End': true}}}", "{}");
        engine.sfn.redriveExecution(request -> request.executionArn(failed.executionArn()));

        assertThat(engine.describe(failed.executionArn()).status()).isEqualTo(ExecutionStatus.PENDING_REDRIVE);
        engine.sfn.stopExecution(request -> request.executionArn(failed.executionArn()));
        engine.loop.runUntilIdle();

        assertThat(engine.describe(failed.executionArn()).status()).isEqualTo(ExecutionStatus.ABORTED);
        assertThat(engine.requests).hasSize(1);
    }

    @Test
    void what_runs_has_succeeded_or_ended_long_ago_is_not_redriven() {
        engine.fails("T", "Broken", 1);
        String machine = "{'StartAt': 'T', 'States': {'T': {" + TASK + ", 'End': true}}}";
        DescribeExecutionResponse failed = engine.run(machine, "{}");
        DescribeExecutionResponse succeeded = engine.run(machine, "{}");
        String running = engine.start(
                "{'StartAt': 'W', 'States': {'W': {'Type': 'Wait', 'Seconds': 99999999, 'End': true}}}", "{}");

        engine.loop.advance(Duration.ofDays(14).plusSeconds(1));

        assertRefused(failed.executionArn(), "Execution redrivable period exceeded");
        assertRefused(succeeded.executionArn(), "Execution is SUCCEEDED and cannot be redriven");
        assertRefused(running, "Execution is RUNNING and cannot be redriven");
        DescribeExecutionResponse late = engine.describe(failed.executionArn());
        assertThat(late.redriveStatus()).isEqualTo(ExecutionRedriveStatus.NOT_REDRIVABLE);
        assertThat(late.redriveStatusReason()).isEqualTo("Execution redrivable period exceeded");
    }

    @Test
    void a_full_history_leaves_no_room_for_a_redrive() {
        StepFunctions small = new StepFunctions(new EngineLimits(6, 262_144, 1_048_576, 40, 10_000));
        DescribeExecutionResponse failed = small.run(
                "{'StartAt': 'P', 'States': {'P': {'Type': 'Pass', 'Next': 'P2'}, 'P2': {'Type': 'Pass', 'Next': 'P'}, 'E': {'Type': 'Succeed'}}}"
                        .replace(", 'E': {'Type': 'Succeed'}", "")
                        .replace("'Next': 'P'}}", "'Next': 'F'}, 'F': {'Type': 'Fail'}}"),
                "{}");

        assertThatThrownBy(() -> small.sfn.redriveExecution(request -> request.executionArn(failed.executionArn())))
                .isInstanceOf(ExecutionNotRedrivableException.class)
                .hasMessageContaining("Execution has exceeded the maximum history event limit");
    }

    @Test
    void the_same_client_token_within_fifteen_minutes_redrives_once() {
        engine.fails("T", "Broken", 3);
        DescribeExecutionResponse failed =
                engine.run("{'StartAt': 'T', 'States': {'T': {" + TASK + ", 'End': true}}}", "{}");
        var first = engine.sfn.redriveExecution(
                request -> request.executionArn(failed.executionArn()).clientToken("once"));
        engine.loop.runUntilIdle();
        engine.loop.advance(Duration.ofMinutes(10));

        var second = engine.sfn.redriveExecution(
                request -> request.executionArn(failed.executionArn()).clientToken("once"));

        assertThat(second.redriveDate()).isEqualTo(first.redriveDate());
        assertThat(engine.describe(failed.executionArn()).redriveCount()).isEqualTo(1);
        engine.loop.advance(Duration.ofMinutes(10));
        engine.sfn.redriveExecution(
                request -> request.executionArn(failed.executionArn()).clientToken("once"));
        assertThat(engine.describe(failed.executionArn()).redriveCount()).isEqualTo(2);
        assertThatThrownBy(() -> engine.sfn.redriveExecution(
                        request -> request.executionArn(failed.executionArn()).clientToken("x".repeat(65))))
                .isInstanceOf(ValidationException.class);
    }

    @Test
    void of_a_map_run_only_the_executions_go_on_that_did_not_succeed() {
        engine.answer("T", (request, completion) -> completion.succeeded(request.arguments()));
        engine.fails("T", "Broken", 1);
        DescribeExecutionResponse failed = distributed("STANDARD", "[1, 2, 3]");
        String run = engine.mapRun(failed.executionArn());
        String child = engine.child(run, ExecutionStatus.FAILED);
        assertThat(engine.describe(child).redriveStatus()).isEqualTo(ExecutionRedriveStatus.REDRIVABLE_BY_MAP_RUN);
        assertThatThrownBy(() -> engine.sfn.redriveExecution(request -> request.executionArn(child)))
                .isInstanceOf(ValidationException.class)
                .hasMessageContaining("Labeled Execution ARNs are not supported for this API");

        DescribeExecutionResponse end = redrive(failed);

        assertThat(end.output()).isEqualTo("[1,2,3]");
        assertThat(engine.requests)
                .extracting(request -> request.arguments().asInt())
                .containsExactly(1, 2, 2, 3);
        assertThat(engine.describe(child).redriveCount()).isEqualTo(1);
        DescribeMapRunResponse described = engine.sfn.describeMapRun(request -> request.mapRunArn(run));
        assertThat(described.redriveCount()).isEqualTo(1);
        assertThat(described.redriveDate()).isEqualTo(end.redriveDate());
        assertThat(described.executionCounts().succeeded()).isEqualTo(3);
        assertThat(described.executionCounts().failed()).isZero();
        assertThat(described.executionCounts().pendingRedrive()).isZero();
        assertThat(engine.events(end.executionArn()))
                .contains("4<3:MapRunStarted", "8<7:ExecutionRedriven 9<4:MapRunRedriven 10<9:MapRunSucceeded");
        assertThat(engine.history(end.executionArn())
                        .get(8)
                        .mapRunRedrivenEventDetails()
                        .mapRunArn())
                .isEqualTo(run);
    }

    @Test
    void an_execution_that_its_map_run_took_away_says_which_run_that_was() {
        DescribeExecutionResponse failed = engine.run(
                "{'StartAt': 'M', 'States': {'M': {'Type': 'Map', 'ItemProcessor': {'ProcessorConfig': {"
                        + "'Mode': 'DISTRIBUTED', 'ExecutionType': 'STANDARD'}, 'StartAt': 'W', 'States': {"
                        + "'W': {'Type': 'Wait', 'SecondsPath': '$', 'Next': 'F'}, 'F': {'Type': 'Fail'}}}, 'End': true}}}",
                "[1, 9]");
        String run = engine.mapRun(failed.executionArn());
        String child = engine.child(run, ExecutionStatus.ABORTED);

        assertThat(engine.describe(child).error()).isNull();
        assertThat(engine.describe(child).cause())
                .isEqualTo("The map run execution [" + run + "] which was managing this resource was aborted");
        assertThat(engine.events(child)).endsWith("<0:ExecutionAborted");
    }

    @Test
    void express_executions_of_a_map_run_are_begun_anew() {
        engine.fails("T", "Broken", 1);
        DescribeExecutionResponse failed = distributed("EXPRESS", "[1]");

        DescribeExecutionResponse end = redrive(failed);

        assertThat(end.output()).isEqualTo("[1]");
        assertThat(engine.requests).extracting(TaskRequest::executionArn).doesNotHaveDuplicates();
    }

    @Test
    void a_map_run_that_could_not_read_its_items_is_started_by_the_redrive() {
        DescribeExecutionResponse failed = engine.run(
                "{'StartAt': 'M', 'States': {'M': {'Type': 'Map', 'ItemReader': {'Resource': 'arn:aws:states:::s3:getObject',"
                        + "'ReaderConfig': {'InputType': 'JSON'}, 'Parameters': {'Bucket': 'b', 'Key': 'late.json'}},"
                        + "'ItemProcessor': {'ProcessorConfig': {'Mode': 'DISTRIBUTED', 'ExecutionType': 'STANDARD'},"
                        + "'StartAt': 'T', 'States': {'T': {" + TASK + ", 'End': true}}}, 'End': true}}}",
                "{}");
        engine.objects.put("b/late.json", "[4, 5]");

        DescribeExecutionResponse end = redrive(failed);

        assertThat(failed.error()).isEqualTo("States.ItemReaderFailed");
        assertThat(end.output()).isEqualTo("[4,5]");
    }

    private DescribeExecutionResponse distributed(String type, String items) {
        return engine.run(
                "{'StartAt': 'M', 'States': {'M': {'Type': 'Map', 'MaxConcurrency': 1, 'ItemProcessor': {"
                        + "'ProcessorConfig': {'Mode': 'DISTRIBUTED', 'ExecutionType': '" + type + "'},"
                        + "'StartAt': 'T', 'States': {'T': {" + TASK + ", 'End': true}}}, 'End': true}}}",
                items);
    }

    private void assertRefused(String execution, String reason) {
        assertThatThrownBy(() -> engine.sfn.redriveExecution(request -> request.executionArn(execution)))
                .isInstanceOf(ExecutionNotRedrivableException.class)
                .hasMessageContaining("Execution " + execution + " invalid for redrive as: " + reason);
    }
}
