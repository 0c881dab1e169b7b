package io.crois.testkit.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.NullNode;
import io.crois.testkit.policy.Decision;
import io.crois.testkit.time.VirtualEventLoop;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.DescribeMapRunResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionListItem;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;
import software.amazon.awssdk.services.sfn.model.MapRunExecutionCounts;

/** What Step Functions does itself for a distributed Map, it does with the rights of the machine's role. */
final class DistributedMapPermissionsTest {

    private static final String ROLE = "arn:aws:iam::111111111111:role/machine";
    private static final String MACHINES = "arn:aws:states:us-east-1:111111111111:stateMachine:each";
    private static final String CHILDREN = "arn:aws:states:us-east-1:111111111111:execution:each/tasks:*";
    private static final List<String> ALL = List.of(
            allow("states:StartExecution", MACHINES),
            allow("states:DescribeExecution", CHILDREN),
            allow("states:StopExecution", CHILDREN),
            allow("states:RedriveExecution", CHILDREN),
            allow("s3:GetObject", "arn:aws:s3:::data/items.json"),
            allow("s3:PutObject", "arn:aws:s3:::data/results/*"),
            allow("lambda:InvokeFunction", "arn:aws:lambda:us-east-1:111111111111:function:work"));

    private final InMemoryAws aws = InMemoryAws.builder().enforcePermissions().build();
    private boolean broken;

    private static String allow(String action, String resource) {
        return "{\"Effect\":\"Allow\",\"Action\":\"" + action + "\",\"Resource\":\"" + resource + "\"}";
    }

    @BeforeEach
    void a_machine_with_a_map_over_an_object() {
        aws.lambdaFunction("work", input -> {
            if (broken) {
                throw new IllegalStateException("broken");
            }
            return NullNode.getInstance();
        });
        aws.lambdaDuration(Duration.ofMinutes(1));
        aws.s3().createBucket(create -> create.bucket("data"));
        aws.s3().putObject(put -> put.bucket("data").key("items.json"), RequestBody.fromString("[1,2,3]"));
        aws.iam()
                .createRole(create -> create.roleName("machine")
                        .assumeRolePolicyDocument("{\"Version\":\"2012-10-17\",\"Statement\":["
                                + "{\"Effect\":\"Allow\",\"Principal\":{\"Service\":\"states.amazonaws.com\"},"
                                + "\"Action\":\"sts:AssumeRole\"}]}"));
        aws.sfn().createStateMachine(create -> create.name("each").roleArn(ROLE).definition("""
                        {"StartAt": "Each", "States": {"Each": {"Type": "Map", "End": true, "Label": "tasks",
                          "MaxConcurrency": 2, "ToleratedFailureCount": 0,
                          "ItemReader": {"Resource": "arn:aws:states:::s3:getObject", "ReaderConfig": {"InputType": "JSON"},
                            "Parameters": {"Bucket": "data", "Key": "items.json"}},
                          "ResultWriter": {"Resource": "arn:aws:states:::s3:putObject",
                            "Parameters": {"Bucket": "data", "Prefix": "results"}},
                          "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"},
                            "StartAt": "Work", "States": {"Work": {"Type": "Task", "End": true,
                              "Resource": "arn:aws:states:::lambda:invoke", "Parameters": {"FunctionName": "work"}}}}}}}"""));
    }

    private void without(String action) {
        aws.iam()
                .putRolePolicy(put -> put.roleName("machine")
                        .policyName("work")
                        .policyDocument("{\"Version\":\"2012-10-17\",\"Statement\":["
                                + String.join(
                                        ",",
                                        ALL.stream()
                                                .filter(statement -> !statement.contains("\"" + action + "\""))
                                                .toList())
                                + "]}"));
    }

    private String start() {
        return aws.sfn()
                .startExecution(start -> start.stateMachineArn(MACHINES))
                .executionArn();
    }

    private void pass(Duration time) {
        ((VirtualEventLoop) aws.eventLoop()).advance(time);
    }

    private DescribeExecutionResponse ended() {
        String execution = start();
        pass(Duration.ofHours(1));
        return aws.sfn().describeExecution(describe -> describe.executionArn(execution));
    }

