package io.crois.asl.internal;

import java.util.List;
import java.util.regex.Pattern;

/** What a distributed Map reads, puts together and writes. */
final class MapRules {
    private static final String READER_RESOURCE = "arn:[^:]+:states:::s3:(getObject|listObjectsV2)";
    private static final Pattern POINTER = Pattern.compile("(/([^/~]|~[01])*)*");
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
            .field("ItemsPointer", MapRules::checkPointer)
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

    /** An inventory is always CSV, the data of Athena never JSON, and only JSON has something to point to. */
    private static void checkSource(Part config) {
        String manifest = config.text("ManifestType");
        boolean isFlattened = config.text("Transformation").equals("LOAD_AND_FLATTEN");
        if (manifest.equals("S3_INVENTORY") && config.has("InputType")) {
            config.reportUnsupported("InputType");
        }
        if ((isFlattened || manifest.equals("ATHENA_DATA")) && !config.has("InputType")) {
            config.report("The field 'InputType' is required");
        }
        if (manifest.equals("ATHENA_DATA") && config.has("InputType")) {
            ValueRules.kind("CSV", "JSONL", "PARQUET").check(config.at("InputType"));
        }
        if (config.has("ItemsPointer")
                && config.has("InputType")
                && !config.text("InputType").equals("JSON")) {
            config.reportUnsupported("ItemsPointer");
        }
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

    private static void checkPointer(Part pointer) {
        ValueRules.TEXT.check(pointer);
        String text = pointer.node().asText();
        if (pointer.node().isTextual()
                && !pointer.isExpression()
                && !POINTER.matcher(text).matches()) {
            pointer.report("String is not a valid JSON pointer");
        }
    }

    private static void checkReaderConfig(Part config) {
        READER_CONFIG.check(config);
        checkSource(config);
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
