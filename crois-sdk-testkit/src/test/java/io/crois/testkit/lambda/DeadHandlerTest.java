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
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A status handler that dies at its work, as a process of its own: what it was told of is in the dead-letter queue,
 * where Lambda puts it, and comes from there into the table.
 */
final class DeadHandlerTest {
    /** How long a handler has waited for an answer when its deadline comes: shorter than it would wait. */
    private static final Duration WAITED = Duration.ofSeconds(3);

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

    private void handleAndDie(Death death, JsonNode event) throws Exception {
        switch (death) {
            case THROWS -> handleAndThrow(event);
            case KILLED -> handleWithoutAnswer(event, LambdaProcess::kill);
            case TIMES_OUT -> handleWithoutAnswer(event, status -> status.endAfter(WAITED));
            case TIMES_OUT_AFTER_THE_WRITE -> handleAndLoseTheAnswer(event);
        }
    }

    /** A port that somebody has, but where nobody listens, cannot become another program's meanwhile. */
    private void handleAndThrow(JsonNode event) throws IOException {
        try (Socket deaf = new Socket()) {
            deaf.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            try (LambdaProcess status = platform.function(jar, "StatusFunction", at(deaf.getLocalPort()))) {
                assertThat(status.invoke(event).failed()).isTrue();
            }
        }
    }

    private void handleWithoutAnswer(JsonNode event, Consumer<LambdaProcess> end) throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                LambdaProcess status = platform.function(jar, "StatusFunction", at(silent.getLocalPort()))) {
            silent.setSoTimeout((int) Duration.ofMinutes(5).toMillis());
            CompletableFuture<LambdaProcess.Answer> answer = status.begin(event);
            try (Socket call = silent.accept()) {
                assertThat(call.getInputStream().read()).isNotNegative();
                end.accept(status);
                assertThat(answer).failsWithin(Duration.ofMinutes(1));
            }
        }
    }

    private void handleAndLoseTheAnswer(JsonNode event) throws Exception {
        try (SilentWrites aws = SilentWrites.to(platform.endpoint());
                LambdaProcess status = platform.function(jar, "StatusFunction", aws.endpoint())) {
            CompletableFuture<LambdaProcess.Answer> answer = status.begin(event);
            aws.awaitWrite();
            status.endAfter(WAITED);
            assertThat(answer).failsWithin(Duration.ofMinutes(1));
        }
    }

    private static URI at(int port) {
        return URI.create("http://127.0.0.1:" + port);
    }
}
