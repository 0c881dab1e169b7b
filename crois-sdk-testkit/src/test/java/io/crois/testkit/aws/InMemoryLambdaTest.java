package io.crois.testkit.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.crois.testkit.aws.internal.lambda.FunctionAnswer;
import io.crois.testkit.aws.internal.lambda.FunctionHost;
import io.crois.testkit.time.VirtualEventLoop;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.FunctionConfiguration;
import software.amazon.awssdk.services.lambda.model.InvalidParameterValueException;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.lambda.model.LambdaException;
import software.amazon.awssdk.services.lambda.model.RequestTooLargeException;
import software.amazon.awssdk.services.lambda.model.ResourceConflictException;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;

final class InMemoryLambdaTest {

    private final VirtualEventLoop loop = VirtualEventLoop.create();
    private final FunctionHost host = new FunctionHost(loop, "eu-central-1", "222222222222", new Random(7));
    private final LambdaClient lambda = InMemoryLambda.of(host);

    @Test
    void a_registered_function_answers_json_with_json() {
        host.register("twice", input -> IntNode.valueOf(input.path("n").asInt() * 2));

        InvokeResponse answer = invoke("twice", "{\"n\":21}");

        assertThat(answer.payload().asUtf8String()).isEqualTo("42");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.functionError()).isNull();
        assertThat(answer.executedVersion()).isEqualTo("$LATEST");
    }

    @Test
    void a_handler_written_for_lambda_sees_its_bytes_and_its_context() {
        host.register("echo", (input, output, context) -> {
            output.write(input.readAllBytes());
            output.write((" " + context.getFunctionName() + " " + context.getInvokedFunctionArn() + " "
                            + context.getRemainingTimeInMillis())
                    .getBytes(StandardCharsets.UTF_8));
        });

        assertThat(invoke("echo", "[1]").payload().asUtf8String())
                .isEqualTo("[1] echo arn:aws:lambda:eu-central-1:222222222222:function:echo 60000");
    }

    @Test
    void what_a_handler_throws_is_described_as_the_runtime_for_java_does() throws Exception {
        host.register("bad", input -> {
            throw new IllegalStateException("No luck.");
        });

        InvokeResponse answer = invoke("bad", "{}");

        JsonNode payload = new ObjectMapper().readTree(answer.payload().asUtf8String());
        assertThat(answer.functionError()).isEqualTo("Unhandled");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(payload.path("errorMessage").asText()).isEqualTo("No luck.");
        assertThat(payload.path("errorType").asText()).isEqualTo("java.lang.IllegalStateException");
        assertThat(payload.path("stackTrace").path(0).asText()).contains("InMemoryLambdaTest");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "f",
                "f:$LATEST",
                "function:f",
                "222222222222:function:f",
                "arn:aws:lambda:eu-central-1:222222222222:function:f",
                "arn:aws:lambda:eu-central-1:222222222222:function:f:live"
            })
    void a_function_is_found_by_every_form_of_its_name(String name) {
        host.register("f", input -> input);

        assertThat(invoke(name, "1").payload().asUtf8String()).isEqualTo("1");
    }

    @Test
    void a_function_that_is_not_there_and_a_name_that_cannot_be_one_are_refused() {
        assertThatThrownBy(() -> invoke("nope", "{}"))
                .isInstanceOf(ResourceNotFoundException.class)
                .hasMessageContaining("Function not found: arn:aws:lambda:eu-central-1:222222222222:function:nope");
        assertThatThrownBy(() -> invoke("a name", "{}"))
                .isInstanceOf(LambdaException.class)
                .hasMessageContaining("at 'functionName' failed to satisfy constraint");
        assertThatThrownBy(() -> host.register("a name", input -> input))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("`a name`");
    }

    @Test
    void a_payload_over_six_mebibytes_is_refused() {
        host.register("f", input -> input);

        assertThatThrownBy(() -> invoke("f", "\"" + "x".repeat(6 * 1024 * 1024) + "\""))
                .isInstanceOf(RequestTooLargeException.class)
                .hasMessageContaining("6291458 byte payload is too large");
    }

    @Test
    void a_created_function_is_found_listed_changed_and_deleted() {
        create("f");

        lambda.updateFunctionConfiguration(
                request -> request.functionName("f").timeout(30).environment(env -> env.variables(Map.of("A", "2"))));

        FunctionConfiguration found =
                lambda.getFunction(request -> request.functionName("f")).configuration();
        assertThat(found.timeout()).isEqualTo(30);
        assertThat(found.environment().variables()).isEqualTo(Map.of("A", "2"));
        assertThat(found.role()).isEqualTo("arn:aws:iam::222222222222:role/f");
        assertThat(lambda.listFunctionsPaginator().functions())
                .extracting(FunctionConfiguration::functionName)
                .containsExactly("f");
        lambda.deleteFunction(request -> request.functionName("f"));
        assertThatThrownBy(() -> lambda.getFunctionConfiguration(request -> request.functionName("f")))
                .isInstanceOf(ResourceNotFoundException.class);
    }

    @Test
    void a_name_is_taken_once_and_a_timeout_has_its_limits() {
        create("f");

        assertThatThrownBy(() -> create("f"))
                .isInstanceOf(ResourceConflictException.class)
                .hasMessageContaining("Function already exist: f");
        assertThatThrownBy(() -> lambda.updateFunctionConfiguration(
                        request -> request.functionName("f").timeout(901)))
                .isInstanceOf(InvalidParameterValueException.class)
                .hasMessageContaining("between 1 and 900");
    }

    @Test
    void a_function_without_code_fails_as_one_whose_class_is_not_found() {
        create("f");

        InvokeResponse answer = invoke("f", "{}");

        assertThat(answer.functionError()).isEqualTo("Unhandled");
        assertThat(answer.payload().asUtf8String())
                .contains("java.lang.ClassNotFoundException", "Function `f` has no code in memory.");
    }

    @Test
    void code_stays_registered_when_its_function_is_deleted_and_created_again() {
        host.register("f", input -> TextNode.valueOf("still here"));
        lambda.deleteFunction(request -> request.functionName("f"));
        create("f");

        assertThat(invoke("f", "{}").payload().asUtf8String()).isEqualTo("\"still here\"");
    }

    @Test
    void an_invocation_on_the_loop_answers_when_its_duration_has_passed() {
        host.register("f", input -> input);
        host.takes(Duration.ofSeconds(2));
        host.register("quick", input -> input);
        host.takes("quick", Duration.ofSeconds(1));
        List<String> answers = new ArrayList<>();
        Instant begin = loop.now();

        loop.post(() -> {
            start("f", answers, begin);
            start("quick", answers, begin);
        });
        loop.runUntilIdle();

        assertThat(answers).containsExactly("quick PT1S null", "f PT2S null");
    }

    @Test
    void a_function_that_takes_longer_than_it_may_is_stopped_at_its_timeout() {
        create("f");
        host.register("f", input -> input);
        host.takes(Duration.ofMinutes(5));
        List<String> answers = new ArrayList<>();
        Instant begin = loop.now();

        loop.post(() -> start("f", answers, begin));
        loop.runUntilIdle();

        assertThat(answers).containsExactly("f PT3S Sandbox.Timedout");
        assertThat(invoke("f", "{}").payload().asUtf8String()).contains("Error: Task timed out after 3.00 seconds");
    }

    private void start(String function, List<String> answers, Instant begin) {
        host.start(
                function,
                null,
                (FunctionAnswer answer) ->
                        answers.add(function + " " + Duration.between(begin, loop.now()) + " " + answer.errorType()));
    }

    @Test
    void an_asynchronous_invocation_is_answered_at_once_and_repeated_twice_when_it_fails() {
        List<Duration> calls = new ArrayList<>();
        Instant begin = loop.now();
        host.takes(Duration.ZERO);
        host.register("f", input -> {
            calls.add(Duration.between(begin, loop.now()));
            throw new IllegalStateException("No luck.");
        });

        InvokeResponse answer =
                lambda.invoke(request -> request.functionName("f").invocationType(InvocationType.EVENT));
        assertThat(calls).isEmpty();
        loop.runUntilIdle();

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(calls).containsExactly(Duration.ZERO, Duration.ofMinutes(1), Duration.ofMinutes(3));
    }

    @Test
    void a_dry_run_runs_nothing() {
        List<JsonNode> calls = new ArrayList<>();
        host.register("f", input -> {
            calls.add(input);
            return input;
        });

        InvokeResponse answer =
                lambda.invoke(request -> request.functionName("f").invocationType(InvocationType.DRY_RUN));

        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(calls).isEmpty();
    }

    @Test
    void what_is_not_in_memory_is_named() {
        assertThatThrownBy(() -> lambda.publishVersion(request -> request.functionName("f")))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessage("LambdaClient.publishVersion is not in memory.");
    }

    private void create(String name) {
        lambda.createFunction(request -> request.functionName(name)
                .runtime("java17")
                .handler("demo.Handler")
                .role("arn:aws:iam::222222222222:role/f")
                .environment(env -> env.variables(Map.of("A", "1"))));
    }

    private InvokeResponse invoke(String name, String payload) {
        return lambda.invoke(request -> request.functionName(name).payload(SdkBytes.fromUtf8String(payload)));
    }
}
