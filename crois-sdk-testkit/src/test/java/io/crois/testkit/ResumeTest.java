package io.crois.testkit;

import static io.crois.testkit.ExecutionAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crois.contract.ExecutionStatus;
import io.crois.execution.Execution;
import io.crois.execution.SubmitOptions;
import io.crois.testkit.container.ContainerScript;
import io.crois.workflow.Arguments;
import io.crois.workflow.Artifact;
import io.crois.workflow.CroisException;
import io.crois.workflow.Parameter;
import io.crois.workflow.Result;
import io.crois.workflow.Workflow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** {@code -Dresume.every=true} lets the changed workflow fail at each of its steps too, not only round the change. */
final class ResumeTest {
    private static final int STEPS = 20;
    private static final int CHANGED = 12;
    private static final List<Integer> ROUND_THE_CHANGE = Boolean.getBoolean("resume.every")
            ? IntStream.range(0, STEPS).boxed().toList()
            : List.of(0, CHANGED - 1, CHANGED, CHANGED + 1, STEPS - 1);
    private static final Parameter<Double> RATE = Parameter.number("rate").withDefault(0.5);

    private final CroisTestkit testkit = CroisTestkit.create();

    @Test
    void a_redrive_runs_what_failed_and_what_follows_and_nothing_else() {
        List<Double> undisturbed = results(run(chain("")));
        for (int failing = 0; failing < STEPS; failing++) {
            Execution execution = failedAt(failing, chain(""));
            testkit.containers().step(name(failing), 2, succeeds(failing, 0));

            execution.redrive();
            assertThat(execution.status()).isEqualTo(ExecutionStatus.RUNNING);
            testkit.await(execution);

            assertThat(execution).succeeded().step(name(failing)).ranTimes(2);
            List<String> expected = new ArrayList<>(steps(0, failing + 1));
            expected.addAll(steps(failing, STEPS));
            assertThat(ran(execution)).isEqualTo(expected);
            assertThat(results(execution)).isEqualTo(undisturbed);
        }
    }

    @Test
    void a_resumed_execution_runs_what_was_not_finished_and_nothing_else() {
        List<Double> undisturbed = results(run(chain("")));
        for (int failing = 0; failing < STEPS; failing++) {
            Execution failed = failedAt(failing, chain(""));
            scriptAll(0);

            Execution resumed = resume(chain(""), failed);

            assertThat(ran(resumed)).isEqualTo(steps(failing, STEPS));
            assertThat(results(resumed)).isEqualTo(undisturbed);
        }
    }

    @Test
    void a_changed_step_that_gives_the_same_is_run_again_alone_of_those_that_were_finished() {
        List<Double> undisturbed = results(run(chain("--changed")));
        for (int failing : ROUND_THE_CHANGE) {
            Execution failed = failedAt(failing, chain(""));
            scriptAll(0);

            Execution resumed = resume(chain("--changed"), failed);

            List<String> expected = new ArrayList<>(failing > CHANGED ? List.of(name(CHANGED)) : List.of());
            expected.addAll(steps(failing, STEPS));
            assertThat(ran(resumed)).isEqualTo(expected);
            assertThat(results(resumed)).isEqualTo(undisturbed);
        }
    }

    @Test
    void a_changed_step_that_gives_something_else_lets_all_that_follow_it_run_again() {
        scriptAll(0.25);
        List<Double> undisturbed = results(run(chain("--changed"), 0.25));
        for (int failing : ROUND_THE_CHANGE) {
            Execution failed = failedAt(failing, chain(""));
            scriptAll(0.25);

            Execution resumed = resume(chain("--changed"), failed);

            assertThat(ran(resumed)).isEqualTo(steps(Math.min(failing, CHANGED), STEPS));
            assertThat(results(resumed)).isEqualTo(undisturbed);
        }
    }

