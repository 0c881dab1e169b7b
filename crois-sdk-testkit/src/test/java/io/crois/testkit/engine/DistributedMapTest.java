package io.crois.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionListItem;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.MapRunStatus;

/** Distributed Maps: map runs, their executions, and the objects that they read and write. */
final class DistributedMapTest {

    private static final String PROCESSOR =
            "'ItemProcessor': {'ProcessorConfig': {'Mode': 'DISTRIBUTED', 'ExecutionType': 'STANDARD'}, 'StartAt': 'X', 'States': {'X': ";
    private static final String PASS = PROCESSOR + "{'Type': 'Pass', 'End': true}}}";
    private static final String TASK = PROCESSOR
            + "{'Type': 'Task', 'Resource': 'arn:aws:lambda:us-east-1:111111111111:function:f', 'End': true}}}";

    private final StepFunctions engine = new StepFunctions();

    private DescribeExecutionResponse map(String fields, String input) {
        return engine.run(
                "{'StartAt': 'M', 'States': {'M': {'Type': 'Map', 'Label': 'each', " + fields + ", 'End': true}}}",
                input);
    }

    @Test
    void results_cannot_be_written_without_a_bucket() {
        var end = new StepFunctions().run("""
                {'StartAt': 'M', 'States': {'M': {'Type': 'Map', 'End': true,
                 'ResultWriter': {'Resource': 'arn:aws:states:::s3:putObject', 'Parameters': {'Prefix': 'out'}},
                 'ItemProcessor': {'ProcessorConfig': {'Mode': 'DISTRIBUTED', 'ExecutionType': 'STANDARD'},
                   'StartAt': 'A', 'States': {'A': {'Type': 'Pass', 'End': true}}}}}}
                """, "[1]");

        assertThat(end.error()).isEqualTo("States.ResultWriterFailed");
    }

    @Test
    void each_item_has_an_execution_of_its_own_that_the_parent_does_not_tell_of() {
        DescribeExecutionResponse end = map(PASS + ", 'ItemSelector': {'n.$': '$$.Map.Item.Value'}", "[1, 2]");

        assertThat(end.output()).isEqualTo("[{\"n\":1},{\"n\":2}]");
        assertThat(engine.events(end.executionArn()))
                .isEqualTo("1<0:ExecutionStarted 2<0:MapStateEntered 3<2:MapStateStarted 4<3:MapRunStarted "
                        + "5<4:MapRunSucceeded 6<5:MapStateSucceeded 7<4:MapStateExited 8<7:ExecutionSucceeded");
        String run = engine.history(end.executionArn())
                .get(3)
                .mapRunStartedEventDetails()
                .mapRunArn();
        assertThat(run).contains(":mapRun:machine-1/each:");
        var children =
                engine.sfn.listExecutions(request -> request.mapRunArn(run)).executions();
        assertThat(children)
                .hasSize(2)
                .allSatisfy(child -> assertThat(child.stateMachineArn()).endsWith("stateMachine:machine-1/each"));
        assertThat(engine.events(children.get(0).executionArn()))
                .isEqualTo("1<0:ExecutionStarted 2<0:PassStateEntered 3<2:PassStateExited 4<3:ExecutionSucceeded");
    }

    @Test
    void an_execution_of_a_map_run_tells_of_its_items_and_of_the_processor_that_it_runs() {
        DescribeExecutionResponse batched = map(PASS + ", 'ItemBatcher': {'MaxItemsPerBatch': 2}", "[1, 2, 3]");
        DescribeExecutionResponse single = engine.run(
                "{'QueryLanguage': 'JSONata', 'StartAt': 'M', 'States': {'M': {'Type': 'Map', 'Label': 'each', 'End': true,"
                        + " 'Items': [1], 'Assign': {'a': 1}, " + PROCESSOR
                        + "{'Type': 'Pass', 'Assign': {'x': 1}, 'Output': '{% $x %}', 'End': true}}}}}}",
                "{}");

        assertThat(children(batched)).extracting(ExecutionListItem::itemCount).containsExactly(1, 2);
        assertThat(children(single)).extracting(ExecutionListItem::itemCount).containsExactly(1);
        var own = engine.sfn.describeStateMachineForExecution(
                request -> request.executionArn(children(single).get(0).executionArn()));
        assertThat(own.name()).isEqualTo("machine-2");
        assertThat(own.stateMachineArn()).endsWith("stateMachine:machine-2/each");
        assertThat(own.label()).isEqualTo("each");
        assertThat(own.definition()).isEqualTo("""
                        {"QueryLanguage":"JSONata","StartAt":"X","States":{"X":{"Type":"Pass",\
                        "Assign":{"x":1},"Output":"{% $x %}","End":true}}}""");
        assertThat(own.variableReferences()).containsOnly(Map.entry("X", List.of("x")));
        assertThat(engine.sfn
                        .describeStateMachineForExecution(request ->
                                request.executionArn(children(batched).get(0).executionArn()))
                        .definition())
                .isEqualTo("{\"StartAt\":\"X\",\"States\":{\"X\":{\"Type\":\"Pass\",\"End\":true}}}");
    }

