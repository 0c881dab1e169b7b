package io.crois.testkit;

import static io.crois.testkit.ExecutionAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.crois.contract.ItemKey;
import io.crois.contract.Json;
import io.crois.contract.Run;
import io.crois.contract.TaskOrder;
import io.crois.execution.Execution;
import io.crois.testkit.container.ContainerScript;
import io.crois.workflow.Arguments;
import io.crois.workflow.Artifact;
import io.crois.workflow.Parameter;
import io.crois.workflow.Result;
import io.crois.workflow.Text;
import io.crois.workflow.Workflow;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Workflows inside workflows, and states as their author wrote them. */
final class SubWorkflowRunTest {
    private static final Parameter<String> SOURCE = Parameter.text("source");
    private static final Parameter<Long> SEED = Parameter.integer("seed").withDefault(7L);
    private static final Artifact DATASET = Artifact.file("dataset.csv");
    private static final Artifact OTHER = Artifact.file("other.csv");
    private static final Result<Double> AUC = Result.number("auc");
    private static final Result<Double> OTHER_AUC = Result.number("other-auc");

    private final CroisTestkit testkit = CroisTestkit.create();

    @Test
    void a_workflow_may_stand_twice_in_another_with_other_arguments_and_both_return_their_products()
            throws IOException {
        Workflow outer = Workflow.builder()
                .name("outer")
                .parameter(SOURCE)
                .subWorkflow(
                        "first",
                        preparation(),
                        call -> call.with(SOURCE, SOURCE).returns(DATASET).returns(AUC))
                .subWorkflow(
                        "again",
                        preparation(),
                        call -> call.with(SOURCE, Text.of("more/", SOURCE))
                                .with(SEED, 9)
                                .returnsAs(DATASET, OTHER)
                                .returnsAs(AUC, OTHER_AUC))
                .step(
                        "compare",
                        s -> s.image("demo/compare:1").consumes(DATASET, OTHER).command(AUC, OTHER_AUC))
                .build();
        testkit.containers()
                .step(
                        "first[0]/download",
                        ContainerScript.succeeds().file("dataset.csv", "one").result("auc", 0.1))
                .step(
                        "again[0]/download",
                        ContainerScript.succeeds().file("dataset.csv", "two").result("auc", 0.2));

        Execution execution = testkit.run(outer, Arguments.none().with(SOURCE, "s3"));

        assertThat(execution).succeeded().step("again[0]/check").ranTimes(1);
        assertThat(execution.result(AUC)).isEqualTo(0.1);
        assertThat(execution.result(OTHER_AUC)).isEqualTo(0.2);
        assertThat(execution.artifact(OTHER).open().readAllBytes()).asString().isEqualTo("two");
        TaskOrder first = order(execution, "first[0]/", "download");
        TaskOrder again = order(execution, "again[0]/", "download");
        assertThat(first.command()).containsExactly("download", "s3", "7");
        assertThat(again.command()).containsExactly("download", "more/s3", "9");
        assertThat(Json.write(again.parameters().get("source"))).isEqualTo("\"more/s3\"");
        assertThat(Json.write(again.parameters().get("seed"))).isEqualTo("9");
        assertThat(order(execution, "again[0]/", "check").command()).containsExactly("0.2");
        TaskOrder compare = order(execution, "", "compare");
        assertThat(compare.command()).containsExactly("0.1", "0.2");
        assertThat(compare.inputs()).extracting(TaskOrder.Input::artifact).containsExactly("dataset.csv", "other.csv");
    }

    @Test
    void a_workflow_inside_of_a_for_each_returns_one_product_from_each_iteration() {
        Workflow middle = Workflow.builder()
                .name("middle")
                .parameter(SOURCE)
                .subWorkflow(
                        "prepare",
                        preparation(),
                        call -> call.with(SOURCE, SOURCE).returns(DATASET).returnsAs(AUC, OTHER_AUC))
                .build();
        Workflow outer = Workflow.builder()
                .name("outer")
                .forEach(
                        "each",
                        List.of("a", "b", "c"),
                        (body, item) -> body.subWorkflow(
                                "inside",
                                middle,
                                call -> call.with(SOURCE, Text.of(item.value(), "-", item.index()))
                                        .returns(DATASET)
                                        .returnsAs(OTHER_AUC, AUC)))
                .step(
                        "gather",
                        s -> s.image("demo/gather:1").consumes(DATASET.all()).command(AUC.all()))
                .build();
        testkit.containers()
                .step(
                        "each[1]/inside[0]/prepare[0]/download",
                        ContainerScript.succeeds().result("auc", 0.5));

        Execution execution = testkit.run(outer, Arguments.none());

        assertThat(execution).succeeded();
        assertThat(order(execution, "each[2]/inside[0]/prepare[0]/", "download").command())
                .containsExactly("download", "c-2", "7");
        assertThat(order(execution, "", "gather").command().get(0)).matches("\\[.+,0\\.5,.+]");
        assertThat(order(execution, "", "gather").inputs())
                .extracting(TaskOrder.Input::artifact)
                .containsExactly("dataset.csv/0", "dataset.csv/1", "dataset.csv/2");
    }

