package io.crois.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crois.testkit.aws.InMemoryAws;
import io.crois.testkit.time.VirtualEventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.HistoryEventType;

/** Machines of sizes that no account allows, with the quotas lifted; how time and memory grow is in the benchmarks. */
final class LargeMachinesTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ROLE = "arn:aws:iam::111111111111:role/flow";
    private static final String COUNTER = """
            {"StartAt": "again", "States": {
              "again": {"Type": "Choice", "Default": "end",
                "Choices": [{"Variable": "$.count", "NumericLessThanPath": "$.rounds", "Next": "count"}]},
              "count": {"Type": "Pass", "Next": "again", "Parameters": {
                "rounds.$": "$.rounds", "count.$": "States.MathAdd($.count, 1)"}},
              "end": {"Type": "Succeed"}}}""";

    private final VirtualEventLoop loop = VirtualEventLoop.create();
    private final SfnClient sfn = InMemoryAws.builder()
            .eventLoop(loop)
            .limits(EngineLimits.aws().withoutHistoryLimit())
            .build()
            .sfn();

    private String create(String definition) {
        return sfn.createStateMachine(
                        machine -> machine.name("large").roleArn(ROLE).definition(definition))
                .stateMachineArn();
    }

    private DescribeExecutionResponse run(String definition, String input) {
        String machine = create(definition);
        String execution = sfn.startExecution(
                        request -> request.stateMachineArn(machine).input(input))
                .executionArn();
        loop.runUntilIdle();
        DescribeExecutionResponse end = sfn.describeExecution(request -> request.executionArn(execution));
        assertThat(end.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        return end;
    }

    private JsonNode output(String definition, String input) throws Exception {
        return JSON.readTree(run(definition, input).output());
    }

    private HistoryEventType lastEvent(DescribeExecutionResponse end) {
        return sfn.getExecutionHistory(request -> request.executionArn(end.executionArn())
                        .reverseOrder(true)
                        .maxResults(1))
                .events()
                .get(0)
                .type();
    }

    @Test
    void a_loop_goes_round_a_hundred_thousand_times() {
        DescribeExecutionResponse end = run(COUNTER, "{\"count\": 0, \"rounds\": 100000}");

        assertThat(end.output()).isEqualTo("{\"rounds\":100000,\"count\":100000}");
        assertThat(lastEvent(end)).isEqualTo(HistoryEventType.EXECUTION_SUCCEEDED);
    }

    @Test
    void a_hundred_executions_make_a_million_transitions() {
        String machine = create(COUNTER);
        List<String> executions = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            executions.add(sfn.startExecution(
                            request -> request.stateMachineArn(machine).input("{\"count\": 0, \"rounds\": 5000}"))
                    .executionArn());
        }

        loop.runUntilIdle();

        assertThat(executions)
                .allSatisfy(execution -> assertThat(sfn.describeExecution(request -> request.executionArn(execution))
                                .output())
                        .isEqualTo("{\"rounds\":5000,\"count\":5000}"));
    }

    @Test
    void a_parallel_state_has_ten_thousand_branches() throws Exception {
        String definition = IntStream.range(0, 10_000)
                .mapToObj(i ->
                        "{\"StartAt\":\"A%1$d\",\"States\":{\"A%1$d\":{\"Type\":\"Pass\",\"End\":true}}}".formatted(i))
                .collect(Collectors.joining(
                        ",",
                        "{\"StartAt\":\"P\",\"States\":{\"P\":{\"Type\":\"Parallel\",\"End\":true,\"Branches\":[",
                        "]}}}"));

        assertThat(output(definition, "1")).hasSize(10_000).allMatch(JsonNode::isInt);
    }

    @ParameterizedTest
    @ValueSource(strings = {"INLINE", "DISTRIBUTED"})
    void a_map_has_ten_thousand_items(String mode) throws Exception {
        StringBuilder items = new StringBuilder("[0");
        for (int i = 1; i < 10_000; i++) {
            items.append(',').append(i);
        }
        String config = mode.equals("INLINE")
                ? "{\"Mode\": \"INLINE\"}"
                : "{\"Mode\": \"DISTRIBUTED\", \"ExecutionType\": \"STANDARD\"}";
        String definition = """
                {"StartAt": "M", "States": {"M": {"Type": "Map", "End": true, "ItemProcessor": {
                  "ProcessorConfig": %s,
                  "StartAt": "A", "States": {"A": {"Type": "Pass", "End": true}}}}}}""".formatted(config);

        assertThat(run(definition, items.append(']').toString()).output()).isEqualTo(items.toString());
    }

    @Test
    void maps_nest_fifty_deep() {
        String definition = "{\"StartAt\":\"A\",\"States\":{\"A\":{\"Type\":\"Pass\",\"End\":true}}}";
        for (int i = 0; i < 50; i++) {
            String open =
                    "{\"StartAt\":\"M%1$d\",\"States\":{\"M%1$d\":{\"Type\":\"Map\",\"End\":true,\"ItemProcessor\":";
            definition = open.formatted(i) + definition + "}}}";
        }
        String input = "[".repeat(50) + "1,2" + "]".repeat(50);

        assertThat(run(definition, input).output()).isEqualTo(input);
    }
}
