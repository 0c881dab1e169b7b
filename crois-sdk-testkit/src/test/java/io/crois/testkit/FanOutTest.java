package io.crois.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crois.compile.CompiledWorkflow;
import io.crois.compile.QuotaProblem;
import io.crois.compile.WorkflowCompiler;
import io.crois.contract.ExecutionStatus;
import io.crois.execution.Execution;
import io.crois.execution.FailedItem;
import io.crois.testkit.container.ContainerScript;
import io.crois.workflow.Arguments;
import io.crois.workflow.Artifact;
import io.crois.workflow.FailureClass;
import io.crois.workflow.Parameter;
import io.crois.workflow.Result;
import io.crois.workflow.Workflow;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A forEach over more items than a state, an execution's history or one execution's iterations could hold. */
final class FanOutTest {
    private static final int MANY = 12_000;
    private static final Parameter<JsonNode> GRID = Parameter.json("grid");
    private static final Result<Long> SCORE = Result.integer("score");
    private static final Artifact MODEL = Artifact.file("model");

    private final CroisTestkit testkit = CroisTestkit.create();

    @Test
    void twelve_thousand_items_run_though_two_percent_of_them_fail_and_every_result_is_readable() {
        Workflow workflow = wide(0);
        CompiledWorkflow compiled = WorkflowCompiler.create().compile(workflow);
        int tolerated = MANY / 50;
        fail(tolerated, 50);

        Execution execution = testkit.run(workflow, grid(MANY));

        ExecutionAssert.assertThat(execution).succeeded();
        assertThat(compiled.problems()).extracting(QuotaProblem::severity).doesNotContain(QuotaProblem.Severity.ERROR);
        assertThat(compiled.forecast(grid(MANY)).childExecutions().least()).isEqualTo(MANY);
        assertThat(testkit.history(execution)).hasSizeLessThan(100);
        assertThat(execution.result(SCORE.all())).hasSize(MANY - tolerated);
        List<FailedItem> failed = execution.failedItems("tune");
        assertThat(failed).hasSize(tolerated);
        assertThat(failed.get(1).index()).isEqualTo(50);
        assertThat(failed.get(1).item().path("eta").asInt()).isEqualTo(50);
        assertThat(failed.get(1).failure().exitCode()).isEqualTo(3);
    }

    @Test
    void one_failure_more_than_the_percentage_fails_the_forEach() {
        fail(MANY / 50 + 1, 1);

        Execution execution = testkit.run(wide(250), grid(MANY));

        assertThat(execution.status()).isEqualTo(ExecutionStatus.FAILED);
        assertThat(execution.failure().orElseThrow().toString()).contains("ExceedToleratedFailureThreshold");
        assertThat(execution.failedItems("tune")).hasSize(MANY / 50 + 1);
    }

    @Test
    void a_number_of_failures_is_tolerated_to_the_last_and_leaves_gaps_in_what_is_collected() {
        Workflow workflow = Workflow.builder()
                .name("gaps")
                .forEach(
                        "tune",
                        List.of("a", "b", "c"),
                        (b, item) -> b.toleratedFailures(1)
                                .step(
                                        "work",
                                        s -> s.image("i")
                                                .command(item.value())
                                                .reports(SCORE)
                                                .produces(MODEL)))
                .step("gather", s -> s.image("i").command(SCORE.all()).consumes(MODEL.all()))
                .build();
        testkit.containers()
                .step("work", ContainerScript.succeeds().result("score", 7))
                .step("tune[1]/work", ContainerScript.exits(3));

        Execution execution = testkit.run(workflow, Arguments.none());

        ExecutionAssert.assertThat(execution).succeeded();
        assertThat(execution.result(SCORE.all())).isEqualTo(Collections.nCopies(2, 7L));
        assertThat(execution.failedItems("tune"))
                .singleElement()
                .satisfies(failed ->
                        assertThat(failed.failure().failure().failureClass()).isEqualTo(FailureClass.EXIT_CODE))
                .hasToString("tune[1]/work#1: The command ended with exit code 3.");
        testkit.containers().step("tune[2]/work", ContainerScript.exits(3));
        assertThat(testkit.run(workflow, Arguments.none()).status()).isEqualTo(ExecutionStatus.FAILED);
    }

    private static Workflow wide(int concurrency) {
        return Workflow.builder()
                .name("wide")
                .parameter(GRID)
                .forEach(
                        "tune",
                        GRID,
                        (b, item) -> b.toleratedFailurePercentage(2)
                                .concurrency(concurrency)
                                .step(
                                        "work",
                                        s -> s.image("i")
                                                .command(item.number("eta"))
                                                .reports(SCORE)))
                .step("gather", s -> s.image("i").command("gather"))
                .build();
    }

    /** Lets so many iterations fail, each so far from the one before. */
    private void fail(int iterations, int apart) {
        testkit.containers().step("work", ContainerScript.succeeds().result("score", 7));
        for (int i = 0; i < iterations; i++) {
            testkit.containers().step("tune[" + i * apart + "]/work", ContainerScript.exits(3));
        }
    }

    private static Arguments grid(int items) {
        return Arguments.none()
                .with(
                        GRID,
                        new ObjectMapper()
                                .valueToTree(IntStream.range(0, items)
                                        .mapToObj(i -> Map.of("eta", i))
                                        .toList()));
    }
}
