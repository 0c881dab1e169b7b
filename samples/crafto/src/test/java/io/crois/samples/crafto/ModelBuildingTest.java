package io.crois.samples.crafto;

import static org.assertj.core.api.Assertions.assertThat;

import io.crois.asl.Diagnostic;
import io.crois.asl.StateMachine;
import io.crois.asl.TaskState;
import io.crois.compile.CompiledWorkflow;
import io.crois.compile.QuotaProblem;
import io.crois.compile.WorkflowCompiler;
import io.crois.contract.StepSpec;
import io.crois.workflow.Step;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ModelBuildingTest {
    private static final CompiledWorkflow COMPILED = WorkflowCompiler.create().compile(ModelBuilding.workflow());

    @Test
    void the_grid_has_at_least_twelve_different_candidates() {
        assertThat(ModelBuilding.GRID.defaultValue())
                .hasSizeGreaterThanOrEqualTo(12)
                .doesNotHaveDuplicates();
    }

    @Test
    void every_step_runs_the_step_program_of_its_name() {
        assertThat(COMPILED.steps())
                .extracting(StepSpec::step)
                .containsExactly("download", "split", "train", "pick", "evaluate", "deploy");
        assertThat(COMPILED.steps()).allMatch(step -> step.image().equals(ModelBuilding.IMAGE));
    }

    @Test
    void the_compiled_machine_is_free_of_complaints() {
        assertThat(COMPILED.problems())
                .filteredOn(problem -> problem.severity() == QuotaProblem.Severity.ERROR)
                .isEmpty();
        assertThat(COMPILED.stateMachine().validate())
                .filteredOn(diagnostic -> diagnostic.severity() == Diagnostic.Severity.ERROR)
                .isEmpty();
    }

    @Test
    void the_secret_is_named_and_nothing_but_deploy_gets_it() {
        List<Step> steps = ModelBuilding.workflow().body().elements().stream()
                .filter(Step.class::isInstance)
                .map(Step.class::cast)
                .toList();

        assertThat(steps).allMatch(step -> step.secrets().isEmpty());
        assertThat(COMPILED.steps().get(5).secrets()).hasSize(1);
    }

    @Test
    void a_step_takes_three_states() {
        StateMachine machine = COMPILED.stateMachine();

        assertThat(machine.states()).containsKeys("download", "download · run on Fargate", "download · store");
        assertThat(machine.states().get("download")).isInstanceOf(TaskState.class);
    }

    @Test
    void the_machine_is_printed() {
        CraftoRun run = CraftoRun.of(new FakeBuilds(), "asl");

        assertThat(run.exit()).isZero();
        assertThat(run.errors()).isEmpty();
        assertThat(StateMachine.parse(run.out())).isEqualTo(COMPILED.stateMachine());
    }
}
