package io.crois.testkit;

import static io.crois.testkit.ExecutionAssert.assertThat;
import static io.crois.workflow.Size.gib;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.crois.contract.ExecutionStatus;
import io.crois.execution.Execution;
import io.crois.execution.ExecutionEvent;
import io.crois.execution.ExecutionListener;
import io.crois.execution.Subscription;
import io.crois.testkit.container.ContainerScript;
import io.crois.workflow.Arguments;
import io.crois.workflow.Artifact;
import io.crois.workflow.Backend;
import io.crois.workflow.ExitCode;
import io.crois.workflow.Parameter;
import io.crois.workflow.Resources;
import io.crois.workflow.Result;
import io.crois.workflow.Retry;
import io.crois.workflow.Workflow;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class CroisTestkitTest {
    private static final Result<Double> AUC = Result.number("auc");
    private static final Result<Double> BEST = Result.number("best");
    private static final Artifact DATASET = Artifact.file("dataset.csv");
    private static final Artifact MODEL = Artifact.folder("model");

    private final CroisTestkit testkit = CroisTestkit.create();

    @Test
    void a_model_is_built_with_loops_branches_and_retries() throws IOException {
        Parameter<JsonNode> grid = Parameter.json("grid");
        Parameter<Boolean> deploy = Parameter.bool("deploy").withDefault(true);
        Workflow workflow = Workflow.builder()
                .name("training")
                .parameter(grid)
                .parameter(deploy)
                .step("download", s -> s.image("demo/data:1").produces(DATASET))
                .forEach(
                        "tune",
                        grid,
                        (body, item) -> body.step(
                                "train",
                                s -> s.image("demo/train:1")
                                        .consumes(DATASET)
                                        .command("train", "--eta", item.number("eta"))
                                        .retry(Retry.on(ExitCode.OUT_OF_MEMORY)
                                                .growMemory(2.0)
                                                .upTo(gib(64)))
                                        .produces(MODEL)
                                        .reports(AUC)))
                .step("pick", s -> s.image("demo/pick:1").consumes(MODEL.all()).reports(BEST))
                .choose(c -> c.when(BEST.atLeast(0.8), yes -> yes.step("deploy", s -> s.image("demo/deploy:1")))
                        .otherwise(no -> no.fail("ModelTooWeak", "The best model is below 0.8.")))
                .build();
        testkit.containers()
                .step("download", ContainerScript.succeeds().file("dataset.csv", "a,b\n1,2\n"))
                .step("tune[1]/train", 1, ContainerScript.runsOutOfMemory())
                .step("tune[1]/train", 2, ContainerScript.succeeds().result("auc", 0.9))
                .step("pick", ContainerScript.succeeds().result("best", 0.9).takes(Duration.ofHours(3)));

        Execution execution = testkit.run(
                workflow, Arguments.ofText(Map.of("grid", "[{\"eta\": 0.1}, {\"eta\": 0.2}, {\"eta\": 0.3}]")));

        assertThat(execution).succeeded().step("tune[1]/train").ranTimes(2);
        assertThat(execution).step("tune[0]/train").ranTimes(1);
        assertThat(execution).step("deploy").succeeded();
        assertThat(execution.result(BEST)).isEqualTo(0.9);
        assertThat(execution.result(AUC.all())).hasSize(3).element(1).isEqualTo(0.9);
        assertThat(execution.artifacts(MODEL)).hasSize(3);
        assertThat(execution.artifact(DATASET).open().readAllBytes()).asString().isEqualTo("a,b\n1,2\n");
    }

    @Test
    void a_failure_is_told_by_its_class_and_its_step() {
        Workflow workflow = Workflow.builder()
                .name("weak")
                .step("train", s -> s.image("demo/train:1"))
                .step("never", s -> s.image("demo/never:1"))
                .build();
        testkit.containers().step("train", ContainerScript.exits(7));

        Execution execution = testkit.run(workflow, Arguments.none());

        assertThat(execution).failed().step("train").failed();
        assertThat(execution.failure().orElseThrow().error()).endsWith("ExitCode");
        assertThat(execution.failure().orElseThrow().message()).contains("7");
        assertThat(execution).step("never").ranTimes(0);
    }

    @Test
    void a_fail_is_told_in_the_authors_words() {
        Workflow workflow = Workflow.builder()
                .name("weak")
                .step("evaluate", s -> s.image("demo/evaluate:1").reports(AUC))
                .choose(c -> c.when(AUC.atLeast(0.8), yes -> yes.step("deploy", s -> s.image("demo/deploy:1")))
                        .otherwise(no -> no.fail("ModelTooWeak", "AUC below 0.8")))
                .build();
        testkit.containers().step("evaluate", ContainerScript.succeeds().result("auc", 0.5));

        Execution execution = testkit.run(workflow, Arguments.none());

        assertThat(execution).failed();
        assertThat(execution.failure()).hasToString("Optional[ModelTooWeak: AUC below 0.8]");
    }

    @Test
    void what_follows_a_failure_and_what_runs_whatever_happened() {
        Workflow workflow = Workflow.builder()
                .name("guarded")
                .step("train", s -> s.image("demo/train:1"))
                .onFailure(handler -> handler.step("tell", s -> s.image("demo/tell:1")))
                .lastly(end -> end.step("clean", s -> s.image("demo/clean:1")))
                .build();
        testkit.containers().step("train", ContainerScript.exits(1));

        Execution execution = testkit.run(workflow, Arguments.none());

        assertThat(execution).step("tell").succeeded();
        assertThat(execution).step("clean").succeeded();
    }

    @Test
    void branches_run_at_the_same_time_and_waits_take_no_real_time() {
        Workflow workflow = Workflow.builder()
                .name("branches")
                .parallel(
                        "both",
                        p -> p.branch("left", left -> left.step("a", s -> s.image("demo/a:1")))
                                .branch("right", right -> right.step("b", s -> s.image("demo/b:1"))))
                .waitFor(Duration.ofDays(3))
                .step("c", s -> s.image("demo/c:1"))
                .build();

        Execution execution = testkit.run(workflow, Arguments.none());

        assertThat(execution).succeeded();
        assertThat(Duration.between(execution.submittedAt(), execution.endedAt().orElseThrow()))
                .isBetween(Duration.ofDays(3), Duration.ofDays(3).plusHours(1));
    }

    @Test
    void a_step_with_a_fixed_back_end_costs_three_transitions_and_one_that_is_picked_four() {
        Workflow fixed = Workflow.builder()
                .name("fixed")
                .step("train", s -> s.image("demo/train:1").backend(Backend.FARGATE))
                .build();
        Workflow picked = Workflow.builder()
                .name("picked")
                .step(
                        "download",
                        s -> s.image("demo/data:1").backend(Backend.BATCH).produces(DATASET))
                .step(
                        "train",
                        s -> s.image("demo/train:1")
                                .consumes(DATASET)
                                .resources(Resources.scaledBy(DATASET)
                                        .upTo(gib(1), Resources.cpu(2).memory(gib(8)))
                                        .otherwise(Resources.cpu(64).memory(gib(256)))))
                .build();

        assertThat(testkit.transitions(testkit.run(fixed, Arguments.none())))
                .containsExactly("train", "train · run on Fargate", "train · store");
        assertThat(testkit.transitions(testkit.run(picked, Arguments.none())))
                .hasSize(7)
                .contains("download · run on Batch", "train · back end", "train · run on Fargate");
    }

    @Test
    void a_thousand_steps_in_a_row_run() {
        Workflow.Builder chain = Workflow.builder().name("chain");
        IntStream.range(0, 1_000).forEach(i -> chain.step("s" + i, s -> s.image("demo/s:1")));

        Execution execution = testkit.run(chain.build(), Arguments.none());

        assertThat(execution).succeeded();
        assertThat(execution.steps())
                .hasSize(1_000)
                .allMatch(step -> step.status().ended());
    }

    @Test
    void a_thousand_iterations_run() {
        List<Integer> items = IntStream.range(0, 1_000).boxed().toList();
        Workflow workflow = Workflow.builder()
                .name("wide")
                .forEach(
                        "each",
                        items,
                        (body, item) ->
                                body.step("work", s -> s.image("demo/s:1").reports(AUC)))
                .build();

        Execution execution = testkit.run(workflow, Arguments.none());

        assertThat(execution).succeeded();
        assertThat(execution.result(AUC.all())).hasSize(1_000);
    }

    @Test
    void listeners_are_told_what_happens_in_its_order() {
        Workflow workflow = Workflow.builder()
                .name("told")
                .step("train", s -> s.image("demo/train:1"))
                .build();
        List<String> told = new ArrayList<>();
        ExecutionListener listener = new ExecutionListener() {
            @Override
            public void onEvent(ExecutionEvent event) {
                told.add(event.getClass().getSimpleName());
            }
        };

        try (Subscription subscription = testkit.crois().listen(listener)) {
            testkit.run(workflow, Arguments.none());
        }

        assertThat(told)
                .containsSubsequence("Submitted", "StepPrepared", "StepStarted", "StepSucceeded", "Ended")
                .containsOnlyOnce("Started", "StepStarted", "StepSucceeded", "Ended");
    }

    @Test
    void an_execution_that_is_stopped_is_aborted_with_the_reason() {
        Workflow workflow = Workflow.builder()
                .name("long")
                .step("train", s -> s.image("demo/train:1"))
                .build();
        testkit.containers().step("train", ContainerScript.succeeds().takes(Duration.ofHours(9)));
        Execution execution = testkit.crois().submit(workflow, Arguments.none());
        testkit.loop().advance(Duration.ofMinutes(10));

        execution.stop("No longer needed");
        testkit.await(execution);

        assertThat(execution.status()).isEqualTo(ExecutionStatus.ABORTED);
        assertThat(execution.failure()).hasToString("Optional[Crois.Stopped: No longer needed]");
    }
}