    @Test
    void an_execution_of_a_map_run_tells_how_often_it_was_redriven_when_it_has_ended() {
        engine.answer("X", (request, completion) -> {});
        DescribeExecutionResponse running = map(TASK + ", 'MaxConcurrency': 1", "[1]");
        String child = children(running).get(0).executionArn();

        assertThat(running.redriveCount()).isZero();
        assertThat(engine.describe(child).redriveCount()).isNull();
        engine.sfn.stopExecution(request -> request.executionArn(running.executionArn()));
        assertThat(engine.describe(child).redriveCount()).isZero();
    }

    private List<ExecutionListItem> children(DescribeExecutionResponse parent) {
        return engine.sfn
                .listExecutions(request -> request.mapRunArn(engine.mapRun(parent.executionArn())))
                .executions();
    }

    @Test
    void one_failure_too_many_ends_the_run_and_its_other_executions() {
        engine.fails("X", "Broken", 1);
        engine.answer("X", (request, completion) -> {});

        DescribeExecutionResponse end = map(TASK, "[1, 2]");

        assertThat(end.error()).isEqualTo("States.ExceedToleratedFailureThreshold");
        assertThat(end.cause()).isEqualTo("The specified tolerated failure threshold was exceeded");
        assertThat(engine.events(end.executionArn()))
                .endsWith("5<4:MapRunFailed 6<5:MapStateFailed 7<6:ExecutionFailed");
        var run = engine.sfn.describeMapRun(request -> request.mapRunArn(engine.mapRun(end.executionArn())));
        assertThat(run.status()).isEqualTo(MapRunStatus.FAILED);
        assertThat(run.executionCounts().failed()).isEqualTo(1);
        assertThat(run.executionCounts().aborted()).isEqualTo(1);
    }

