package io.crois.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.StateMachineDeletingException;
import software.amazon.awssdk.services.sfn.model.StateMachineDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.StateMachineStatus;

/** What becomes of a machine that is deleted while it runs. */
final class DeletionTest {

    private static final String WAIT = "{'StartAt': 'W', 'States': {'W': {'Type': 'Wait', 'Seconds': 60, 'Next': 'P'}, "
            + "'P': {'Type': 'Pass', 'End': true}}}";

    private final StepFunctions engine = new StepFunctions();

    private String start(String machine) {
        String execution = engine.sfn
                .startExecution(request -> request.stateMachineArn(machine).name("e"))
                .executionArn();
        engine.loop.advance(Duration.ofSeconds(1));
        return execution;
    }

    private void delete(String machine) {
        engine.sfn.deleteStateMachine(request -> request.stateMachineArn(machine));
    }

    private void assertGone(String machine) {
        assertThatThrownBy(() -> engine.sfn.describeStateMachine(request -> request.stateMachineArn(machine)))
                .isInstanceOf(StateMachineDoesNotExistException.class);
    }

    @Test
    void it_stays_until_its_executions_have_ended_with_what_they_would_have_done_next() {
        String machine = engine.create(WAIT);
        String execution = start(machine);

        delete(machine);

        assertThat(engine.describe(execution).status()).isEqualTo(ExecutionStatus.RUNNING);
        assertThat(engine.sfn
                        .describeStateMachine(request -> request.stateMachineArn(machine))
                        .status())
                .isEqualTo(StateMachineStatus.DELETING);
        engine.loop.runUntilIdle();
        DescribeExecutionResponse end = engine.describe(execution);
        assertThat(end.error()).isEqualTo("States.Runtime");
        assertThat(end.cause()).isEqualTo("State machine machine-1 has been deleted");
        assertThat(Duration.between(end.startDate(), end.stopDate())).isEqualTo(Duration.ofMinutes(1));
        assertThat(engine.events(execution)).isEqualTo("1<0:ExecutionStarted 2<0:WaitStateEntered 3<2:ExecutionFailed");
        assertGone(machine);
    }

    @Test
    void it_is_neither_started_nor_changed_nor_made_again_meanwhile() {
        String machine = engine.create(WAIT);
        start(machine);

        delete(machine);
        delete(machine);

        assertThatThrownBy(() -> engine.sfn.startExecution(
                        request -> request.stateMachineArn(machine).name("late")))
                .isInstanceOf(StateMachineDeletingException.class)
                .hasMessageStartingWith("State Machine is being deleted: '" + machine + "'");
        assertThatThrownBy(() -> engine.sfn.updateStateMachine(
                        request -> request.stateMachineArn(machine).roleArn("arn:aws:iam::111111111111:role/other")))
                .isInstanceOf(StateMachineDeletingException.class);
        assertThatThrownBy(() -> engine.sfn.publishStateMachineVersion(request -> request.stateMachineArn(machine)))
                .isInstanceOf(StateMachineDeletingException.class);
        assertThatThrownBy(() -> engine.sfn.createStateMachine(request -> request.name("machine-1")
                        .roleArn("arn:aws:iam::111111111111:role/flow")
                        .definition(WAIT.replace('\'', '"'))))
                .isInstanceOf(StateMachineDeletingException.class);
    }

    @Test
    void the_answer_to_a_task_is_taken_but_not_recorded() {
        String activity =
                engine.sfn.createActivity(request -> request.name("work")).activityArn();
        String machine = engine.create(
                "{'StartAt': 'T', 'States': {'T': {'Type': 'Task', 'Resource': '" + activity + "', 'End': true}}}");
        String execution = start(machine);
        String token = engine.sfn
                .getActivityTask(request -> request.activityArn(activity))
                .taskToken();

        delete(machine);
        engine.sfn.sendTaskSuccess(success -> success.taskToken(token).output("1"));
        engine.loop.runUntilIdle();

        assertThat(engine.describe(execution).cause()).isEqualTo("State machine machine-1 has been deleted");
        assertThat(engine.events(execution)).endsWith("4<3:ActivityStarted 5<4:ExecutionFailed");
        assertGone(machine);
    }

    @Test
    void the_children_of_a_distributed_map_end_with_their_parent() {
        String machine = engine.create("{'StartAt': 'M', 'States': {'M': {'Type': 'Map', 'End': true, "
                + "'ItemProcessor': {'ProcessorConfig': {'Mode': 'DISTRIBUTED', 'ExecutionType': 'STANDARD'}, "
                + "'StartAt': 'W', 'States': {'W': {'Type': 'Wait', 'Seconds': 5, 'End': true}}}}}}");
        String execution = engine.sfn
                .startExecution(request -> request.stateMachineArn(machine).input("[1,2,3]"))
                .executionArn();
        engine.loop.advance(Duration.ofSeconds(1));

        delete(machine);
        engine.loop.runUntilIdle();

        assertThat(engine.describe(execution).cause()).isEqualTo("State machine machine-1 has been deleted");
        assertGone(machine);
    }

    @Test
    void a_machine_of_which_nothing_runs_is_gone_at_once() {
        String machine = engine.create(WAIT);
        String execution = start(machine);
        engine.loop.runUntilIdle();

        delete(machine);

        assertGone(machine);
        assertThat(engine.describe(execution).status()).isEqualTo(ExecutionStatus.SUCCEEDED);
    }
}
