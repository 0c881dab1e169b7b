package io.crois.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionAlreadyExistsException;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;
import software.amazon.awssdk.services.sfn.model.InvalidDefinitionException;
import software.amazon.awssdk.services.sfn.model.StateMachineAlreadyExistsException;

/** The API round machines and executions. */
final class ExecutionsTest {

    private static final String WAIT =
            "{'StartAt': 'W', 'States': {'W': {'Type': 'Wait', 'Seconds': 60, 'End': true}}}";

    private final StepFunctions engine = new StepFunctions();

    @Test
    void starting_twice_with_one_name_and_input_is_one_execution() {
        String machine = engine.create(WAIT);
        String first = start(machine, "{}");

        assertThat(start(machine, "{}")).isEqualTo(first);
        assertThatThrownBy(() -> start(machine, "{\"other\":1}"))
                .isInstanceOf(ExecutionAlreadyExistsException.class)
                .hasMessageContaining("Execution Already Exists: '" + first + "'");
    }

    private String start(String machine, String input) {
        return engine.sfn
                .startExecution(
                        request -> request.stateMachineArn(machine).name("one").input(input))
                .executionArn();
    }

    @Test
    void an_input_is_shown_as_it_was_sent() {
        String execution = engine.start(WAIT, "{ 'a' : 1.0 }");

        assertThat(engine.describe(execution).input()).isEqualTo("{ \"a\" : 1.0 }");
        assertThat(engine.history(execution)
                        .get(0)
                        .executionStartedEventDetails()
                        .input())
                .isEqualTo("{ \"a\" : 1.0 }");
    }

    @Test
    void a_stopped_execution_is_aborted_and_waits_no_longer() {
        String execution = engine.start(WAIT, "{}");
        engine.loop.runUntil(() -> engine.history(execution).size() == 2);

        engine.sfn.stopExecution(
                request -> request.executionArn(execution).error("Enough").cause("No more."));
        engine.loop.runUntilIdle();

        assertThat(engine.describe(execution).status()).isEqualTo(ExecutionStatus.ABORTED);
        assertThat(engine.describe(execution).error()).isEqualTo("Enough");
        assertThat(engine.events(execution)).endsWith("3<0:ExecutionAborted");
        assertThat(engine.changes).extracting(ExecutionListener.Change::status).containsExactly("RUNNING", "ABORTED");
    }