    @Test
    void a_resumed_execution_can_be_resumed_and_reuses_what_it_had_reused() {
        Execution first = failedAt(5, chain(""));
        scriptAll(0);
        testkit.containers().step(name(9), 1, ContainerScript.exits(3));
        Execution second = resume(chain(""), first);
        assertThat(second).failed();
        scriptAll(0);

        Execution third = resume(chain(""), second);

        assertThat(ran(second)).isEqualTo(steps(5, 10));
        assertThat(ran(third)).isEqualTo(steps(9, STEPS));
        assertThat(third).succeeded();
    }

    @Test
    void other_arguments_run_again_every_step_that_is_offered_them() {
        Artifact data = Artifact.file("data.csv");
        Workflow workflow = Workflow.builder()
                .name("rates")
                .parameter(RATE)
                .step("load", s -> s.image("demo/load:1").produces(data))
                .step("fit", s -> s.image("demo/fit:1").consumes(data).command("fit", "--rate", RATE))
                .build();
        testkit.containers().step("load", ContainerScript.succeeds().file("data.csv", "1,2"));
        Execution first = testkit.run(workflow, Arguments.none());

        Execution same = resume(workflow, first);
        Execution other =
                testkit.crois().resume(workflow, first.name(), Arguments.none().with(RATE, 0.9), SubmitOptions.none());
        testkit.await(other);

        assertThat(ran(same)).isEmpty();
        assertThat(ran(other)).containsExactly("load", "fit");
        assertThat(same.artifact(data).bytes()).isEqualTo(3);
    }

    @Test
    void iterations_of_a_for_each_are_reused_one_by_one() {
        Result<Double> score = Result.number("score");
        Workflow workflow = Workflow.builder()
                .name("tuning")
                .forEach(
                        "tune",
                        List.of(1, 2, 3, 4),
                        (body, item) -> body.step(
                                "train",
                                s -> s.image("demo/train:1")
                                        .command("train", item.value())
                                        .reports(score)))
                .build();
        testkit.containers().otherwise(ContainerScript.succeeds().result("score", 0.5));
        testkit.containers().step("tune[2]/train", ContainerScript.exits(3).takes(Duration.ofHours(1)));
        Execution failed = testkit.run(workflow, Arguments.none());
        testkit.containers().step("tune[2]/train", ContainerScript.succeeds().result("score", 0.5));

        Execution resumed = resume(workflow, failed);

        assertThat(failed).failed();
        assertThat(resumed).succeeded();
        assertThat(ran(resumed)).containsExactly("tune/train");
        assertThat(resumed.result(score.all())).hasSize(4);
    }

    @Test
    void a_cached_step_is_run_once_for_all_executions_of_the_project_and_its_neighbour_every_time() {
        Workflow workflow = Workflow.builder()
                .name("caching")
                .parameter(RATE)
                .step("load", s -> s.image("demo/load:1").command("load", RATE).cached())
                .step("fit", s -> s.image("demo/fit:1"))
                .build();

        assertThat(ran(testkit.run(workflow, Arguments.none()))).containsExactly("load", "fit");
        assertThat(ran(testkit.run(workflow, Arguments.none()))).containsExactly("fit");
        assertThat(ran(testkit.run(workflow, Arguments.none().with(RATE, 0.7)))).containsExactly("load", "fit");
    }

    @Test
    void sealed_arguments_must_be_given_again_to_resume() {
        Workflow workflow = Workflow.builder()
                .name("hidden")
                .parameter(Parameter.text("password").sealed())
                .step("only", s -> s.image("image:1").command("work"))
                .build();

        assertThatThrownBy(() -> testkit.crois().resume(workflow, "earlier"))
                .hasMessage(
                        "Workflow `hidden` has the sealed parameters password, whose earlier arguments only a container"
                                + " of the project can open. Resume with arguments.");
    }

