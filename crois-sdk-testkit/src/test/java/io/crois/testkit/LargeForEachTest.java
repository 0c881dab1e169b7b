package io.crois.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.crois.compile.CompiledWorkflow;
import io.crois.compile.WorkflowCompiler;
import io.crois.contract.ExecutionStatus;
import io.crois.contract.Json;
import io.crois.execution.Execution;
import io.crois.testkit.container.ContainerScript;
import io.crois.testkit.engine.EngineLimits;
import io.crois.workflow.Arguments;
import io.crois.workflow.ForEach;
import io.crois.workflow.Parameter;
import io.crois.workflow.Result;
import io.crois.workflow.Workflow;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.model.S3Object;

/** A forEach whose list of iterations, and what they end with, is too long for a state. */
final class LargeForEachTest {
    private static final Parameter<JsonNode> GRID = Parameter.json("grid");
    private static final Result<Long> SCORE = Result.integer("score");

    private static final int MANY = Integer.getInteger("crois.large.items", 12_000);

    /** An eighth of what AWS gives: what 12,000 iterations end with passes it, and so do their indexes. */
    private static final EngineLimits NARROW = new EngineLimits(25_000, 32_768, 1_048_576, 40, 10_000);

    private final CroisTestkit testkit = CroisTestkit.create();

    @Test
    void many_items_run_though_neither_their_indexes_nor_what_they_end_with_fits_a_state() {
        CroisTestkit narrow = CroisTestkit.builder().limits(NARROW).build();
        CompiledWorkflow compiled = WorkflowCompiler.create().compile(passing(ForEach.Mode.LARGE));

        Execution execution = narrow.run(passing(ForEach.Mode.LARGE), grid(MANY));

        ExecutionAssert.assertThat(execution).succeeded();
        assertThat(compiled.problems()).isEmpty();
        assertThat(compiled.forecast(grid(MANY)).childExecutions().least()).isEqualTo(MANY);
        assertThat(narrow.history(execution)).hasSizeLessThan(50);
        assertThat(objects(narrow, execution, "lists/")).containsExactly("lists/tune.json");
        assertThat(objects(narrow, execution, "iterations/tune/"))
                .anyMatch(key -> key.endsWith("/SUCCEEDED_0.jsonl"))
                .anyMatch(key -> key.endsWith("/manifest.json"));
    }

    @Test
    void without_the_mode_so_many_do_not_fit() {
        CroisTestkit narrow = CroisTestkit.builder().limits(NARROW).build();

        Execution execution = narrow.crois().submit(passing(ForEach.Mode.DISTRIBUTED), grid(MANY));
        String arn = String.valueOf(execution.describe().arn());

        assertThat(narrow.loop()
                        .runUntil(() -> narrow.aws()
                                .sfn()
                                .describeExecution(request -> request.executionArn(arn))
                                .statusAsString()
                                .equals("FAILED")))
                .isTrue();
    }

    private static Workflow passing(ForEach.Mode mode) {
        return Workflow.builder()
                .name("wide")
                .parameter(GRID)
                .forEach("tune", GRID, (b, item) -> b.mode(mode).raw("pass", "{\"Type\": \"Pass\"}"))
                .step("gather", s -> s.image("i").command("gather"))
                .build();
    }

    @Test
    void every_iteration_has_its_item_and_its_result_and_one_that_failed_is_named_with_its_item() {
        testkit.containers()
                .step("work", ContainerScript.succeeds().result("score", 7))
                .step("tune[205]/work", ContainerScript.exits(3));
        Workflow workflow = working(1);

        Execution execution = testkit.run(workflow, grid(250));

        ExecutionAssert.assertThat(execution).succeeded();
        assertThat(execution.result(SCORE.all())).hasSize(249);
        assertThat(execution.failedItems("tune")).singleElement().satisfies(failed -> {
            assertThat(failed.index()).isEqualTo(205);
            assertThat(failed.item()).isEqualTo(Json.parse("{\"eta\":205}"));
        });
    }

    @Test
    void a_list_without_items_runs_nothing() {
        Execution execution = testkit.run(working(0), grid(0));

        ExecutionAssert.assertThat(execution).succeeded();
        assertThat(execution.result(SCORE.all())).isEmpty();
    }

    @Test
    void what_failed_is_redriven_from_the_same_list() {
        testkit.containers()
                .step("work", ContainerScript.succeeds().result("score", 7))
                .step("tune[120]/work", 1, ContainerScript.exits(3));
        Execution execution = testkit.run(working(0), grid(130));
        ExecutionStatus first = execution.status();

        execution.redrive();
        testkit.await(execution);

        assertThat(first).isEqualTo(ExecutionStatus.FAILED);
        ExecutionAssert.assertThat(execution).succeeded();
        assertThat(execution.result(SCORE.all())).hasSize(130);
    }

    @Test
    void each_iteration_of_another_forEach_has_a_list_of_its_own() {
        Workflow workflow = Workflow.builder()
                .name("nested")
                .forEach(
                        "outer",
                        List.of(1, 2),
                        (o, number) -> o.forEach(
                                "inner",
                                List.of("a", "b", "c"),
                                (i, letter) -> i.mode(ForEach.Mode.LARGE)
                                        .step("work", s -> s.image("i").command(number.value(), letter.value()))))
                .build();

        Execution execution = testkit.run(workflow, Arguments.none());

        ExecutionAssert.assertThat(execution).succeeded();
        assertThat(execution.steps()).hasSize(6);
        assertThat(objects(testkit, execution, "lists/"))
                .containsExactlyInAnyOrder("lists/outer[0]/inner.json", "lists/outer[1]/inner.json");
    }

    private static Workflow working(int tolerated) {
        return Workflow.builder()
                .name("working")
                .parameter(GRID)
                .forEach(
                        "tune",
                        GRID,
                        (b, item) -> b.mode(ForEach.Mode.LARGE)
                                .toleratedFailures(tolerated)
                                .step(
                                        "work",
                                        s -> s.image("i")
                                                .command(item.number("eta"))
                                                .reports(SCORE)))
                .build();
    }

    private static List<String> objects(CroisTestkit of, Execution execution, String below) {
        String control = "_control/test/" + execution.name() + "/";
        return of
                .aws()
                .s3()
                .listObjectsV2Paginator(request -> request.bucket("crois").prefix(control + below))
                .contents()
                .stream()
                .map(S3Object::key)
                .map(key -> key.substring(control.length()))
                .toList();
    }

    private static Arguments grid(int items) {
        return Arguments.none()
                .with(
                        GRID,
                        Json.tree(IntStream.range(0, items)
                                .mapToObj(i -> Map.of("eta", i))
                                .toList()));
    }
}