    @Test
    void a_history_is_read_in_pages_forwards_and_backwards() {
        String execution = engine.run(WAIT, "{}").executionArn();

        var last = engine.sfn.getExecutionHistory(
                request -> request.executionArn(execution).reverseOrder(true).maxResults(1));
        var before = engine.sfn.getExecutionHistory(request ->
                request.executionArn(execution).reverseOrder(true).maxResults(2).nextToken(last.nextToken()));

        assertThat(last.events()).extracting(HistoryEvent::id).containsExactly(4L);
        assertThat(before.events()).extracting(HistoryEvent::id).containsExactly(3L, 2L);
        assertThat(engine.history(execution)).extracting(HistoryEvent::id).containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    void the_history_limit_ends_an_execution_that_goes_round_for_ever() {
        StepFunctions small = new StepFunctions(new EngineLimits(100, 1_000, 1_000, 40, 100));

        DescribeExecutionResponse end = small.run(
                "{'StartAt': 'A', 'States': {'A': {'Type': 'Pass', 'Next': 'B'}, 'B': {'Type': 'Choice', 'Choices': ["
                        + "{'Variable': '$.go', 'BooleanEquals': true, 'Next': 'A'}], 'Default': 'End'}, 'End': {'Type': 'Succeed'}}}",
                "{'go': true}");

        assertThat(end.status()).isEqualTo(ExecutionStatus.FAILED);
        assertThat(end.cause()).contains("maximum number of history events (100)");
        assertThat(small.history(end.executionArn())).hasSize(100);
    }

    @Test
    void executions_are_listed_newest_first_and_by_status() {
        String machine = engine.create(WAIT);
        engine.sfn.startExecution(request -> request.stateMachineArn(machine).name("one"));
        engine.loop.runUntilIdle();
        engine.sfn.startExecution(request -> request.stateMachineArn(machine).name("two"));

        var all = engine.sfn.listExecutions(request -> request.stateMachineArn(machine));
        var running = engine.sfn.listExecutions(
                request -> request.stateMachineArn(machine).statusFilter(ExecutionStatus.RUNNING));

        assertThat(all.executions()).extracting(execution -> execution.name()).containsExactly("two", "one");
        assertThat(running.executions())
                .extracting(execution -> execution.name())
                .containsExactly("two");
    }

    @Test
    void a_definition_with_mistakes_is_refused() {
        assertThatThrownBy(
                        () -> engine.create("{'StartAt': 'Nowhere', 'States': {'A': {'Type': 'Pass', 'End': true}}}"))
                .isInstanceOf(InvalidDefinitionException.class)
                .hasMessageContaining("Invalid State Machine Definition: '");
    }

    @Test
    void a_machine_is_made_once_under_a_name() {
        String definition = WAIT.replace('\'', '"');
        var first = engine.sfn.createStateMachine(
                machine -> machine.name("m").roleArn("arn:r").definition(definition));

        assertThat(engine.sfn.createStateMachine(
                        machine -> machine.name("m").roleArn("arn:other").definition(definition)))
                .isEqualTo(first);
        assertThatThrownBy(() -> engine.sfn.createStateMachine(
                        machine -> machine.name("m").roleArn("arn:r").definition(definition.replace("60", "61"))))
                .isInstanceOf(StateMachineAlreadyExistsException.class);
    }

    @Test
    void versions_and_aliases_lead_to_the_revision_that_was_published() {
        String machine = engine.create("{'StartAt': 'A', 'States': {'A': {'Type': 'Pass', 'Result': 1, 'End': true}}}");
        String version = engine.sfn
                .publishStateMachineVersion(request -> request.stateMachineArn(machine))
                .stateMachineVersionArn();
        String alias = engine.sfn
                .createStateMachineAlias(request -> request.name("live")
                        .routingConfiguration(
                                route -> route.stateMachineVersionArn(version).weight(100)))
                .stateMachineAliasArn();
        engine.sfn.updateStateMachine(request -> request.stateMachineArn(machine)
                .definition("{\"StartAt\":\"A\",\"States\":{\"A\":{\"Type\":\"Pass\",\"Result\":2,\"End\":true}}}"));

        assertThat(output(machine)).isEqualTo("2");
        assertThat(output(version)).isEqualTo("1");
        assertThat(output(alias)).isEqualTo("1");
    }

    private String output(String machine) {
        String execution = engine.sfn
                .startExecution(request -> request.stateMachineArn(machine))
                .executionArn();
        engine.loop.runUntilIdle();
        return engine.describe(execution).output();
    }

    @Test
    void an_express_machine_answers_at_once() {
        String machine = engine.sfn
                .createStateMachine(request ->
                        request.name("express").type("EXPRESS").roleArn("arn:r").definition(WAIT.replace('\'', '"')))
                .stateMachineArn();

        var answer = engine.sfn.startSyncExecution(
                request -> request.stateMachineArn(machine).input("{\"a\":1}"));

        assertThat(answer.statusAsString()).isEqualTo("SUCCEEDED");
        assertThat(answer.output()).isEqualTo("{\"a\":1}");
    }

    @Test
    void the_same_run_gives_the_same_history() {
        String definition =
                "{'StartAt': 'T', 'States': {'T': {'Type': 'Task', 'Resource': 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',"
                        + "'Parameters': {'QueueUrl': 'q', 'MessageBody': {'token.$': '$$.Task.Token', 'id.$': '$$.Execution.Id'}}, 'Retry': [{'ErrorEquals': ['States.ALL'], 'JitterStrategy': 'FULL'}], 'End': true}}}";
        StepFunctions other = new StepFunctions();
        engine.fails("T", "Flaky", 3);
        other.fails("T", "Flaky", 3);

        String first = engine.run(definition, "{}").executionArn();
        String second = other.run(definition, "{}").executionArn();

        assertThat(engine.history(first).toString())
                .isEqualTo(other.history(second).toString());
    }
}
