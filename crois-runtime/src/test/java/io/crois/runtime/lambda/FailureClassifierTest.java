package io.crois.runtime.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.crois.contract.Json;
import io.crois.contract.RouteRequest.ErrorOutput;
import io.crois.contract.Run;
import io.crois.contract.TaskReport;
import io.crois.workflow.FailureClass;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FailureClassifierTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ecs-exit-code            | EXIT_CODE       | 3   | The command ended with exit code 3.
            ecs-killed               | EXIT_CODE       | 137 | The command ended with exit code 137.
            ecs-out-of-memory        | OUT_OF_MEMORY   | 137 | The container was killed because it used more memory than it had: OutOfMemoryError
            ecs-spot                 | SPOT_RECLAIMED  | 143 | AWS took the Spot capacity back: Your Spot Task was interrupted.
            ecs-image-pull           | IMAGE_PULL      |     | The image could not be pulled: CannotPullContainerError
            ecs-pull-denied          | ACCESS_DENIED   |     | A role or a key does not allow what the step needs: ResourceInitializationError
            ecs-start-failed         | START_FAILED    |     | The container did not start: ResourceInitializationError
            ecs-injector-failed      | START_FAILED    |     | The container did not start: dependency failed
            ecs-no-capacity-later    | NEVER_SCHEDULED |     | No machine was found for the step: Capacity is unavailable
            ecs-machine-failed       | AGENT_FAULT     |     | The machine under the container failed: The task was stopped
            ecs-stopped-by-person    | UNKNOWN         |     | The container ended without an exit code: Task stopped by user
            ecs-agent-input          | AGENT_FAULT     | 241 | The agent ended with INPUT_NOT_FETCHED.
            ecs-agent-output-missing | MISSING_OUTPUT  | 244 | A declared output or result is missing
            ecs-agent-budget         | TIMED_OUT       | 245 | The command did not end within its run budget.
            ecs-other-container      | AGENT_FAULT     | 0   | The step's container ended with 0, but another container
            ecs-no-capacity          | NEVER_SCHEDULED |     | AmazonECS.Unknown: Reason: RESOURCE:MEMORY
            ecs-throttled            | THROTTLED       |     | ECS.AmazonECSException: Rate exceeded
            ecs-refused              | ACCESS_DENIED   |     | ECS.AmazonECSException: User: arn
            ecs-inactive             | UNKNOWN         |     | ECS.AmazonECSException: TaskDefinition is inactive
            ecs-server-error         | START_FAILED    |     | ECS.ServerException: Service Unavailable.
            batch-exit-code          | EXIT_CODE       | 3   | The command ended with exit code 3.
            batch-out-of-memory      | OUT_OF_MEMORY   | 137 | The container was killed because it used more memory
            batch-spot               | SPOT_RECLAIMED  |     | AWS took the Spot capacity back: Host EC2
            batch-spot-first-attempt | SPOT_RECLAIMED  |     | AWS took the Spot capacity back: Task failed
            batch-image-pull         | IMAGE_PULL      |     | The image could not be pulled: CannotPull
            batch-start-failed       | START_FAILED    |     | The container did not start: Task failed to start
            batch-never-scheduled    | NEVER_SCHEDULED |     | No machine was found for the step: MISCONFIGURATION
            batch-attempt-timeout    | TIMED_OUT       | 137 | The step did not end in time: Job attempt duration
            batch-throttled          | THROTTLED       |     | Batch.AWSBatchException: Too Many Requests
            timeout                  | NEVER_SCHEDULED |     | The step's container did not start within its budget.
            permissions              | ACCESS_DENIED   |     | States.Permissions: The role
            store-missing-output     | MISSING_OUTPUT  |     | Step `train` declares result `auc`
            store-report-missing     | AGENT_FAULT     |     | Step `train` attempt 1 ended, but its agent left no report.
            store-spec-missing       | UNKNOWN         |     | Workflow `building` has no spec `0123`.
            store-throttled          | THROTTLED       |     | The level of configured provisioned throughput
            store-denied             | ACCESS_DENIED   |     | User: arn
            store-broken             | AGENT_FAULT     |     | Every Java runtime offers SHA-256.
            store-refused            | AGENT_FAULT     |     | Lambda.ResourceNotFoundException: Function not found
            cut-short                | UNKNOWN         |     | It failed with States.TaskFailed.
            unknown                  | UNKNOWN         |     | Some.Error: Nobody knows.
            """)
    void what_aws_reports_tells_why(String file, FailureClass failureClass, @Nullable Integer exitCode, String message)
            throws IOException {
        Failed failed = FailureClassifier.classify(error(file), null, false);

        assertThat(failed.failureClass()).isEqualTo(failureClass);
        assertThat(failed.exitCode()).isEqualTo(exitCode);
        assertThat(failed.message()).startsWith(message);
    }

    @Test
    void the_agent_knows_better_than_an_exit_code() throws IOException {
        TaskReport report = report(3, new TaskReport.Failure(FailureClass.ACCESS_DENIED, "No secret."));

        Failed failed = FailureClassifier.classify(error("ecs-exit-code"), report, true);

        assertThat(failed).isEqualTo(new Failed(FailureClass.ACCESS_DENIED, 3, "No secret."));
    }

    @ParameterizedTest
    @CsvSource({"ecs-out-of-memory,OUT_OF_MEMORY", "ecs-spot,SPOT_RECLAIMED", "batch-spot,SPOT_RECLAIMED"})
    void the_platform_knows_better_about_memory_and_spot(String file, FailureClass failureClass) throws IOException {
        TaskReport report = report(137, new TaskReport.Failure(FailureClass.EXIT_CODE, "Killed."));

        assertThat(FailureClassifier.classify(error(file), report, true).failureClass())
                .isEqualTo(failureClass);
    }

    @Test
    void a_timeout_after_the_start_is_one_of_the_run() throws IOException {
        TaskReport stopped = report(143, new TaskReport.Failure(FailureClass.EXIT_CODE, "Stopped from outside."));

        assertThat(FailureClassifier.classify(error("timeout"), null, true).failureClass())
                .isEqualTo(FailureClass.TIMED_OUT);
        assertThat(FailureClassifier.classify(error("timeout"), stopped, false).failureClass())
                .isEqualTo(FailureClass.TIMED_OUT);
        assertThat(FailureClassifier.classify(error("timeout"), report(0, null), true)
                        .failureClass())
                .isEqualTo(FailureClass.AGENT_FAULT);
    }

    @Test
    void any_text_is_a_cause() {
        Random random = new Random(7);
        List<String> pieces = List.of(
                "{",
                "}",
                "[",
                "]",
                "\"",
                ":",
                ",",
                "Containers",
                "ExitCode",
                "\"Name\":\"main\"",
                "null",
                "137",
                "JobId",
                "\\",
                "\u0000",
                "\ud800",
                "errorType",
                "States.Timeout",
                "{\"Containers\":[{}]}",
                "{\"JobId\":1,\"Container\":[],\"Attempts\":{}}",
                "é",
                " ");
        for (int round = 0; round < 20_000; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(12); i > 0; i--) {
                text.append(pieces.get(random.nextInt(pieces.size())));
            }
            String error = pieces.get(random.nextInt(pieces.size()));

            Failed failed = FailureClassifier.classify(new ErrorOutput(error, text.toString()), null, false);

            assertThat(failed.message()).as("%s", text).isNotBlank().hasSizeLessThan(1_200);
        }
        assertThat(FailureClassifier.classify(new ErrorOutput(null, null), null, false))
                .isEqualTo(new Failed(FailureClass.UNKNOWN, null, "No error was given."));
    }

    private static TaskReport report(int exitCode, TaskReport.@Nullable Failure failure) {
        return new TaskReport(
                Run.of("demo", "run-1"), "train", 1, exitCode, failure, List.of(), Map.of(), Map.of(), 0, 0, 0, 0);
    }

    static ErrorOutput error(String file) throws IOException {
        try (InputStream stream = FailureClassifierTest.class.getResourceAsStream("/failures/" + file + ".json")) {
            JsonNode json = Json.mapper().readTree(stream);
            JsonNode cause = json.path("Cause");
            String text = cause.isObject() ? Json.write(cause) : cause.textValue();
            return new ErrorOutput(json.path("Error").textValue(), text);
        }
    }
}
