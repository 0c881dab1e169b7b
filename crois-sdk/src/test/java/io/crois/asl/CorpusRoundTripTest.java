package io.crois.asl;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CorpusRoundTripTest {
    @Test
    void every_definition_that_aws_accepted_reads_back_equal() throws IOException {
        List<JsonNode> definitions = RecordedCases.all().stream()
                .filter(recorded -> recorded.path("kind").asText().equals("execution"))
                .map(recorded -> recorded.path("definition"))
                .filter(JsonNode::isObject)
                .toList();

        assertThat(definitions).isNotEmpty().allSatisfy(definition -> {
            StateMachine machine = StateMachine.parse(definition);
            StateMachine again = StateMachine.parse(machine.toJson());

            assertThat(again).isEqualTo(machine);
            assertThat(again.toJson()).isEqualTo(machine.toJson());
            assertThat(again.toJsonNode()).isEqualTo(definition);
        });
    }

    @Test
    void every_typed_part_of_an_accepted_definition_is_read() throws IOException {
        long read = RecordedCases.all().stream()
                .filter(recorded -> recorded.path("kind").asText().equals("execution"))
                .map(recorded -> recorded.path("definition"))
                .filter(JsonNode::isObject)
                .mapToLong(definition -> readParts(StateMachine.parse(definition)))
                .sum();

        assertThat(read).isPositive();
    }

    private static long readParts(StateMachine machine) {
        return machine.states().values().stream()
                .mapToLong(CorpusRoundTripTest::readParts)
                .sum();
    }

    private static long readParts(State state) {
        if (state instanceof ChoiceState choice) {
            return choice.choices().stream().map(ChoiceRule::test).count();
        }
        if (state instanceof TaskState task) {
            return readHandlers(task.retry(), task.catchers());
        }
        if (state instanceof ParallelState parallel) {
            return readHandlers(parallel.retry(), parallel.catchers())
                    + parallel.branches().stream()
                            .mapToLong(CorpusRoundTripTest::readParts)
                            .sum();
        }
        if (state instanceof MapState map) {
            readConfigurations(map);
            return readHandlers(map.retry(), map.catchers())
                    + map.itemProcessor().map(CorpusRoundTripTest::readParts).orElse(0L);
        }
        return 0;
    }

    private static void readConfigurations(MapState map) {
        map.itemProcessor()
                .flatMap(StateMachine::processorConfig)
                .ifPresent(config -> assertThat(config.toBuilder().build()).isEqualTo(config));
        map.itemReader()
                .flatMap(ItemReader::readerConfig)
                .ifPresent(config -> assertThat(config.inputType()).isPresent());
        map.resultWriter()
                .flatMap(ResultWriter::writerConfig)
                .ifPresent(config -> assertThat(config.toBuilder().build()).isEqualTo(config));
    }

    private static long readHandlers(List<Retrier> retriers, List<Catcher> catchers) {
        retriers.forEach(retrier -> assertThat(retrier.errorEquals()).isNotEmpty());
        retriers.forEach(
                retrier -> assertThat(retrier.backoffRate().orElse(2.0)).isGreaterThanOrEqualTo(1.0));
        catchers.forEach(catcher -> assertThat(catcher.next()).isNotEmpty());
        return retriers.size() + catchers.size();
    }
}
