package io.crois.testkit.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.crois.contract.FeedEvent;
import io.crois.contract.Json;
import io.crois.contract.StepItem;
import io.crois.contract.StepStatus;
import io.crois.table.Feed;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A status handler that dies at its work, as a process of its own: what it was told of is in the dead-letter queue,
 * where Lambda puts it, and comes from there into the table.
 */
final class DeadHandlerTest {
    /** Longer than a first event takes on a machine that does much else, shorter than a call waits for its answer. */
    private static final Duration LIMIT = Duration.ofSeconds(7);

    private Path jar;
    private MotoPlatform platform;

    /** How a handler dies. */
    private enum Death {
        /** AWS cannot be reached, so it throws. */
        THROWS,
        /** AWS does not answer, and the machine is switched off meanwhile. */
        KILLED,
        /** AWS does not answer, and Lambda ends the process at its deadline. */
        TIMES_OUT,
        /** AWS has written, but its answer does not come before Lambda ends the process at its deadline. */
        TIMES_OUT_AFTER_THE_WRITE
    }

    @BeforeEach
    void start() throws IOException {
        jar = FunctionsJar.path();
        platform = new MotoPlatform();
        try (LambdaProcess prepare = platform.function(jar, "PrepareFunction")) {
            prepare.invoke(Json.tree(platform.request(Map.of("kind", "step"))));
        }
    }

    @ParameterizedTest
    @EnumSource
    void no_status_is_lost_and_none_goes_back(Death death) throws Exception {
        JsonNode running = MotoPlatform.taskEvent("RUNNING");
        JsonNode stopped = MotoPlatform.taskEvent("STOPPED");
        handleAndDie(death, stopped);
        assertThat(platform.step().status())
                .isEqualTo(death == Death.TIMES_OUT_AFTER_THE_WRITE ? StepStatus.STOPPED : StepStatus.PREPARED);
        platform.leaveDead(stopped);
        platform.leaveDead(running);

        try (LambdaProcess reconcile = platform.function(jar, "ReconcileFunction")) {
            assertThat(reconcile
                            .invoke(Json.parse("{}"))
                            .body()
                            .path("redelivered")
                            .asInt())
                    .isEqualTo(2);
        }

        StepItem step = platform.step();
        assertThat(step.status()).isEqualTo(StepStatus.STOPPED);
        assertThat(step.startedAt()).isEqualTo("2026-01-31T12:00:05Z");
        assertThat(step.exitCode()).isZero();
        assertThat(platform.deadEvents()).isZero();
        assertThat(Feed.since(platform.table, "demo", Instant.now().minus(Duration.ofMinutes(10)))
                        .poll(Instant.now().plus(Duration.ofMinutes(1))))
                .extracting(FeedEvent::type)
                .filteredOn(type -> type == FeedEvent.Type.STEP_STARTED)
                .hasSize(1);
    }

    private void handleAndDie(Death death, JsonNode event) throws IOException {
        if (death == Death.TIMES_OUT_AFTER_THE_WRITE) {
            handleAndLoseTheAnswer(event);
            return;
        }
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            silent.setSoTimeout((int) Duration.ofMinutes(1).toMillis());
            URI endpoint = URI.create("http://127.0.0.1:" + silent.getLocalPort());
            if (death == Death.THROWS) {
                silent.close();
            }
            try (LambdaProcess status = platform.function(jar, "StatusFunction", endpoint)) {
                CompletableFuture<LambdaProcess.Answer> answer =
                        death == Death.TIMES_OUT ? status.begin(event, LIMIT) : status.begin(event);
                if (death == Death.THROWS) {
                    assertThat(answer.join().failed()).isTrue();
                    return;
                }
                try (Socket call = silent.accept()) {
                    assertThat(call.getInputStream().read()).isNotNegative();
                    if (death == Death.KILLED) {
                        status.kill();
                    }
                    assertThat(answer).failsWithin(Duration.ofMinutes(1));
                }
            }
        }
    }

    private void handleAndLoseTheAnswer(JsonNode event) throws IOException {
        try (SilentWrites aws = SilentWrites.to(platform.endpoint());
                LambdaProcess status = platform.function(jar, "StatusFunction", aws.endpoint())) {
            assertThat(status.begin(event, LIMIT)).failsWithin(Duration.ofMinutes(1));
            assertThat(aws.writes()).isPositive();
        }
    }
}
