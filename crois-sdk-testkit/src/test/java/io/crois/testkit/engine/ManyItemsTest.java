package io.crois.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.MapRunItemCounts;

/** Maps over as many items as {@code -Dcrois.items} says: a million fits into a heap of 900 MB. */
final class ManyItemsTest {

    private static final int ITEMS = Integer.getInteger("crois.items", 10_000);

    private final StepFunctions engine = new StepFunctions();

    @Test
    void a_distributed_map_takes_its_items_from_an_object_and_leaves_its_results_in_another() {
        engine.objects.put(
                "data/items.json",
                IntStream.range(0, ITEMS).mapToObj(String::valueOf).collect(Collectors.joining(",", "[", "]")));

        DescribeExecutionResponse end = engine.run("""
                {'StartAt': 'M', 'States': {'M': {'Type': 'Map', 'End': true,
                 'ItemReader': {'Resource': 'arn:aws:states:::s3:getObject', 'ReaderConfig': {'InputType': 'JSON'},
                   'Parameters': {'Bucket': 'data', 'Key': 'items.json'}},
                 'ItemBatcher': {'MaxItemsPerBatch': 10},
                 'ResultWriter': {'Resource': 'arn:aws:states:::s3:putObject', 'Parameters': {'Bucket': 'data', 'Prefix': 'out'},
                   'WriterConfig': {'Transformation': 'COMPACT', 'OutputType': 'JSONL'}},
                 'ItemProcessor': {'ProcessorConfig': {'Mode': 'DISTRIBUTED', 'ExecutionType': 'STANDARD'},
                   'StartAt': 'A', 'States': {'A': {'Type': 'Pass', 'OutputPath': '$.Items[0]', 'End': true}}}}}}
                """, "{}");

        assertThat(end.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        String run = engine.mapRun(end.executionArn());
        MapRunItemCounts counts =
                engine.sfn.describeMapRun(request -> request.mapRunArn(run)).itemCounts();
        assertThat(counts.succeeded()).isEqualTo(ITEMS);
        assertThat(engine.objects.objects.keySet()).anyMatch(key -> key.endsWith("SUCCEEDED_0.jsonl"));
    }

    @Test
    void an_inline_map_over_more_items_than_an_input_can_hold_never_begins() {
        DescribeExecutionResponse end = engine.run("""
                {'QueryLanguage': 'JSONata', 'StartAt': 'M', 'States': {'M': {'Type': 'Map', 'End': true,
                 'Items': '{% [1..1000000] %}', 'ItemProcessor': {'StartAt': 'A', 'States':
                   {'A': {'Type': 'Pass', 'End': true}}}}}}
                """, "{}");

        assertThat(end.error()).isEqualTo("States.QueryEvaluationError");
        assertThat(engine.history(end.executionArn())).hasSizeLessThan(10);
    }
}
