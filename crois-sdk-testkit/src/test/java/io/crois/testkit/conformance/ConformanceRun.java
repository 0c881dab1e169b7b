package io.crois.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Runs a file of recorded cases and writes what the engine does, one line a case; started by the Maven profile
 * {@code conformance} with {@code -Dasl.cases} and {@code -Dasl.results}. Whether it is right is the comparator's to
 * say.
 */
final class ConformanceRun {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    @EnabledIfSystemProperty(named = "asl.cases", matches = ".+")
    void every_case_has_a_result() throws IOException {
        Instant begin = Instant.now();
        List<String> lines = Files.readAllLines(Path.of(System.getProperty("asl.cases")), StandardCharsets.UTF_8);

        List<String> results = lines.stream()
                .filter(line -> !line.isBlank())
                .map(ConformanceRun::run)
                .toList();

        Path written = Path.of(System.getProperty("asl.results"));
        Files.write(written, results, StandardCharsets.UTF_8);
        System.out.println(results.size() + " cases in "
                + Duration.between(begin, Instant.now()).toMillis() + " ms: " + written);
        assertThat(results).isNotEmpty();
    }

    private static String run(String line) {
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        try {
            Case recorded = new Case((ObjectNode) JSON.readTree(line));
            result.put("id", recorded.id());
            result.setAll(withinLimit(recorded));
        } catch (JsonProcessingException | RuntimeException unreadable) {
            result.put("unsupported", String.valueOf(unreadable));
        }
        return result.toString();
    }

    /** Runs a case in a thread of its own, so that one that never ends costs no more than itself. */
    private static ObjectNode withinLimit(Case recorded) {
        CompletableFuture<ObjectNode> done = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                done.complete(new CaseRun(recorded, JSON).result());
            } catch (Throwable broken) {
                done.completeExceptionally(broken);
            }
        });
        thread.setDaemon(true);
        thread.start();
        try {
            return done.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException broken) {
            return unsupported(String.valueOf(broken.getCause()));
        } catch (TimeoutException endless) {
            thread.interrupt();
            return unsupported("it did not end within " + LIMIT.toSeconds() + " seconds");
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return unsupported("interrupted");
        }
    }

    private static ObjectNode unsupported(String reason) {
        return JsonNodeFactory.instance.objectNode().put("unsupported", reason);
    }
}
