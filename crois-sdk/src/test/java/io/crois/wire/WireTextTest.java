package io.crois.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.crois.contract.Json;
import io.crois.contract.Manifest;
import io.crois.contract.Run;
import io.crois.contract.TaskOrder;
import io.crois.contract.UtcText;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read and written by hand is what the mapper of the contract reads and writes. */
final class WireTextTest {
    private static final int ROUNDS = 500;
    private final RandomValues random = new RandomValues(4);

    @Test
    void an_order_without_lists_and_with_unknown_members_is_read() {
        String text = """
                {"run": {"project": "p", "execution": "e", "scope": "", "new": 1}, "workflow": "w", "step": "s", "attempt": 2,
                 "runBudget": 60, "later": {"more": [1]}, "kmsKey": null}""";

        TaskOrder order = OrderText.read(text);

        assertThat(order.run()).isEqualTo(Run.of("p", "e"));
        assertThat(order.attempt()).isEqualTo(2);
        assertThat(order.command()).isEmpty();
        assertThat(order.kmsKey()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "[] | The JSON of a task order must be an object, but is ARRAY.",
                "{\"run\": 7} | `run` of a task order must be an object, but is of type NUMBER.",
                "{\"run\": {\"project\": 1}} | `project` of `run` of a task order must be a text, but is of type NUMBER.",
                "{\"run\": {\"project\": \"p\"}} | `execution` of `run` of a task order must be a text, but is missing.",
                "{\"run\": {\"project\": \"secret | This is not JSON: line 1, column 28."
            })
    void what_is_no_order_is_refused_with_the_place_and_without_the_value(String text, String message) {
        assertThatThrownBy(() -> OrderText.read(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void a_manifest_is_written_and_read_as_the_mapper_does() {
        for (int round = 0; round < ROUNDS; round++) {
            Manifest manifest = random.any(Manifest.class);

            assertThat(text(ManifestText.bytes(manifest))).isEqualTo(Json.write(manifest));
            assertThat(ManifestText.read(ManifestText.bytes(manifest))).isEqualTo(manifest);
        }
    }

    @Test
    void any_tree_is_read_and_written_as_the_mapper_does() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            JsonNode tree = random.tree(0);
            String text = Json.write(tree);

            assertThat(JsonText.text(tree)).isEqualTo(text);
            assertThat(JsonText.parse(text)).isEqualTo(Json.parse(text));
        }
        assertThat(JsonText.parse("{\"a\": 1, \"a\": 1.500, \"b\": 1e400, \"c\": -0.0}"))
                .isEqualTo(Json.parse("{\"a\": 1, \"a\": 1.500, \"b\": 1e400, \"c\": -0.0}"));
        for (String number : List.of("1.500", "100.0", "0.0", "-0.00", "1E5", "1e-7", "12345678901234567890.10")) {
            assertThat(JsonText.text(JsonText.parse(number))).isEqualTo(Json.write(Json.parse(number)));
        }
        assertThat(JsonText.parse(" ").isMissingNode()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-01-02T03:04:05+01:00",
                "2026-01-02T03:04Z",
                "2026-01-02T24:00:00Z",
                "2026-01-02T03:04:05.Z",
                "2026-01-02T03:04:05.1234567890Z",
                "2026-01-02T03:04:05.12x4Z",
                "2026-02-29T03:04:05Z",
                "2028-02-29T23:59:59.5Z",
                "+10000-01-01T00:00:00Z",
                "2026-01-02 03:04:05Z",
                "Z",
                ""
            })
    void an_unusual_time_is_read_or_refused_as_the_formatters_do(String text) {
        assertThat(outcome(() -> UtcText.parse(text))).isEqualTo(outcome(() -> Instant.parse(text)));
    }

    private static Object outcome(Supplier<Instant> reading) {
        try {
            return reading.get();
        } catch (DateTimeParseException e) {
            return DateTimeParseException.class;
        }
    }

    @Test
    void times_are_read_and_written_as_the_formatters_do() {
        DateTimeFormatter millis =
                DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
        DateTimeFormatter compact =
                DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
        for (int round = 0; round < ROUNDS; round++) {
            Instant time = random.time();

            assertThat(UtcText.iso(time)).isEqualTo(time.toString());
            assertThat(UtcText.millis(time)).isEqualTo(millis.format(time));
            assertThat(UtcText.parse(time.toString())).isEqualTo(time);
            assertThat(UtcText.compact(time)).isEqualTo(compact.format(time));
        }
        for (String text : List.of(
                "0000-01-01T00:00:00Z", "-0001-12-31T23:59:59Z", "9999-12-31T23:59:59.9Z", "+10000-01-01T00:00:00Z")) {
            assertThat(UtcText.iso(Instant.parse(text)))
                    .isEqualTo(Instant.parse(text).toString());
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