    @Test
    void what_an_inner_workflow_does_on_failure_is_its_own_affair() {
        Workflow inner = Workflow.builder()
                .name("inner")
                .step("risky", s -> s.image("demo/risky:1"))
                .onFailure(f -> f.step("repair", s -> s.image("demo/repair:1")))
                .lastly(l -> l.step("sweep", s -> s.image("demo/sweep:1")))
                .build();
        Workflow outer = Workflow.builder()
                .name("outer")
                .subWorkflow("inner", inner)
                .step("after", s -> s.image("demo/after:1"))
                .onFailure(f -> f.step("never", s -> s.image("demo/never:1")))
                .build();
        testkit.containers().step("risky", ContainerScript.exits(3));

        Execution execution = testkit.run(outer, Arguments.none());

        assertThat(execution).succeeded().step("inner[0]/repair").ranTimes(1);
        assertThat(execution).step("inner[0]/sweep").succeeded().step("after").succeeded();
        assertThat(execution).step("never").ranTimes(0);
    }

    @Test
    void the_failure_of_an_inner_workflow_is_that_of_the_outer_one() {
        Workflow inner = Workflow.builder()
                .name("inner")
                .parameter(SEED)
                .choose(c -> c.when(SEED.atLeast(5), yes -> yes.fail("TooLarge", "The seed is 5 or more.")))
                .step("work", s -> s.image("demo/work:1"))
                .build();
        Workflow outer =
                Workflow.builder().name("outer").subWorkflow("inner", inner).build();
        Workflow small = Workflow.builder()
                .name("small")
                .subWorkflow("inner", inner, call -> call.with(SEED, 1))
                .build();

        assertThat(testkit.run(outer, Arguments.none()).failure())
                .hasToString("Optional[TooLarge: The seed is 5 or more.]");
        assertThat(testkit.run(small, Arguments.none()))
                .succeeded()
                .step("inner[0]/work")
                .ranTimes(1);
    }

    @Test
    void a_raw_state_reads_values_and_the_flow_goes_on_behind_it() {
        testkit.aws().lambdaFunction("notify", event -> {
            assertThat(event).hasToString("{\"text\":\"AUC 0.75, {% 1 %}\"}");
            return event;
        });
        Workflow workflow = Workflow.builder()
                .name("told")
                .step("evaluate", s -> s.image("demo/evaluate:1").reports(AUC))
                .raw("notify", r -> r.state("""
                                {
                                  "Type": "Task",
                                  "Resource": "arn:aws:states:::lambda:invoke",
                                  "TimeoutSeconds": 60,
                                  "Arguments": {
                                    "FunctionName": "notify",
                                    "Payload": {
                                      "text": "{% 'AUC ' & $states.input.values.auc & ', ' & $states.input.values.text %}"
                                    }
                                  },
                                  "Assign": {"told": "{% $states.result.Payload.text %}"}
                                }
                                """).value("auc", AUC).value("text", "{% 1 %}"))
                .raw("check", "{\"Type\": \"Wait\", \"Seconds\": \"{% $length($told) %}\"}")
                .step("after", s -> s.image("demo/after:1"))
                .build();
        testkit.containers().step("evaluate", ContainerScript.succeeds().result("auc", 0.75));

        Execution execution = testkit.run(workflow, Arguments.none());

        assertThat(execution).succeeded().step("after").ranTimes(1);
        assertThat(testkit.transitions(execution)).contains("notify", "notify · state", "check");
    }

    @Test
    void a_raw_state_that_fails_leads_to_on_failure() {
        testkit.aws().lambdaFunction("notify", event -> {
            throw new IllegalStateException("No line.");
        });
        Workflow workflow = Workflow.builder()
                .name("told")
                .raw("notify", """
                                {
                                  "Type": "Task",
                                  "Resource": "arn:aws:states:::lambda:invoke",
                                  "TimeoutSeconds": 60,
                                  "Arguments": {"FunctionName": "notify"}
                                }
                                """)
                .onFailure(f -> f.step("repair", s -> s.image("demo/repair:1")))
                .build();

        assertThat(testkit.run(workflow, Arguments.none()))
                .succeeded()
                .step("repair")
                .succeeded();
    }

    @Test
    void a_raw_wait_whose_expression_fails_leads_to_on_failure_and_one_that_succeeds_assigns_for_what_follows() {
        Workflow workflow = Workflow.builder()
                .name("told")
                .raw(
                        "short",
                        "{\"Type\": \"Wait\", \"Seconds\": \"{% 1 + 1 %}\", \"Assign\": {\"text\": \"{% 'no number' %}\"}}")
                .raw("long", "{\"Type\": \"Wait\", \"Seconds\": \"{% $text %}\"}")
                .step("never", s -> s.image("demo/never:1"))
                .onFailure(f -> f.step("repair", s -> s.image("demo/repair:1")))
                .build();

        Execution execution = testkit.run(workflow, Arguments.none());

        assertThat(execution).succeeded().step("repair").succeeded();
        assertThat(testkit.transitions(execution)).contains("long · guarded").doesNotContain("never");
    }

    private TaskOrder order(Execution execution, String scope, String step) {
        Run run = new Run("test", execution.name(), scope);
        return Platform.table(testkit.aws())
                .read(ItemKey.order(run, step, 1), TaskOrder.class)
                .orElseThrow();
    }

    private static Workflow preparation() {
        return Workflow.builder()
                .name("preparation")
                .parameter(SOURCE)
                .parameter(SEED)
                .step(
                        "download",
                        s -> s.image("demo/data:1")
                                .command("download", SOURCE, SEED)
                                .produces(DATASET)
                                .reports(AUC))
                .step("check", s -> s.image("demo/data:1").consumes(DATASET).command(AUC))
                .build();
    }
}