    @Test
    void tolerated_failures_are_left_out_of_the_result() {
        engine.fails("X", "Broken", 1);

        DescribeExecutionResponse end = map(TASK + ", 'ToleratedFailurePercentage': 50", "[1, 2]");

        assertThat(end.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(end.output()).isEqualTo("[2]");
    }

    @Test
    void a_result_writer_describes_tolerated_failures_whatever_its_form() {
        engine.fails("X", "Broken", 1);

        DescribeExecutionResponse end = map(
                TASK + ", 'ToleratedFailurePercentage': 50, 'ResultWriter': {'WriterConfig':"
                        + " {'Transformation': 'COMPACT', 'OutputType': 'JSON'}}",
                "[1, 2]");

        assertThat(end.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(end.output())
                .startsWith("[{\"Cause\":\"It broke.\",\"Error\":\"Broken\",\"ExecutionArn\":\"arn:aws:states:")
                .contains(
                        "\"Input\":\"1\",\"InputDetails\":{\"Included\":true},\"Name\":",
                        "\"OutputDetails\":{\"Included\":true},\"RedriveCount\":0,"
                                + "\"RedriveStatus\":\"REDRIVABLE_BY_MAP_RUN\",\"StartDate\":",
                        "/each\",\"Status\":\"FAILED\",\"StopDate\":")
                .endsWith("},2]");
        assertThat(engine.sfn
                        .describeMapRun(request -> request.mapRunArn(engine.mapRun(end.executionArn())))
                        .itemCounts()
                        .resultsWritten())
                .isEqualTo(2);
    }

    @Test
    void no_more_executions_run_at_once_than_allowed() {
        List<Integer> running = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            engine.answer("X", (request, completion) -> {
                running.add(1);
                engine.loop.after(Duration.ofSeconds(1), () -> completion.succeeded(request.arguments()));
            });
        }

        DescribeExecutionResponse end = map(TASK + ", 'MaxConcurrency': 2", "[1, 2, 3, 4, 5]");

        assertThat(end.output()).isEqualTo("[1,2,3,4,5]");
        assertThat(Duration.between(end.startDate(), end.stopDate())).hasSeconds(3);
        assertThat(running).hasSize(5);
    }

    @Test
    void items_come_from_a_csv_object() {
        engine.objects.put("b/items.csv", "name,age\nAnn,3\n\"O, Neil\",4\nBob\n");

        DescribeExecutionResponse end =
                map(reader("'InputType': 'CSV', 'CSVHeaderLocation': 'FIRST_ROW'", "items.csv"), "{}");

        assertThat(end.output())
                .isEqualTo(
                        "[{\"name\":\"Ann\",\"age\":\"3\"},{\"name\":\"O, Neil\",\"age\":\"4\"},{\"name\":\"Bob\",\"age\":\"\"}]");
    }

    @Test
    void items_come_from_json_lines_and_only_as_many_as_wanted() {
        engine.objects.put("b/items.jsonl", "{\"a\":1}\n{\"a\":2}\n{\"a\":3}\n");

        DescribeExecutionResponse end = map(reader("'InputType': 'JSONL', 'MaxItems': 2", "items.jsonl"), "{}");

        assertThat(end.output()).isEqualTo("[{\"a\":1},{\"a\":2}]");
    }

    @Test
    void an_object_that_is_missing_fails_the_reader() {
        DescribeExecutionResponse end = map(reader("'InputType': 'JSON'", "nothing.json"), "{}");

        assertThat(end.error()).isEqualTo("States.ItemReaderFailed");
        assertThat(end.cause()).contains("NoSuchKey");
    }

    private static String reader(String config, String key) {
        return PASS + ", 'ItemReader': {'Resource': 'arn:aws:states:::s3:getObject', 'ReaderConfig': {" + config
                + "}, 'Parameters': {'Bucket': 'b', 'Key': '" + key + "'}}";
    }

    @Test
    void items_are_put_together_in_batches() {
        DescribeExecutionResponse end =
                map(PASS + ", 'ItemBatcher': {'MaxItemsPerBatch': 2, 'BatchInput': {'of': 'all'}}", "[1, 2, 3]");

        assertThat(end.output())
                .isEqualTo(
                        "[{\"BatchInput\":{\"of\":\"all\"},\"Items\":[1,2]},{\"BatchInput\":{\"of\":\"all\"},\"Items\":[3]}]");
        assertThat(engine.sfn
                        .describeMapRun(request -> request.mapRunArn(engine.mapRun(end.executionArn())))
                        .itemCounts()
                        .succeeded())
                .isEqualTo(3);
    }

    @Test
    void results_are_written_to_objects_with_a_manifest() {
        DescribeExecutionResponse end = map(
                PASS + ", 'ResultWriter': {'Resource': 'arn:aws:states:::s3:putObject', 'WriterConfig': "
                        + "{'Transformation': 'COMPACT', 'OutputType': 'JSON'}, 'Parameters': {'Bucket': 'b', 'Prefix': 'out'}}",
                "[1, 2]");

        String folder = "out/"
                + engine.mapRun(end.executionArn())
                        .substring(engine.mapRun(end.executionArn()).lastIndexOf(':') + 1);
        assertThat(end.output())
                .contains("\"ResultWriterDetails\":{\"Bucket\":\"b\",\"Key\":\"" + folder + "/manifest.json\"}");
        assertThat(engine.objects.text("b/" + folder + "/SUCCEEDED_0.json")).isEqualTo("[1,2]");
        assertThat(engine.objects.text("b/" + folder + "/manifest.json")).contains("\"DestinationBucket\":\"b\"");
    }

    private static final String WRITER =
            ", 'MaxConcurrency': 1, 'ResultWriter': {'Resource': 'arn:aws:states:::s3:putObject',"
                    + " 'Parameters': {'Bucket': 'b', 'Prefix': 'out'}}";

    private String written(DescribeExecutionResponse end, String name) {
        return engine.objects.text("b/out/"
                + engine.mapRun(end.executionArn())
                        .substring(engine.mapRun(end.executionArn()).lastIndexOf(':') + 1) + "/" + name);
    }

    @Test
    void written_results_tell_of_their_executions() {
        DescribeExecutionResponse end = map(PASS + WRITER, "[\"a\"]");

        assertThat(written(end, "SUCCEEDED_0.json"))
                .contains(
                        "\"Input\":\"\\\"a\\\"\",\"InputDetails\":{\"Included\":true}",
                        "\"Output\":\"\\\"a\\\"\",\"OutputDetails\":{\"Included\":true},\"RedriveCount\":0,"
                                + "\"RedriveStatus\":\"NOT_REDRIVABLE\",\"RedriveStatusReason\":"
                                + "\"Execution is SUCCEEDED and cannot be redriven\"");
    }

    @Test
    void written_lines_all_end() {
        DescribeExecutionResponse end = map(
                PASS
                        + WRITER.replace(
                                "'Parameters'",
                                "'WriterConfig': {'Transformation': 'FLATTEN', 'OutputType': 'JSONL'}, 'Parameters'"),
                "[[1, 2], 3]");

        assertThat(written(end, "SUCCEEDED_0.jsonl")).isEqualTo("1\n2\n3\n");
    }

    @Test
    void a_run_that_fails_writes_what_failed_and_what_never_began() {
        engine.fails("X", "Broken", 1);

        DescribeExecutionResponse end = map(TASK + WRITER, "[1, 2]");

        assertThat(end.error()).isEqualTo("States.ExceedToleratedFailureThreshold");
        assertThat(written(end, "FAILED_0.json")).contains("\"Error\":\"Broken\"", "\"Input\":\"1\"");
        assertThat(written(end, "PENDING_0.json"))
                .isEqualTo("[{\"Input\":\"2\",\"InputDetails\":{\"Included\":true},\"Status\":\"PENDING\"}]");
        assertThat(written(end, "manifest.json")).contains("FAILED_0.json", "PENDING_0.json", "\"SUCCEEDED\":[]");
    }

    @Test
    void a_redrive_writes_a_folder_of_its_own_and_refers_to_what_succeeded_before() {
        engine.answer("X", (request, completion) -> completion.succeeded(request.arguments()));
        engine.fails("X", "Broken", 1);
        DescribeExecutionResponse failed = map(TASK + WRITER, "[1, 2, 3]");
        engine.sfn.redriveExecution(request -> request.executionArn(failed.executionArn()));
        engine.loop.runUntilIdle();

        DescribeExecutionResponse end = engine.describe(failed.executionArn());

        assertThat(end.output()).contains("/Redrive-1/manifest.json");
        assertThat(written(end, "SUCCEEDED_0.json"))
                .contains("\"Output\":\"1\"")
                .doesNotContain("\"Output\":\"2\"");
        assertThat(written(end, "Redrive-1/SUCCEEDED_0.json"))
                .contains("\"Output\":\"2\"", "\"Output\":\"3\"", "\"RedriveCount\":1,\"RedriveDate\":")
                .doesNotContain("\"Output\":\"1\"");
        assertThat(written(end, "Redrive-1/manifest.json"))
                .contains("/SUCCEEDED_0.json", "/Redrive-1/SUCCEEDED_0.json", "\"FAILED\":[]", "\"PENDING\":[]");
    }

    @Test
    void a_nested_execution_is_waited_for_and_gives_its_output_as_json() {
        String inner = engine.create("{'StartAt': 'A', 'States': {'A': {'Type': 'Wait', 'Seconds': 5, 'End': true}}}");

        DescribeExecutionResponse end = engine.run(
                "{'StartAt': 'T', 'States': {'T': {'Type': 'Task', 'Resource': 'arn:aws:states:::states:startExecution.sync:2',"
                        + "'Parameters': {'StateMachineArn': '" + inner
                        + "', 'Input': {'a': 1}}, 'OutputPath': '$.Output', 'End': true}}}",
                "{}");

        assertThat(end.output()).isEqualTo("{\"a\":1}");
        assertThat(engine.events(end.executionArn())).contains("5<4:TaskSubmitted 6<5:TaskSucceeded");
    }
}
