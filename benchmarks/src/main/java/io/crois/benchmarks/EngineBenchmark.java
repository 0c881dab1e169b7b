package io.crois.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crois.testkit.aws.InMemoryAws;
import io.crois.testkit.engine.EngineLimits;
import io.crois.testkit.time.VirtualEventLoop;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
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
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class EngineBenchmark {
    private static final EngineLimits UNLIMITED =
            new EngineLimits(Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE, 40, 10_000);
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
    private ObjectNode input = JsonNodeFactory.instance.objectNode();

    /** Writes the definition and the input. */
    @Setup
    public void prepare() {
        definition = workload.definition(language, size);
        input = workload.input(size);
    }

    /** An execution on a service of its own, from the definition's text to the output. */
    @Benchmark
    public String engine() {
        VirtualEventLoop loop = VirtualEventLoop.create();
        int[] calls = {0};
        InMemoryAws aws = InMemoryAws.builder()
                .eventLoop(loop)
                .limits(UNLIMITED)
                .build()
                .lambdaFunction(Workload.FLAKY_FUNCTION, json -> flaky(calls, json));
        SfnClient sfn = aws.sfn();
        String machine = sfn.createStateMachine(
                        request -> request.name("benchmark").roleArn(ROLE).definition(definition))
                .stateMachineArn();
        String execution = sfn.startExecution(
                        request -> request.stateMachineArn(machine).input(input.toString()))
                .executionArn();
        loop.runUntilIdle();
        String output = sfn.describeExecution(request -> request.executionArn(execution))
                .output();
        if (output == null) {
            throw new IllegalStateException("The execution of " + workload + " did not succeed.");
        }
        return output;
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
    public JsonNode handWritten() {
        return HandWritten.run(workload, input, size);
    }
}
