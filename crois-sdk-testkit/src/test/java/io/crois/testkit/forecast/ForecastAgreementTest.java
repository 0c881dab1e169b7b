package io.crois.testkit.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crois.compile.Assumptions;
import io.crois.compile.CompiledWorkflow;
import io.crois.compile.WorkflowCompiler;
import io.crois.contract.ExecutionStatus;
import io.crois.contract.StepSpec;
import io.crois.execution.Execution;
import io.crois.testkit.CroisTestkit;
import io.crois.testkit.container.ContainerScript;
import io.crois.testkit.forecast.GeneratedWorkflow.Construct;
import io.crois.workflow.Arguments;
import io.crois.workflow.Backend;
import io.crois.workflow.Parameter;
import io.crois.workflow.Result;
import io.crois.workflow.Workflow;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is forecast is what the engine then counts. */
final class ForecastAgreementTest {
    private static final int WORKFLOWS = Integer.getInteger("crois.forecast.workflows", 200);
    private static final int DISTURBED = WORKFLOWS / 5;

    private final CroisTestkit testkit = CroisTestkit.create();

    @Test
    void generated_workflows_take_exactly_what_is_forecast() {
        Map<Long, Map<String, String>> wrong = new TreeMap<>();
        Set<Construct> seen = EnumSet.noneOf(Construct.class);
        int exact = 0;
        for (long seed = 0; seed < WORKFLOWS; seed++) {
            GeneratedWorkflow generated = new GeneratedWorkflow(seed);
            seen.addAll(generated.constructs().keySet());
            exact += generated.failsInside() ? 0 : 1;
            CroisTestkit fresh = CroisTestkit.create();
            generated.script(fresh.containers());
            Counted counted = Counted.of(fresh, fresh.run(generated.workflow(), generated.arguments()));
            CompiledWorkflow compiled = compile(generated.workflow());
            Map<String, String> differences =
                    counted.differences(compiled.forecast(generated.assumptions()), !generated.failsInside());
            differences.putAll(counted.differences(compiled.forecast(), false));
            differences.putAll(counted.differences(compiled.forecast(generated.arguments()), false));
            note(seed, differences, wrong);
        }

        assertThat(wrong).isEmpty();
        assertThat(seen).isEqualTo(EnumSet.allOf(Construct.class));
        assertThat(exact).isGreaterThan(WORKFLOWS * 3 / 4);
    }

    @Test
    void workflows_whose_steps_fail_stay_within_what_is_forecast_for_failures() {
        Map<Long, Map<String, String>> wrong = new TreeMap<>();
        int failed = 0;
        for (long seed = 1_000; seed < 1_000 + DISTURBED; seed++) {
            GeneratedWorkflow generated = new GeneratedWorkflow(seed);
            CroisTestkit fresh = CroisTestkit.create();
            generated.disturb(fresh.containers());
            Execution execution = fresh.run(generated.workflow(), generated.arguments());
            failed += execution.status() == ExecutionStatus.FAILED ? 1 : 0;
            Counted counted = Counted.of(fresh, execution);
            Assumptions failures = Assumptions.of(generated.arguments()).withFailures();
            note(seed, counted.differences(compile(generated.workflow()).forecast(failures), false), wrong);
        }

        assertThat(wrong).isEmpty();
        assertThat(failed).isPositive();
    }

    @Test
    void every_construct_of_the_language_takes_exactly_what_is_forecast(@TempDir Path classes) throws Exception {
        Map<String, Map<String, String>> wrong = new TreeMap<>();
        for (Map.Entry<String, Workflow> construct :
                ConstructsOfSdk.all(classes).entrySet()) {
            CroisTestkit fresh = CroisTestkit.create();
            fresh.secret("warehouse/password", "p").secret("warehouse/key", "k");
            CompiledWorkflow compiled = compile(construct.getValue());
            Arguments arguments = arguments(construct.getValue());
            Assumptions assumptions = report(fresh, compiled, Assumptions.of(arguments));
            Execution execution = fresh.run(construct.getValue(), arguments);
            boolean good = execution.status() == ExecutionStatus.SUCCEEDED && !anyTaskFailed(fresh, execution);
            note(
                    construct.getKey(),
                    Counted.of(fresh, execution)
                            .differences(compiled.forecast(good ? assumptions : assumptions.withFailures()), good),
                    wrong);
        }

        assertThat(wrong).isEmpty();
    }

