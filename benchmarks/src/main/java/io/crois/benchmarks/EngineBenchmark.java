package io.crois.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import io.crois.testkit.aws.InMemoryAws;
import io.crois.testkit.engine.EngineLimits;
import io.crois.testkit.time.VirtualEventLoop;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import software.amazon.awssdk.services.sfn.SfnClient;

/**
 * Executions of the workloads, histories kept, beside a loop written by hand that does the same work on JSON. Divide by
 * {@link Workload#transitions} to see the time of a state transition.
 *
 * <p>Figures of one process scatter by a third, so three are taken; the collector is the one that never works while the
 * benchmark does, so that a figure is one of one core.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(
        value = 3,
        jvmArgs = {"-XX:+UseSerialGC", "-Xms2g", "-Xmx2g"})
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 4, time = 2)
public class EngineBenchmark {
    private static final EngineLimits UNLIMITED =
            new EngineLimits(Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE, 40, 10_000);
    /** How many transitions an account has in its histories before it is thrown away. */
    private static final long KEPT = 200_000;

    private static final String ROLE = "arn:aws:iam::111111111111:role/benchmark";

    /** The shape of the machine. */
    @Param
    public Workload workload = Workload.W1_CHAIN;

    /** Its query language. */
    @Param
    public Language language = Language.JSONPATH;

    /** Its size. */
    @Param({"100", "1000", "10000"})
    public int size;

    private String definition = "";
    private String input = "";
    private VirtualEventLoop loop = VirtualEventLoop.create();
    private SfnClient sfn = InMemoryAws.create().sfn();
    private String machine = "";
    private long kept;

    /** Writes the definition and the input. */
    @Setup
    public void prepare() {
        definition = workload.definition(language, size);
        input = workload.input(size).toString();
    }

    /** Makes an account with the machine in it; another one now and then, so that histories do not pile up. */
    @Setup(Level.Invocation)
    public void deploy() {
        if (kept > 0) {
            kept -= workload.transitions(size);
            return;
        }
        kept = KEPT;
        loop = VirtualEventLoop.create();
        int[] calls = {0};
        sfn = InMemoryAws.builder()
                .eventLoop(loop)
                .limits(UNLIMITED)
                .build()
                .lambdaFunction(Workload.FLAKY_FUNCTION, json -> flaky(calls, json))
                .sfn();
        machine = create();
    }

    private String create() {
        return sfn.createStateMachine(
                        request -> request.name("benchmark").roleArn(ROLE).definition(definition))
                .stateMachineArn();
    }

    /** An execution, from its start to its output, with its history. */
    @Benchmark
    public String engine() {
        String execution = sfn.startExecution(
                        request -> request.stateMachineArn(machine).input(input))
                .executionArn();
        loop.runUntilIdle();
        String output = sfn.describeExecution(request -> request.executionArn(execution))
                .output();
        if (output == null) {
            throw new IllegalStateException("The execution of " + workload + " did not succeed.");
        }
        return output;
    }

    /** What comes before: the definition's text is read, checked and planned. */
    @Benchmark
    public String deployment() {
        return create();
    }

    private static JsonNode flaky(int[] calls, JsonNode json) {
        calls[0]++;
        if (calls[0] % 6 != 0) {
            throw new IllegalStateException("Not yet");
        }
        return json.isMissingNode() ? IntNode.valueOf(0) : json;
    }

    /** The same work on JSON, without states, without a history. */
    @Benchmark
    public String handWritten() {
        return HandWritten.run(workload, input, size);
    }
}
