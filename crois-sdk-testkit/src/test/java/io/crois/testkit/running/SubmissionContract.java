package io.crois.testkit.running;

import static io.crois.testkit.running.RunningWorld.training;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.crois.contract.ExecutionStatus;
import io.crois.contract.Json;
import io.crois.contract.Run;
import io.crois.execution.Execution;
import io.crois.execution.SubmitOptions;
import io.crois.workflow.Arguments;
import io.crois.workflow.CroisException;
import io.crois.workflow.Parameter;
import io.crois.workflow.Workflow;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionAlreadyExistsException;
import software.amazon.awssdk.services.sfn.model.ExecutionDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.ExecutionListItem;

/** Executions are submitted, found, stopped and resumed, wherever Step Functions and DynamoDB come from. */
abstract class SubmissionContract {
    private static final Parameter<String> SOURCE = Parameter.text("source");
    private static final Parameter<String> PASSWORD = Parameter.text("password").sealed();
    private static final Workflow SEALED = Workflow.builder()
            .name("sealed")
            .parameter(SOURCE)
            .parameter(PASSWORD)
            .step("load", s -> s.image("demo/load:1").command("load", SOURCE, PASSWORD))
            .build();

    private RunningWorld world;

    /** Returns an account in which what is started goes on until it is stopped. */
    abstract RunningWorld world();

    @BeforeEach
    void start() {
        world = world();
    }

    @Test
    void a_submission_starts_the_version_of_its_workflow_under_its_name() {
        Execution execution = world.crois.submit(training("demo/train:1"), Arguments.none(), "run-1");

        DescribeExecutionResponse started = describe(execution);
        assertThat(started.name()).isEqualTo("run-1");
        assertThat(started.statusAsString()).isEqualTo("RUNNING");
        assertThat(Json.parse(started.input())).isEqualTo(Json.tree(Map.of("run", Run.of("demo", "run-1"))));
        assertThat(execution.status()).isEqualTo(ExecutionStatus.RUNNING);
        assertThat(world.door().execution("run-1")).get().hasToString(execution.toString());
    }

    @Test
    void the_same_submission_is_the_same_execution_and_another_one_under_its_name_is_refused() {
        Execution first = world.crois.submit(training("demo/train:1"), Arguments.none(), "run-1");
        world.time.pause(Duration.ofMinutes(1));

        Execution again = world.door().submit(training("demo/train:1"), Arguments.none(), "run-1");

        assertThat(again.describe()).isEqualTo(first.describe());
        assertThat(started(first)).hasSize(1);
        assertThatThrownBy(() -> world.crois.submit(
                        training("demo/train:1"),
                        Arguments.none(),
                        SubmitOptions.none().named("run-1").priority(3)))
                .isInstanceOf(CroisException.class)
                .hasMessageContaining("`run-1` of workflow `training` exists already");
        assertThat(started(first)).hasSize(1);
    }

    @Test
    void step_functions_itself_takes_a_name_again_only_with_the_same_input() {
        Execution execution = world.crois.submit(training("demo/train:1"), Arguments.none(), "run-1");
        String machine = describe(execution).stateMachineArn();
        String input = describe(execution).input();

        String again = world.clients
                .sfn()
                .startExecution(request ->
                        request.stateMachineArn(machine).name("run-1").input(input))
                .executionArn();

        assertThat(again).isEqualTo(execution.describe().arn());
        assertThatThrownBy(() -> world.clients
                        .sfn()
                        .startExecution(request ->
                                request.stateMachineArn(machine).name("run-1").input("{}")))
                .isInstanceOf(ExecutionAlreadyExistsException.class);
        assertThatThrownBy(() -> world.clients.sfn().describeExecution(request -> request.executionArn(again + "0")))
                .isInstanceOf(ExecutionDoesNotExistException.class);
    }

    @Test
    void executions_are_listed_from_the_latest_to_the_first() {
        for (String name : List.of("one", "two", "three")) {
            world.crois.submit(training("demo/train:1"), Arguments.none(), name);
            world.time.pause(Duration.ofSeconds(1));
        }

        assertThat(world.door().executions().map(Execution::name)).containsExactly("three", "two", "one");
        assertThat(world.door().execution("four")).isEmpty();
    }

    @Test
    void a_stopped_execution_ends_and_its_handle_learns_it_from_step_functions() {
        Execution execution = world.crois.submit(training("demo/train:1"), Arguments.none(), "run-1");

        execution.stop("Wrong data.");
        world.time.pause(Duration.ofMinutes(1));

        assertThat(describe(execution).statusAsString()).isEqualTo("ABORTED");
        assertThat(execution.status()).isEqualTo(ExecutionStatus.ABORTED);
        assertThat(execution.endedAt()).contains(describe(execution).stopDate());
        execution.stop("Again.");
        assertThat(describe(execution).stopDate()).isEqualTo(execution.endedAt().orElseThrow());
    }

    @Test
    void what_was_stopped_is_resumed_as_another_execution_that_knows_it() {
        Execution stopped = world.crois.submit(training("demo/train:1"), Arguments.none(), "run-1");
        stopped.stop("Too slow.");
        world.time.pause(Duration.ofMinutes(1));
        stopped.status();

        Execution resumed = world.door().resume(training("demo/train:2"), "run-1");

        assertThat(resumed.name()).isNotEqualTo("run-1");
        assertThat(resumed.describe().otherwise().resumes()).isEqualTo("run-1");
        assertThat(describe(resumed).statusAsString()).isEqualTo("RUNNING");
    }

    @Test
    void a_sealed_argument_is_stored_as_a_ciphertext_that_the_project_opens() {
        Arguments arguments = Arguments.none().with(SOURCE, "s3://data").with(PASSWORD, "tiger");

        Execution execution = world.crois.submit(SEALED, arguments, "run-1");

        assertThat(execution.arguments().get("source").asText()).isEqualTo("s3://data");
        assertThat(execution.arguments().get("password").toString()).doesNotContain("tiger");
        assertThat(opened(execution.arguments().get("password"))).isEqualTo("\"tiger\"");
    }

    private String opened(JsonNode sealed) {
        byte[] ciphertext =
                Base64.getDecoder().decode(sealed.path("crois:sealed").asText());
        return world.clients
                .kms()
                .decrypt(request -> request.ciphertextBlob(SdkBytes.fromByteArray(ciphertext))
                        .encryptionContext(Map.of(
                                "crois:project", "demo", "crois:workflow", "sealed", "crois:parameter", "password")))
                .plaintext()
                .asUtf8String();
    }

    private DescribeExecutionResponse describe(Execution execution) {
        String arn = execution.describe().arn();
        return world.clients.sfn().describeExecution(request -> request.executionArn(arn));
    }

    private List<ExecutionListItem> started(Execution execution) {
        String machine = describe(execution).stateMachineArn();
        return world.clients
                .sfn()
                .listExecutions(request -> request.stateMachineArn(machine).statusFilter("RUNNING"))
                .executions();
    }
}