    @Test
    void steps_folded_into_a_map_take_exactly_what_is_forecast() {
        Workflow.Builder builder = Workflow.builder().name("long");
        for (int i = 0; i < 702; i++) {
            Backend backend = i % 3 == 0 ? Backend.BATCH : Backend.FARGATE;
            builder.step("s" + i, s -> s.image("i").backend(backend));
            if (i == 350) {
                builder.forEach("tune", List.of(1, 2), (b, item) -> b.step("work", s -> s.image("i")));
            }
        }
        Workflow workflow = builder.build();

        Counted counted = Counted.of(testkit, testkit.run(workflow, Arguments.none()));

        assertThat(counted.differences(compile(workflow).forecast(), true)).isEmpty();
        assertThat(counted.started()).isEqualTo(704);
    }

    @Test
    void a_resumed_execution_takes_exactly_what_is_forecast_for_the_steps_that_it_reuses() {
        Result<Double> auc = Result.number("auc");
        Workflow workflow = Workflow.builder()
                .name("again")
                .step("first", s -> s.image("i").command("first").reports(auc))
                .forEach(
                        "tune",
                        List.of(1, 2, 3),
                        (b, item) -> b.step("work", s -> s.image("i").command(item.value())))
                .step("last", s -> s.image("i").command(auc))
                .build();
        testkit.containers().step("tune[1]/work", 1, ContainerScript.exits(3));
        Execution failed = testkit.run(workflow, Arguments.none());
        testkit.containers().step("tune[1]/work", 1, ContainerScript.succeeds());

        Execution resumed = testkit.crois().resume(workflow, failed.name());
        testkit.await(resumed);

        Counted counted = Counted.of(testkit, resumed);
        Assumptions resuming = Assumptions.none().resuming();
        assertThat(counted.differences(compile(workflow).forecast(resuming), false))
                .isEmpty();
        Assumptions told =
                resuming.reuses("first").reuses("work").runs("tune[1]/work").runs("last");
        long again = counted.started() - 1;
        Assumptions all = again == 1 ? told : told.runs("tune[2]/work");
        assertThat(counted.differences(compile(workflow).forecast(all), true)).isEmpty();
    }

    private static <K> void note(K key, Map<String, String> differences, Map<K, Map<String, String>> wrong) {
        if (!differences.isEmpty()) {
            wrong.put(key, differences);
        }
    }

    private static CompiledWorkflow compile(Workflow workflow) {
        return WorkflowCompiler.create().compile(workflow);
    }

    private static boolean anyTaskFailed(CroisTestkit testkit, Execution execution) {
        return testkit.history(execution).stream()
                .anyMatch(event -> event.typeAsString().endsWith("Failed"));
    }

    private static Assumptions report(CroisTestkit testkit, CompiledWorkflow compiled, Assumptions assumptions) {
        Assumptions told = assumptions;
        for (StepSpec step : compiled.steps()) {
            ContainerScript script = ContainerScript.succeeds();
            for (var product : step.reports()) {
                Object value = product.result().equals("fair") ? Boolean.TRUE : Double.valueOf(0.9);
                script = script.result(product.result(), value);
                told = told.result(product.result(), value);
            }
            testkit.containers().step(step.step(), script);
            told = told.runs(step.step());
        }
        return told;
    }

    private static Arguments arguments(Workflow workflow) {
        Arguments arguments = Arguments.none();
        for (Parameter<?> parameter : workflow.parameters()) {
            if (parameter.defaultValue() == null) {
                arguments = arguments.with(untyped(parameter), value(parameter));
            }
        }
        return arguments;
    }

    private static Object value(Parameter<?> parameter) {
        JsonNode items = new ObjectMapper()
                .valueToTree(List.of(
                        Map.<String, Object>of("eta", 0.1, "source", "a"),
                        Map.<String, Object>of("eta", 0.2, "source", "b")));
        return parameter.name().equals("grid") ? items : "some text";
    }

    @SuppressWarnings("unchecked")
    private static Parameter<Object> untyped(Parameter<?> parameter) {
        return (Parameter<Object>) parameter;
    }
}
