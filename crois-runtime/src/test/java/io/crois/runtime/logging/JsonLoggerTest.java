package io.crois.runtime.logging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.crois.contract.Json;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.helpers.BasicMDCAdapter;
import org.slf4j.spi.MDCAdapter;

final class JsonLoggerTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final MDCAdapter context = new BasicMDCAdapter();

    @Test
    void a_line_is_one_JSON_object_that_names_the_execution_and_the_step() {
        context.put("execution", "run-1");
        context.put("step", "tune[3]/train");

        logger("io.crois.runtime.lambda.StatusFunction").info("{} is {} \"now\"\n.", "arn:task", "RUNNING");

        assertThat(out.toString(UTF_8))
                .isEqualTo("{\"timestamp\":\"2026-01-31T12:00:00Z\",\"level\":\"INFO\","
                        + "\"logger\":\"io.crois.runtime.lambda.StatusFunction\","
                        + "\"message\":\"arn:task is RUNNING \\\"now\\\"\\n.\","
                        + "\"execution\":\"run-1\",\"step\":\"tune[3]/train\"}" + System.lineSeparator());
    }

    @Test
    void an_exception_is_a_member_with_its_trace() {
        logger("io.crois.Any").warn("It failed with {}.", 3, new IllegalStateException("Why"));

        JsonNode line = Json.parse(out.toString(UTF_8));
        assertThat(line.path("message").textValue()).isEqualTo("It failed with 3.");
        assertThat(line.path("exception").textValue())
                .startsWith("java.lang.IllegalStateException: Why")
                .contains("JsonLoggerTest");
    }

    @Test
    void details_and_what_other_libraries_tell_are_left_out() {
        logger("io.crois.Any").debug("detail");
        logger("software.amazon.awssdk.Any").info("information");

        assertThat(out.size()).isZero();
    }

    private Logger logger(String name) {
        Clock clock = Clock.fixed(Instant.parse("2026-01-31T12:00:00Z"), ZoneOffset.UTC);
        return new JsonLogger(name, context, new PrintStream(out, true, UTF_8), clock);
    }
}
