package io.crois.runtime.agent.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crois.contract.FeedEvent;
import io.crois.contract.Json;
import io.crois.contract.Manifest;
import io.crois.contract.ResultProduct;
import io.crois.contract.Run;
import io.crois.contract.SecretUse;
import io.crois.contract.StoredArtifact;
import io.crois.contract.TaskOrder;
import io.crois.contract.TaskReport;
import io.crois.workflow.ArtifactKind;
import io.crois.workflow.FailureClass;
import io.crois.workflow.ValueType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is read and written by hand is what the mapper of the contract reads and writes. */
final class WireTextTest {
    private static final int ROUNDS = 500;
    private final Random random = new Random(4);

    @Test
    void an_order_is_read_as_the_mapper_reads_it() {
        for (int round = 0; round < ROUNDS; round++) {
            String text = Json.write(order());

            assertThat(OrderText.read(text)).isEqualTo(Json.read(text, TaskOrder.class));
        }
    }

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
    void a_report_is_written_as_the_mapper_writes_it() {
        for (int round = 0; round < ROUNDS; round++) {
            TaskReport report = report();

            assertThat(text(ReportText.bytes(report))).isEqualTo(Json.write(report));
        }
    }

    @Test
    void an_event_is_written_as_the_mapper_writes_it() {
        for (int round = 0; round < ROUNDS; round++) {
            FeedEvent event = new FeedEvent(
                    word(),
                    time(),
                    any(FeedEvent.Type.values()),
                    run(),
                    word(),
                    orNull(this::word),
                    3,
                    orNull(() -> tree(0)));

            assertThat(text(ReportText.bytes(event))).isEqualTo(Json.write(event));
        }
    }

    @Test
    void a_manifest_is_written_and_read_as_the_mapper_does() {
        for (int round = 0; round < ROUNDS; round++) {
            Manifest manifest = new Manifest(
                    list(() -> new Manifest.Entry(word(), random.nextLong(1L << 50), word(), random.nextBoolean())),
                    list(this::word));

            assertThat(text(ManifestText.bytes(manifest))).isEqualTo(Json.write(manifest));
            assertThat(ManifestText.read(ManifestText.bytes(manifest))).isEqualTo(manifest);
        }
    }

    @Test
    void any_tree_is_read_and_written_as_the_mapper_does() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            JsonNode tree = tree(0);
            String text = Json.write(tree);

            assertThat(JsonText.text(tree)).isEqualTo(text);
            assertThat(JsonText.parse(text)).isEqualTo(Json.parse(text));
        }
        assertThat(JsonText.parse("{\"a\": 1, \"a\": 1.500, \"b\": 1e400, \"c\": -0.0}"))
                .isEqualTo(Json.parse("{\"a\": 1, \"a\": 1.500, \"b\": 1e400, \"c\": -0.0}"));
        assertThat(JsonText.parse(" ").isMissingNode()).isTrue();
    }

    @Test
    void times_are_written_as_the_formatters_write_them() {
        DateTimeFormatter compact =
                DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
        for (int round = 0; round < ROUNDS; round++) {
            Instant time = time();

            assertThat(UtcText.iso(time)).isEqualTo(time.toString());
            assertThat(UtcText.compact(time)).isEqualTo(compact.format(time));
        }
    }

    private TaskOrder order() {
        return new TaskOrder(
                run(),
                word(),
                word(),
                random.nextInt(100),
                list(this::word),
                map(this::word),
                orNull(this::word),
                map(() -> tree(1)),
                list(() -> new TaskOrder.Input(word(), stored())),
                list(() ->
                        new TaskOrder.Output(word(), any(ArtifactKind.values()), random.nextBoolean(), word(), word())),
                list(() -> new ResultProduct(word(), any(ValueType.values()))),
                list(() -> new SecretUse(orNull(this::word), orNull(this::word), word())),
                random.nextLong(1L << 40),
                map(this::word),
                orNull(this::word),
                orNull(this::word));
    }

    private TaskReport report() {
        return new TaskReport(
                run(),
                word(),
                random.nextInt(100),
                random.nextInt(256),
                orNull(() -> new TaskReport.Failure(any(FailureClass.values()), word())),
                list(this::stored),
                map(() -> tree(1)),
                map(() -> new TaskReport.Phase(time(), time())),
                random.nextLong(),
                random.nextLong(),
                random.nextLong(),
                random.nextLong(),
                orNull(this::word));
    }

    private StoredArtifact stored() {
        return new StoredArtifact(
                word(),
                any(ArtifactKind.values()),
                word(),
                word(),
                random.nextLong(1L << 50),
                random.nextLong(1_000_000),
                word(),
                random.nextBoolean());
    }

    private Run run() {
        return new Run(word(), word(), random.nextBoolean() ? "" : word());
    }

    private JsonNode tree(int depth) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        return switch (random.nextInt(depth < 4 ? 10 : 8)) {
            case 0 -> nodes.textNode(word());
            case 1 -> nodes.numberNode(random.nextInt());
            case 2 -> nodes.numberNode(random.nextLong());
            case 3 -> nodes.numberNode(new BigInteger(90, random));
            case 4 -> nodes.numberNode(new BigDecimal(BigInteger.valueOf(random.nextLong()), random.nextInt(40) - 10));
            case 5 -> nodes.booleanNode(random.nextBoolean());
            case 6 -> nodes.nullNode();
            case 7 -> nodes.numberNode(random.nextInt(10));
            case 8 -> array(depth);
            default -> object(depth);
        };
    }

    private ArrayNode array(int depth) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        list(() -> tree(depth + 1)).forEach(array::add);
        return array;
    }

    private ObjectNode object(int depth) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        map(() -> tree(depth + 1)).forEach(object::set);
        return object;
    }

    private String word() {
        String letters = "aZ09-_/ \"\\\n\t\u0001äß日\ud83d\ude00";
        int[] points = letters.codePoints().toArray();
        StringBuilder word = new StringBuilder();
        for (int i = random.nextInt(12); i >= 0; i--) {
            word.appendCodePoint(points[random.nextInt(points.length)]);
        }
        return word.toString();
    }

    private Instant time() {
        int[] units = {1_000_000_000, 1_000_000, 1_000, 1};
        int unit = units[random.nextInt(units.length)];
        return Instant.ofEpochSecond(
                random.nextLong(4_000_000_000L), random.nextInt(1_000_000_000) / unit * (long) unit);
    }

    private <T> T any(T[] constants) {
        return constants[random.nextInt(constants.length)];
    }

    private <T> T orNull(Supplier<T> value) {
        return random.nextBoolean() ? value.get() : null;
    }

    private <T> List<T> list(Supplier<T> value) {
        List<T> list = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            list.add(value.get());
        }
        return list;
    }

    private <T> Map<String, T> map(Supplier<T> value) {
        Map<String, T> map = new HashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            map.put(word(), value.get());
        }
        return map;
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
