package io.crois.compile;

import static io.crois.compile.Workflows.named;
import static io.crois.workflow.Size.gib;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.crois.contract.Json;
import io.crois.contract.StepSpec;
import io.crois.workflow.Backend;
import io.crois.workflow.Resources;
import io.crois.workflow.Retry;
import io.crois.workflow.Workflow;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class WorkflowCompilerTest {
    private final WorkflowCompiler compiler = WorkflowCompiler.create();

    @ParameterizedTest
    @CsvSource({
        "32, 244, 0, 200, FARGATE",
        "33, 244, 0, 200, BATCH",
        "32, 245, 0, 200, BATCH",
        "32, 244, 1, 200, BATCH",
        "32, 244, 0, 201, BATCH"
    })
    void auto_leaves_fargate_beyond_its_largest_machine(int cpu, int memory, int gpu, int disk, Backend expected) {
        Resources.Fixed size = Resources.cpu(cpu).memory(gib(memory)).gpu(gpu).disk(gib(disk));

        StepSpec spec = single(
                named("w").step("train", s -> s.image("i").resources(size)).build());

        assertThat(spec.backend()).isEqualTo(expected);
    }

    @Test
    void memory_that_may_grow_out_of_fargate_leaves_the_choice_to_the_run() {
        Resources.Fixed size = Resources.cpu(16).memory(gib(104));

        assertThat(withRetry(size, Retry.exponential().growMemory(2)).backend()).isEqualTo(Backend.AUTO);
        assertThat(withRetry(size, Retry.exponential().growMemory(2).upTo(gib(240)))
                        .backend())
                .isEqualTo(Backend.FARGATE);
    }

    @ParameterizedTest
    @ValueSource(ints = {1_000, 10_000})
    void a_long_chain_fits_a_definition(int steps) {
        CompiledWorkflow compiled = compiler.compile(Workflows.chain(steps));

        assertThat(compiled.toJson().length()).isLessThan(Quotas.DEFINITION_CHARACTERS);
        assertThat(compiled.steps()).hasSize(steps);
        int maps = (steps + 999) / 1_000;
        assertThat(compiled.forecast().transitions()).isEqualTo(Range.exactly(3L * steps + maps));
    }

    @Test
    void a_thousand_steps_stay_within_the_history_and_ten_thousand_do_not() {
        assertThat(compiler.compile(Workflows.chain(1_000)).problems()).isEmpty();
        assertThat(compiler.compile(Workflows.chain(10_000)).problems())
                .extracting(QuotaProblem::place)
                .containsExactly("`step-1000`");
    }

    @Test
    void each_step_of_a_chain_has_its_own_spec_and_timeout() {
        JsonNode map = Json.parse(compiler.compile(Workflows.chain(1_000)).toJson())
                .path("States")
                .elements()
                .next();

        assertThat(map.path("MaxConcurrency").asInt()).isEqualTo(1);
        assertThat(map.path("Items")).hasSize(1_000);
        assertThat(map.path("Items").get(7).toString())
                .matches("\\{\"step\":\"step-7\",\"spec\":\"[0-9a-f]{16}\",\"timeout\":91800}");
    }

    @Test
    void state_names_are_unique_even_where_elements_are_called_like_others() {
        Workflow workflow = named("w")
                .lastly(l -> l.step("end", s -> s.image("i")))
                .step("a", s -> s.image("i"))
                .parallel(
                        "both",
                        p -> p.branch(
                                "w", b -> b.step("b", s -> s.image("i")).lastly(l -> l.step("c", s -> s.image("i")))))
                .build();

        List<String> names = new ArrayList<>();
        collect(Json.parse(compiler.compile(workflow).toJson()), names);

        assertThat(names).doesNotHaveDuplicates().contains("w · lastly", "w (2) · lastly");
    }

    @Test
    void names_are_cut_to_what_a_state_may_be_called() {
        StateNames names = new StateNames();
        String longest = "a".repeat(64);

        List<String> given = List.of(
                names.element("", longest),
                names.element("", longest),
                names.part(longest, " · run on Fargate"),
                names.element("f/", "b"),
                names.element(longest + "/", "b"));

        assertThat(given).doesNotHaveDuplicates().endsWith("f/b", "b");
        assertThat(given).allSatisfy(name -> assertThat(name.length()).isLessThanOrEqualTo(80));
    }

    @Test
    void every_task_has_a_timeout_and_every_transition_a_target() {
        Workflows.all()
                .values()
                .forEach(workflow -> check(Json.parse(compiler.compile(workflow).toJson())));
    }

    @Test
    void the_digest_changes_with_a_spec() {
        Workflow one = named("w").step("a", s -> s.image("i:1")).build();
        Workflow two = named("w").step("a", s -> s.image("i:2")).build();

        assertThat(compiler.compile(one).digest())
                .hasSize(16)
                .isEqualTo(compiler.compile(one).digest())
                .isNotEqualTo(compiler.compile(two).digest());
    }

    @Test
    void functions_can_have_other_names() {
        CompiledWorkflow compiled = compiler.platformNames(new PlatformNames("p", "s", "r"))
                .compile(Workflows.all().get("step-on-fargate"));

        assertThat(compiled.toJson())
                .contains("\"FunctionName\":\"p\"", "\"FunctionName\":\"s\"", "\"FunctionName\":\"r\"");
        assertThat(compiled.toJson()).doesNotContain("crois-");
    }

    @Test
    void an_authors_text_is_never_taken_for_an_expression() {
        Workflow workflow = named("w")
                .step("a", s -> s.image("i"))
                .fail("{% 1 %}", "{% $x %}")
                .build();

        JsonNode fail = Json.parse(compiler.compile(workflow).toJson()).at("/States/fail-1");

        assertThat(fail.path("Cause").asText()).isEqualTo("{% \"{% $x %}\" %}");
    }

    private static void check(JsonNode machine) {
        JsonNode states = machine.path("States");
        assertThat(states.has(machine.path("StartAt").asText())).isTrue();
        for (JsonNode state : states) {
            if (state.path("Type").asText().equals("Task")) {
                assertThat(state.path("TimeoutSeconds").asLong()).isPositive();
            }
            state.findValuesAsText("Next").stream()
                    .filter(next -> !state.has("ItemProcessor") && !state.has("Branches"))
                    .forEach(next -> assertThat(states.has(next)).as(next).isTrue());
            state.path("Branches").forEach(WorkflowCompilerTest::check);
            if (state.has("ItemProcessor")) {
                check(state.path("ItemProcessor"));
            }
        }
    }

    private static void collect(JsonNode machine, List<String> names) {
        machine.path("States").properties().forEach(state -> {
            names.add(state.getKey());
            state.getValue().path("Branches").forEach(branch -> collect(branch, names));
            collect(state.getValue().path("ItemProcessor"), names);
        });
    }

    private StepSpec withRetry(Resources size, Retry retry) {
        return single(named("w")
                .step("train", s -> s.image("i").resources(size).retry(retry))
                .build());
    }

    private StepSpec single(Workflow workflow) {
        return compiler.compile(workflow).steps().get(0);
    }
}
