package io.crois.testkit;

import static io.crois.testkit.ExecutionAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crois.contract.ItemKey;
import io.crois.contract.Run;
import io.crois.contract.TaskOrder;
import io.crois.execution.Execution;
import io.crois.execution.SubmitOptions;
import io.crois.workflow.Arguments;
import io.crois.workflow.Backend;
import io.crois.workflow.CroisException;
import io.crois.workflow.Resources;
import io.crois.workflow.Size;
import io.crois.workflow.Workflow;
import org.junit.jupiter.api.Test;

final class SubmitOptionsTest {
    private static final Workflow WORKFLOW = Workflow.builder()
            .name("training")
            .step(
                    "train",
                    s -> s.image("demo/train:1").command("train", "--all").backend(Backend.FARGATE))
            .step("fit", s -> s.image("demo/fit:1").backend(Backend.BATCH))
            .build();

    private final CroisTestkit testkit = CroisTestkit.create();

    @Test
    void a_step_gets_another_image_command_and_machine_in_one_execution_alone() {
        SubmitOptions options = SubmitOptions.none()
                .named("special")
                .step(
                        "train",
                        s -> s.image("demo/train:2")
                                .command("train", "--few")
                                .resources(Resources.cpu(4).memory(Size.gib(16))));
        Execution special = testkit.crois().submit(WORKFLOW, Arguments.none(), options);
        testkit.await(special);
        Execution plain = testkit.run(WORKFLOW, Arguments.none());

        assertThat(special).succeeded();
        assertThat(order(special).command()).containsExactly("train", "--few");
        assertThat(order(plain).command()).containsExactly("train", "--all");
        assertThat(testkit.history(special))
                .filteredOn(event -> event.taskScheduledEventDetails() != null)
                .extracting(event -> event.taskScheduledEventDetails().parameters())
                .anyMatch(parameters -> parameters.contains("\"Cpu\":\"4096\"")
                        && parameters.contains("\"Memory\":\"16384\"")
                        && parameters.contains("crois-test-train-"));
        assertThat(special.steps().get(0).machine()).isNotNull();
        assertThat(testkit.aws().ecs().listTaskDefinitions().taskDefinitionArns())
                .filteredOn(arn -> arn.contains("train"))
                .hasSize(2);
    }

    @Test
    void jobs_bear_the_share_and_the_priority_of_their_execution() {
        Execution execution = testkit.crois()
                .submit(
                        WORKFLOW,
                        Arguments.none(),
                        SubmitOptions.none().share("nightly").priority(70));
        testkit.await(execution);

        assertThat(testkit.history(execution))
                .filteredOn(event -> event.taskScheduledEventDetails() != null)
                .extracting(event -> event.taskScheduledEventDetails().parameters())
                .anyMatch(parameters -> parameters.contains("\"ShareIdentifier\":\"nightly\"")
                        && parameters.contains("\"SchedulingPriorityOverride\":70"));
    }

    @Test
    void submitting_again_with_other_options_is_refused() {
        testkit.crois().submit(WORKFLOW, Arguments.none(), SubmitOptions.none().named("one"));
        testkit.crois().submit(WORKFLOW, Arguments.none(), SubmitOptions.none().named("one"));

        assertThatThrownBy(() -> testkit.crois()
                        .submit(
                                WORKFLOW,
                                Arguments.none(),
                                SubmitOptions.none().named("one").priority(3)))
                .isInstanceOf(CroisException.class)
                .hasMessageContaining("exists already");
    }

    @Test
    void all_problems_of_options_are_told_at_once_and_before_anything_is_called() {
        SubmitOptions options = SubmitOptions.none()
                .share("night shift")
                .priority(10_000)
                .step("trian", s -> s.image("demo/train:2"))
                .step("fit", s -> s.backend(Backend.FARGATE))
                .step("train", s -> s.image(" ").resources(Resources.cpu(64).gpu(1)));

        assertThatThrownBy(() -> testkit.crois().submit(WORKFLOW, Arguments.none(), options))
                .isInstanceOf(CroisException.class)
                .hasMessageStartingWith("The options of this submission of workflow `training` are wrong. Nothing was"
                        + " started.\n  the share is `night shift`, but must be 1 to 255 letters and digits.\n"
                        + "  the priority is 10000, but must be 0 to 9999.\n")
                .hasMessageContaining("step `trian`: the workflow has no such step. Its steps are `train`, `fit`.")
                .hasMessageContaining("step `fit`: the back end FARGATE is not possible, since the step was compiled"
                        + " for BATCH alone.")
                .hasMessageContaining("step `train`: the image is empty.")
                .hasMessageContaining("step `train`: 64.0 vCPU with 131072 MiB, 1 GPU is more than Fargate offers");
        assertThat(testkit.aws().sfn().listStateMachines().stateMachines()).isEmpty();
    }

    private TaskOrder order(Execution execution) {
        ItemKey key = ItemKey.order(Run.of("test", execution.name()), "train", 1);
        return Platform.table(testkit.aws()).read(key, TaskOrder.class).orElseThrow();
    }
}
