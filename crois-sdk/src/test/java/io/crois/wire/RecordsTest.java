package io.crois.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crois.contract.DeployedStep;
import io.crois.contract.Deployment;
import io.crois.contract.ExecutionItem;
import io.crois.contract.FeedEvent;
import io.crois.contract.ForEachSpec;
import io.crois.contract.ItemList;
import io.crois.contract.Json;
import io.crois.contract.Machine;
import io.crois.contract.PrepareRequest;
import io.crois.contract.Prepared;
import io.crois.contract.ProbeRequest;
import io.crois.contract.RouteDecision;
import io.crois.contract.RouteRequest;
import io.crois.contract.Run;
import io.crois.contract.StartRequest;
import io.crois.contract.StartRule;
import io.crois.contract.StepDecision;
import io.crois.contract.StepItem;
import io.crois.contract.StoreRequest;
import io.crois.contract.StoredArtifact;
import io.crois.contract.TaskOrder;
import io.crois.contract.TaskReport;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read and written by hand is what the mapper of the contract reads and writes. */
final class RecordsTest {
    private static final int ROUNDS = Integer.getInteger("crois.iterations", 100);
    private final RandomValues random = new RandomValues(4);

    @ParameterizedTest
    @ValueSource(
            classes = {
                DeployedStep.class,
                Deployment.class,
                ExecutionItem.class,
                FeedEvent.class,
                ForEachSpec.class,
                PrepareRequest.class,
                ProbeRequest.class,
                RouteRequest.class,
                Run.class,
                StartRequest.class,
                StartRule.class,
                StepDecision.class,
                StepItem.class,
                StoreRequest.class,
                StoredArtifact.class,
                TaskOrder.class,
                TaskReport.class
            })
    void a_record_is_read_by_hand_as_the_mapper_reads_it(Class<?> type) {
        for (int round = 0; round < ROUNDS; round++) {
            String text = Json.write(random.any(type));

            assertThat(Records.known(JsonText.parse(text), type)).isNotNull().isEqualTo(Json.read(text, type));
        }
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                ExecutionItem.class,
                FeedEvent.class,
                ItemList.class,
                Machine.class,
                Prepared.class,
                RouteDecision.class,
                Run.class,
                StepDecision.class,
                StepItem.class,
                StoredArtifact.class,
                TaskOrder.class,
                TaskReport.class,
                TaskReport.Failure.class
            })
    void a_record_is_written_by_hand_as_the_mapper_writes_it(Class<?> type) {
        for (int round = 0; round < ROUNDS; round++) {
            Object value = random.any(type);

            assertThat(Trees.of(value)).isNotNull();
            assertThat(Records.write(value)).isEqualTo(Json.write(value));
            assertThat(JsonText.text(Records.tree(value))).isEqualTo(Json.write(value));
        }
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                DeployedStep.class,
                ExecutionItem.class,
                FeedEvent.class,
                PrepareRequest.class,
                RouteRequest.class,
                StepDecision.class,
                StepItem.class,
                StoreRequest.class,
                TaskOrder.class,
                TaskReport.class
            })
    void a_member_that_is_left_out_is_missed_by_name_or_is_what_the_mapper_makes_of_it(Class<?> type) {
        for (int round = 0; round < 20; round++) {
            ObjectNode whole = (ObjectNode) Json.tree(random.any(type));
            for (String name : names(whole)) {
                JsonNode without = whole.deepCopy().without(name);

                Optional<?> byMapper = attempt(() -> Json.read(without, type));
                try {
                    Object byHand = Records.read(without, type);
                    byMapper.ifPresent(value -> assertThat(byHand).isEqualTo(value));
                } catch (IllegalArgumentException e) {
                    assertThat(e).hasMessageContaining("`" + name + "`").hasMessageContaining("but is missing");
                }
            }
        }
    }

    @Test
    void what_is_not_written_by_hand_is_left_to_the_mapper() {
        Other other = new Other(Instant.EPOCH, List.of(new Other(Instant.MAX, List.of())));

        assertThat(Records.write(other)).isEqualTo(Json.write(other));
        assertThat(Records.tree(Map.of("a", List.of(other)))).isEqualTo(Json.tree(Map.of("a", List.of(other))));
        assertThat(Records.read(Json.write(other), Other.class)).isEqualTo(other);
    }

    record Other(Instant at, List<Other> others) {}

    @Test
    void plain_values_are_read_and_written() {
        for (Object value : List.of("text \ud83d\ude00", 7, Instant.parse("2026-01-02T03:04:05.678Z"))) {
            assertThat(Records.write(value)).isEqualTo(Json.write(value));
            assertThat(Records.<Object>read(Json.write(value), type(value))).isEqualTo(value);
        }
        assertThat(Records.write(Map.of("b", List.of(true, 1.5, 2L), "a", "x")))
                .isEqualTo("{\"a\":\"x\",\"b\":[true,1.5,2]}");
        assertThat(Records.read("7.5", Double.class)).isEqualTo(7.5);
    }

    @SuppressWarnings("unchecked")
    private static Class<Object> type(Object value) {
        return (Class<Object>) value.getClass();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "[] | The JSON of a request to route must be an object, but is ARRAY.",
                "{\"run\": {\"project\": \"secret | This is not JSON: line 1, column 28.",
                "{\"run\": {\"project\": \"p\", \"execution\": \"e\", \"scope\": \"\"}, \"error\": {}, \"workflow\": [\"secret\"]} | `workflow` of a request to route must be a text, but is of type ARRAY.",
            })
    void what_is_no_request_is_refused_with_the_place_and_without_the_value(String text, String message) {
        assertThatThrownBy(() -> Records.read(text, RouteRequest.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource({
        "status, SLEEPING, `status` of a step item is no StepStatus.",
        "preparedAt, yesterday, '`preparedAt` of a step item must be a time in ISO-8601, but is of type STRING.'",
        "preparedAt, 2026-02-30T00:00:00Z, '`preparedAt` of a step item must be a time in ISO-8601, but is of type STRING.'",
        "attempt, two, '`attempt` of a step item must be a whole number of 32 bits, but is of type STRING.'"
    })
    void a_member_of_another_kind_is_refused(String name, String value, String message) {
        ObjectNode item = (ObjectNode) Json.tree(StepItem.unknown(Run.of("p", "e"), "s", 1));

        assertThatThrownBy(() -> Records.read(item.put(name, value), StepItem.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    private static List<String> names(ObjectNode object) {
        return object.properties().stream().map(Map.Entry::getKey).toList();
    }

    private static <T> Optional<T> attempt(Supplier<T> reading) {
        try {
            return Optional.of(reading.get());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