    private DescribeMapRunResponse run(String execution) {
        String run = aws.sfn()
                .listMapRuns(list -> list.executionArn(execution))
                .mapRuns()
                .get(0)
                .mapRunArn();
        return aws.sfn().describeMapRun(describe -> describe.mapRunArn(run));
    }

    private List<String> types(String execution) {
        return aws.sfn().getExecutionHistory(get -> get.executionArn(execution)).events().stream()
                .map(HistoryEvent::typeAsString)
                .toList();
    }

    private List<String> children(String execution) {
        String run = run(execution).mapRunArn();
        return aws.sfn().listExecutions(list -> list.mapRunArn(run)).executions().stream()
                .map(ExecutionListItem::statusAsString)
                .toList();
    }

    @Test
    void with_its_rights_a_map_reads_starts_watches_and_writes() {
        without("nothing");

        assertThat(ended().statusAsString()).isEqualTo("SUCCEEDED");
        assertThat(aws.denials()).extracting(Decision::explanation).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"states:StartExecution", "states:DescribeExecution"})
    void without_a_right_to_its_executions_the_state_fails_with_what_is_missing(String action) {
        without(action);

        DescribeExecutionResponse end = ended();

        assertThat(end.statusAsString()).isEqualTo("FAILED");
        assertThat(end.error()).isEqualTo("States.Runtime");
        assertThat(types(end.executionArn()))
                .endsWith("MapRunStarted", "MapRunFailed", "MapStateFailed", "ExecutionFailed");
        assertThat(run(end.executionArn()).executionCounts().pending()).isEqualTo(3);
        assertThat(end.cause()).contains("assumed-role/machine/", "is not authorized to perform: " + action);
        assertThat(children(end.executionArn())).isEmpty();
    }

    @Test
    void items_and_results_are_read_and_written_by_the_role() {
        without("s3:GetObject");
        DescribeExecutionResponse unread = ended();
        without("s3:PutObject");
        DescribeExecutionResponse unwritten = ended();

        assertThat(unread.error()).isEqualTo("States.ItemReaderFailed");
        assertThat(unread.cause()).contains("s3:GetObject on resource: arn:aws:s3:::data/items.json");
        assertThat(unwritten.error()).isEqualTo("States.ResultWriterFailed");
        assertThat(unwritten.cause()).contains("s3:PutObject");
    }

    @Test
    void executions_of_a_stopped_map_go_on_where_the_role_may_not_stop_them() {
        without("states:StopExecution");
        String running = start();
        pass(Duration.ofSeconds(30));
        aws.sfn().stopExecution(stop -> stop.executionArn(running));
        assertThat(children(running)).containsOnly("RUNNING");

        without("nothing");
        String stopped = start();
        pass(Duration.ofSeconds(30));
        aws.sfn().stopExecution(stop -> stop.executionArn(stopped));
        assertThat(children(stopped)).containsOnly("ABORTED");
    }

    @Test
    void a_redrive_needs_the_right_to_redrive_the_maps_executions() {
        without("states:RedriveExecution");
        broken = true;
        String execution = ended().executionArn();
        MapRunExecutionCounts before = run(execution).executionCounts();
        broken = false;

        aws.sfn().redriveExecution(redrive -> redrive.executionArn(execution));
        pass(Duration.ofHours(1));
        DescribeExecutionResponse denied = aws.sfn().describeExecution(describe -> describe.executionArn(execution));
        assertThat(denied.error()).isEqualTo("States.Runtime");
        assertThat(types(execution))
                .endsWith("ExecutionRedriven", "MapRunRedriven", "MapRunFailed", "MapStateFailed", "ExecutionFailed");
        assertThat(run(execution).executionCounts()).isEqualTo(before);
        assertThat(denied.cause()).contains("states:RedriveExecution");

        without("nothing");
        aws.sfn().redriveExecution(redrive -> redrive.executionArn(execution));
        pass(Duration.ofHours(1));
        assertThat(aws.sfn()
                        .describeExecution(describe -> describe.executionArn(execution))
                        .statusAsString())
                .isEqualTo("SUCCEEDED");
    }
}
