package io.crois.benchmarks;

import io.crois.contract.ExecutionStatus;
import io.crois.testkit.CroisTestkit;
import io.crois.workflow.Arguments;
import io.crois.workflow.Workflow;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A whole workflow in the testkit: compiled, deployed, run with scripted containers in virtual time. Divide by
 * {@code steps} to see whether the time of a step grows with their number.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 8)
@Measurement(iterations = 8)
public class WorkflowBenchmark {
    /** How many steps, one after the other or at once. */
    @Param({"100", "1000"})
    public int steps;

    /** Steps in a row. */
    @Benchmark
    public ExecutionStatus chain() {
        return run(chainOf(steps));
    }

    /** One step for each item of a list, all at once. */
    @Benchmark
    public ExecutionStatus forEach() {
        return run(wideOf(steps));
    }

    static Workflow chainOf(int steps) {
        Workflow.Builder workflow = Workflow.builder().name("chain");
        IntStream.range(0, steps).forEach(i -> workflow.step("step-" + i, s -> s.image("demo/step:1")));
        return workflow.build();
    }

    static Workflow wideOf(int steps) {
        return Workflow.builder()
                .name("wide")
                .forEach(
                        "each",
                        IntStream.range(0, steps).boxed().toList(),
                        (body, item) -> body.step("step", s -> s.image("demo/step:1")))
                .build();
    }

    static ExecutionStatus run(Workflow workflow) {
        ExecutionStatus status =
                CroisTestkit.create().run(workflow, Arguments.none()).status();
        if (status != ExecutionStatus.SUCCEEDED) {
            throw new IllegalStateException("The workflow should succeed, but is " + status + ".");
        }
        return status;
    }
}
