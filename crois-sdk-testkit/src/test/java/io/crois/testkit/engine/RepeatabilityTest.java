package io.crois.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;

/**
 * The same calls with the same seed give the same history, event for event and byte for byte, those of child executions
 * too.
 */
final class RepeatabilityTest {

    /** All that has to do with chance or with things that happen at the same time. */
    private static final String DEFINITION = """
            {"StartAt": "All", "States": {
              "All": {"Type": "Parallel", "Next": "Each", "Branches": [
                {"StartAt": "Jitter", "States": {"Jitter": {"Type": "Task", "End": true,
                  "Resource": "arn:aws:states:::lambda:invoke", "Parameters": {"FunctionName": "f"},
                  "Retry": [{"ErrorEquals": ["States.ALL"], "IntervalSeconds": 5, "MaxAttempts": 9,
                             "BackoffRate": 1.5, "MaxDelaySeconds": 60, "JitterStrategy": "FULL"}]}}},
                {"StartAt": "Other", "States": {"Other": {"Type": "Task", "End": true,
                  "Resource": "arn:aws:states:::lambda:invoke", "Parameters": {"FunctionName": "f"},
                  "Retry": [{"ErrorEquals": ["Broken"], "JitterStrategy": "FULL"}],
                  "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "Caught"}]},
                  "Caught": {"Type": "Pass", "End": true}}},
                {"StartAt": "Chance", "States": {"Chance": {"Type": "Pass", "End": true, "QueryLanguage": "JSONata",
                  "Output": {"random": "{% $random() %}", "id": "{% $uuid() %}", "now": "{% $now() %}",
                             "mixed": "{% $shuffle([1..20]) %}"}}}},
                {"StartAt": "Intrinsic", "States": {"Intrinsic": {"Type": "Pass", "End": true, "Parameters": {
                  "id.$": "States.UUID()", "random.$": "States.MathRandom(0, 1000000)"}}}}]},
              "Each": {"Type": "Map", "MaxConcurrency": 3, "Next": "Apart", "ItemProcessor": {
                "StartAt": "Wait", "States": {
                  "Wait": {"Type": "Wait", "Seconds": 2, "Next": "Work"},
                  "Work": {"Type": "Task", "End": true, "Resource": "arn:aws:states:::lambda:invoke",
                           "Parameters": {"FunctionName": "f", "Payload.$": "$"},
                           "Retry": [{"ErrorEquals": ["States.ALL"], "JitterStrategy": "FULL"}]}}}},
              "Apart": {"Type": "Map", "End": true, "Label": "apart", "ItemProcessor": {
                "ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"},
                "StartAt": "Child", "States": {"Child": {"Type": "Pass", "End": true,
                  "Parameters": {"id.$": "States.UUID()"}}}}}}}""";

    private static List<HistoryEvent> history() {
        StepFunctions engine = new StepFunctions()
                .fails("Jitter", "Broken", 4)
                .fails("Other", "Broken", 9)
                .fails("Work", "Broken", 2);
        List<HistoryEvent> events = new ArrayList<>();
        String execution = engine.run(DEFINITION, "{}").executionArn();
        String run = engine.mapRun(execution);
        events.addAll(engine.history(execution));
        engine.sfn
                .listExecutions(request -> request.mapRunArn(run))
                .executions()
                .forEach(child -> events.addAll(engine.history(child.executionArn())));
        return events;
    }

    @Test
    void two_runs_have_the_same_histories() {
        List<HistoryEvent> first = history();

        assertThat(first)
                .extracting(HistoryEvent::typeAsString)
                .contains("ExecutionSucceeded", "MapRunSucceeded", "TaskFailed", "MapIterationSucceeded");
        assertThat(history()).isEqualTo(first);
    }
}
