package io.crois.asl.internal;

import java.util.List;

/** What a distributed Map reads, puts together and writes. */
final class MapRules {
    private static final String READER_RESOURCE = "arn:[^:]+:states:::s3:(getObject|listObjectsV2)";
    private static final String WRITER_RESOURCE = "arn:[^:]+:states:::s3:putObject";

    static final Shape ITEM_BATCHER = Shape.builder()
            .field("BatchInput", Payloads::check)
            .fieldOrPath("MaxItemsPerBatch", atLeastZero(), ValueRules.DATA_REFERENCE_PATH)
            .fieldOrPath("MaxInputBytesPerBatch", ValueRules.integer(0, 262_144), ValueRules.DATA_REFERENCE_PATH)
            .build();

    private static final Shape READER_CONFIG = Shape.builder()
            .field("InputType", ValueRules.kind("MANIFEST", "JSON", "CSV", "JSONL", "PARQUET"))
            .field("ManifestType", ValueRules.oneOf("ATHENA_DATA", "S3_INVENTORY"))
            .field("Transformation", ValueRules.oneOf("NONE", "LOAD_AND_FLATTEN"))
            .field("CSVDelimiter", ValueRules.oneOf("COMMA", "PIPE", "SEMICOLON", "SPACE", "TAB"))
            .field("CSVHeaderLocation", ValueRules.kind("FIRST_ROW", "GIVEN"))
            .field("CSVHeaders", MapRules::checkHeaders)
            .field("ItemsPointer", ValueRules.text())
            .fieldOrPath("MaxItems", ValueRules.integer(0, 100_000_000), ValueRules.DATA_REFERENCE_PATH)
            .build();

    private static final Shape ITEM_READER = Shape.builder()
            .field("Resource", resource(READER_RESOURCE, "s3:getObject", "s3:listObjectsV2"))
            .jsonPath("Parameters", Payloads::check)
            .jsonata("Arguments", Payloads::check)
            .field("ReaderConfig", MapRules::checkReaderConfig)
            .required("Resource")
            .build();

    private static final Shape WRITER_CONFIG = Shape.builder()
            .field("Transformation", ValueRules.oneOf("NONE", "COMPACT", "FLATTEN"))
            .field("OutputType", ValueRules.oneOf("JSON", "JSONL"))
            .build();

    static final Shape RESULT_WRITER = Shape.builder()
            .field("Resource", resource(WRITER_RESOURCE, "s3:putObject"))
            .jsonPath("Parameters", Payloads::check)
            .jsonata("Arguments", Payloads::check)
            .field("WriterConfig", WRITER_CONFIG::check)
            .build();

    private MapRules() {}

    static ValueRule atLeastZero() {
        return ValueRules.integer(0, Long.MAX_VALUE);
    }

    static void checkReader(Part reader) {
        ITEM_READER.check(reader);
    }

    private static ValueRule resource(String pattern, String... calls) {
        List<String> examples = List.of(calls).stream()
                .map(call -> "arn:<partition>:states:::" + call)
                .toList();
        return value -> {
            if (!value.node().asText().matches(pattern)) {
                value.report("The field 'Resource' does not match any of the allowed values. Examples: " + examples);
            }
        };
    }

    private static void checkHeaders(Part headers) {
        if (!headers.isExpression() && headers.require(headers.node().isArray(), "ARRAY")) {
            headers.elements().forEach(ValueRules.TEXT::check);
        }
    }

    private static void checkReaderConfig(Part config) {
        READER_CONFIG.check(config);
        boolean readsCsv = config.text("InputType").equals("CSV");
        if (readsCsv && !config.has("CSVHeaderLocation") && !config.has("ManifestType")) {
            config.report("The field 'CSVHeaderLocation' is required");
        }
        if (config.text("CSVHeaderLocation").equals("GIVEN")) {
            config.requireFields("CSVHeaders");
        }
        if (!readsCsv && config.has("InputType") && !config.has("ManifestType")) {
            List.of("CSVHeaderLocation", "CSVHeaders", "CSVDelimiter").stream()
                    .filter(config::has)
                    .forEach(config::reportUnsupported);
        }
    }
}
