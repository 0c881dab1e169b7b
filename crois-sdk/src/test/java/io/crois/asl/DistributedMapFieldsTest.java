package io.crois.asl;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Every field of a distributed Map: from builders to JSON and back. */
final class DistributedMapFieldsTest {
    private static MapState readBack(MapState map) {
        StateMachine machine =
                StateMachine.builder().startAt("each").addState("each", map).build();
        return (MapState) StateMachine.parse(machine.toJson()).states().get("each");
    }

    private static MapState.Builder map(ProcessorConfig config) {
        return MapState.builder()
                .itemProcessor(StateMachine.builder()
                        .processorConfig(config)
                        .startAt("one")
                        .addState("one", PassState.builder().end().build())
                        .build())
                .end();
    }

    @Test
    void every_field_of_a_reader_is_written_and_read() {
        ReaderConfig config = ReaderConfig.builder()
                .inputType("CSV")
                .transformation("LOAD_AND_FLATTEN")
                .manifestType("ATHENA_DATA")
                .csvDelimiter("PIPE")
                .csvHeaderLocation("GIVEN")
                .csvHeaders(List.of("id", "name"))
                .itemsPointer("/data/rows")
                .maxItems(7)
                .maxItemsPath("$.most")
                .build();

        ReaderConfig read = readBack(map(ProcessorConfig.distributed(MachineType.EXPRESS))
                        .itemReader(ItemReader.builder()
                                .resource("arn:aws:states:::s3:getObject")
                                .readerConfig(config)
                                .build())
                        .build())
                .itemReader()
                .orElseThrow()
                .readerConfig()
                .orElseThrow();

        assertThat(read).isEqualTo(config).hasSameHashCodeAs(config);
        assertThat(read.inputType()).hasValue("CSV");
        assertThat(read.transformation()).hasValue("LOAD_AND_FLATTEN");
        assertThat(read.manifestType()).hasValue("ATHENA_DATA");
        assertThat(read.csvDelimiter()).hasValue("PIPE");
        assertThat(read.csvHeaderLocation()).hasValue("GIVEN");
        assertThat(read.csvHeaders().orElseThrow()).hasSize(2);
        assertThat(read.itemsPointer()).hasValue("/data/rows");
        assertThat(read.maxItems().orElseThrow().intValue()).isEqualTo(7);
        assertThat(read.maxItemsPath()).hasValue("$.most");
        assertThat(config.toBuilder().maxItems("{% 1 %}").build()).isNotEqualTo(config);
    }

    @Test
    void every_field_of_a_processor_and_a_writer_is_written_and_read() {
        WriterConfig writer = WriterConfig.builder()
                .transformation("FLATTEN")
                .outputType("JSONL")
                .build();

        MapState read = readBack(map(ProcessorConfig.distributed(MachineType.EXPRESS))
                .resultWriter(ResultWriter.builder().writerConfig(writer).build())
                .build());

        ProcessorConfig processor =
                read.itemProcessor().flatMap(StateMachine::processorConfig).orElseThrow();
        assertThat(read.distributed()).isTrue();
        assertThat(processor.mode()).hasValue("DISTRIBUTED");
        assertThat(processor.executionType()).hasValue("EXPRESS");
        assertThat(read.resultWriter().flatMap(ResultWriter::writerConfig)).hasValue(writer);
        assertThat(writer.transformation()).hasValue("FLATTEN");
        assertThat(writer.outputType()).hasValue("JSONL");
        assertThat(readBack(map(ProcessorConfig.inline()).build()).distributed())
                .isFalse();
    }

    @Test
    void what_the_presets_make_is_accepted() {
        List<ReaderConfig> presets = List.of(
                ReaderConfig.json(),
                ReaderConfig.jsonLines(),
                ReaderConfig.csvWithHeaderRow(),
                ReaderConfig.csv(List.of("a")),
                ReaderConfig.parquet(),
                ReaderConfig.inventory());

        assertThat(presets).allSatisfy(preset -> {
            MapState map = map(ProcessorConfig.distributed(MachineType.STANDARD))
                    .itemReader(ItemReader.builder()
                            .resource("arn:aws:states:::s3:getObject")
                            .readerConfig(preset)
                            .build())
                    .build();
            assertThat(StateMachine.builder()
                            .startAt("each")
                            .addState("each", map)
                            .build()
                            .validate())
                    .isEmpty();
        });
    }
}