    @Test
    void what_cannot_be_redriven_or_resumed_is_told_with_what_to_do() {
        Workflow workflow = chain("");
        scriptAll(0);
        Execution running = testkit.crois().submit(workflow, Arguments.none(), "running");
        assertThatThrownBy(running::redrive)
                .isInstanceOf(CroisException.class)
                .hasMessage("Execution `running` is RUNNING, but only one that failed, timed out or was stopped can be"
                        + " redriven. Wait for its end, or stop it.");
        assertThatThrownBy(() -> testkit.crois().resume(workflow, "running"))
                .hasMessage("Execution `running` is RUNNING, but only one that has ended can be resumed. Wait for its"
                        + " end, or stop it.");
        assertThatThrownBy(() -> testkit.crois().resume(workflow, "nobody"))
                .hasMessage("Project `test` has no execution `nobody` to resume. The list of executions tells which"
                        + " there are.");
        testkit.await(running);
        assertThatThrownBy(running::redrive).hasMessageEndingWith("Submit another one.");

        Execution failed = failedAt(3, workflow);
        testkit.loop().advance(Duration.ofDays(15));
        assertThatThrownBy(failed::redrive).hasMessageContaining("more than 14 days ago. Resume it instead");
        scriptAll(0);
        assertThat(ran(resume(workflow, failed))).isEqualTo(steps(3, STEPS));
    }

    private Execution failedAt(int failing, Workflow workflow) {
        scriptAll(0);
        testkit.containers().step(name(failing), 1, ContainerScript.exits(3));
        Execution failed = testkit.run(workflow, Arguments.none());
        assertThat(failed).failed();
        assertThat(ran(failed)).isEqualTo(steps(0, failing + 1));
        return failed;
    }

    private Execution run(Workflow workflow) {
        return run(workflow, 0);
    }

    private Execution run(Workflow workflow, double shift) {
        scriptAll(shift);
        Execution execution = testkit.run(workflow, Arguments.none());
        assertThat(execution).succeeded();
        return execution;
    }

    private Execution resume(Workflow workflow, Execution of) {
        Execution resumed = testkit.crois().resume(workflow, of.name());
        testkit.await(resumed);
        return resumed;
    }

    private void scriptAll(double shift) {
        for (int i = 0; i < STEPS; i++) {
            testkit.containers().step(name(i), 1, succeeds(i, i >= CHANGED ? shift : 0));
        }
    }

    private static ContainerScript succeeds(int step, double shift) {
        return ContainerScript.succeeds().result("r" + step, step + shift).file("f" + step, "file " + step);
    }

    /** Returns the steps whose containers were started, in their order. */
    private List<String> ran(Execution execution) {
        return testkit.transitions(execution).stream()
                .filter(state -> state.endsWith(" · run on Fargate"))
                .map(state -> state.substring(0, state.indexOf(" · ")))
                .toList();
    }

    private static List<Double> results(Execution execution) {
        return IntStream.range(0, STEPS)
                .mapToObj(i -> execution.result(Result.number("r" + i)))
                .toList();
    }

    private static List<String> steps(int from, int to) {
        return IntStream.range(from, to).mapToObj(ResumeTest::name).toList();
    }

    private static String name(int step) {
        return "step" + step;
    }

    /** Each step takes the result and the file of the one before. */
    private static Workflow chain(String flag) {
        Workflow.Builder workflow = Workflow.builder().name("chain");
        List<Result<Double>> results = new ArrayList<>();
        List<Artifact> files = new ArrayList<>();
        for (int i = 0; i < STEPS; i++) {
            int step = i;
            results.add(Result.number("r" + i));
            files.add(Artifact.file("f" + i));
            String more = i == CHANGED ? flag : "";
            workflow.step(name(i), s -> {
                s.image("demo/work:1").reports(results.get(step)).produces(files.get(step));
                if (step == 0) {
                    s.command("work", more);
                } else {
                    s.consumes(files.get(step - 1)).command("work", results.get(step - 1), more);
                }
            });
        }
        return workflow.build();
    }
}
