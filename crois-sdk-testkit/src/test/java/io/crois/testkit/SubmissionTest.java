package io.crois.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crois.execution.Execution;
import io.crois.workflow.Arguments;
import io.crois.workflow.CroisException;
import io.crois.workflow.Parameter;
import io.crois.workflow.Result;
import io.crois.workflow.Workflow;
import io.crois.workflow.WorkflowValidationException;
import org.junit.jupiter.api.Test;

final class SubmissionTest {
    private static final Parameter<Long> SEED = Parameter.integer("seed").between(0, 9);
    private static final Workflow WORKFLOW = Workflow.builder()
            .name("training")
            .parameter(SEED)
            .step("train", s -> s.image("demo/train:1").command("train", "--seed", SEED))
            .build();

    private final CroisTestkit testkit = CroisTestkit.create();

    @Test
    void submitting_again_under_the_same_name_is_the_same_execution() {
        Execution first = testkit.crois().submit(WORKFLOW, seed(1), "run-1");
        Execution again = testkit.crois().submit(WORKFLOW, seed(1), "run-1");
        testkit.await(first);
        testkit.crois().submit(WORKFLOW, seed(1), "run-1");

        assertThat(again.submittedAt()).isEqualTo(first.submittedAt());
        assertThat(testkit.crois().executions())
                .singleElement()
                .extracting(Execution::name)
                .isEqualTo("run-1");
        assertThat(testkit.transitions(first)).hasSize(3);
    }

    @Test
    void a_name_that_belongs_to_something_else_is_refused() {
        testkit.crois().submit(WORKFLOW, seed(1), "run-1");

        assertThatThrownBy(() -> testkit.crois().submit(WORKFLOW, seed(2), "run-1"))
                .isInstanceOf(CroisException.class)
                .hasMessage("Execution `run-1` of workflow `training` exists already, and it has another workflow or"
                        + " other arguments. Choose another name.");
    }

    @Test
    void what_is_no_name_and_what_is_no_argument_is_refused_before_anything_is_changed() {
        assertThatThrownBy(() -> testkit.crois().submit(WORKFLOW, seed(1), "run 1"))
                .isInstanceOf(CroisException.class)
                .hasMessage("The name of the execution is `run 1`, but must be a letter followed by up to 63 letters,"
                        + " digits, `_` or `-`. Choose another name.");
        assertThatThrownBy(() -> testkit.crois().submit(WORKFLOW, seed(10), "run-1"))
                .isInstanceOf(WorkflowValidationException.class);
        assertThat(testkit.crois().executions()).isEmpty();
        assertThat(testkit.aws().sfn().listStateMachines().stateMachines()).isEmpty();
    }

    @Test
    void a_second_deployment_of_the_same_workflow_changes_nothing_and_one_of_another_is_a_new_version() {
        String first = testkit.crois().deploy(WORKFLOW).stateMachineArn();
        String again = testkit.crois().deploy(WORKFLOW).stateMachineArn();
        Workflow changed = Workflow.builder()
                .name("training")
                .step("train", s -> s.image("demo/train:2"))
                .build();

        assertThat(again).isEqualTo(first).endsWith(":1");
        assertThat(testkit.crois().deploy(changed).stateMachineArn()).endsWith("training:2");
    }

    @Test
    void what_no_step_has_published_is_told_with_the_status() {
        Execution execution = testkit.run(WORKFLOW, seed(1));

        assertThatThrownBy(() -> execution.result(Result.number("auc")))
                .isInstanceOf(CroisException.class)
                .hasMessage(
                        "Execution `" + execution.name() + "` has published no result `auc`. Its status is SUCCEEDED.");
        assertThat(testkit.crois().execution("nobody")).isEmpty();
    }

    private static Arguments seed(long value) {
        return Arguments.none().with(SEED, value);
    }
}
