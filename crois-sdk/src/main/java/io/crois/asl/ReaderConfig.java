package io.crois.asl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/** What an {@link ItemReader} reads and how: {@code ReaderConfig}. The named presets cover the common cases. */
public final class ReaderConfig extends FieldsValue {
    ReaderConfig(Fields fields) {
        super(fields);
    }

    /** Returns a builder without fields. */
    public static Builder builder() {
        return new Builder(JsonNodeFactory.instance.objectNode());
    }

    /** Returns the configuration of a JSON file that holds an array. */
    public static ReaderConfig json() {
        return builder().inputType("JSON").build();
    }

    /** Returns the configuration of a file with one JSON value a line. */
    public static ReaderConfig jsonLines() {
        return builder().inputType("JSONL").build();
    }

    /** Returns the configuration of a CSV file whose first row names the columns. */
    public static ReaderConfig csvWithHeaderRow() {
        return builder().inputType("CSV").csvHeaderLocation("FIRST_ROW").build();
    }

    /** Returns the configuration of a CSV file without such a row. */
    public static ReaderConfig csv(List<String> columns) {
        return builder()
                .inputType("CSV")
                .csvHeaderLocation("GIVEN")
                .csvHeaders(columns)
                .build();
    }

    /** Returns the configuration of a Parquet file. */
    public static ReaderConfig parquet() {
        return builder().inputType("PARQUET").build();
    }

    /** Returns the configuration of the manifest of an S3 inventory. */
    public static ReaderConfig inventory() {
        return builder().manifestType("S3_INVENTORY").build();
    }

    /** Returns a builder holding everything that this value holds. */
    public Builder toBuilder() {
        return new Builder(fields.copy());
    }

    /** Returns {@code InputType}: {@code CSV}, {@code JSON}, {@code JSONL}, {@code PARQUET} or {@code MANIFEST}. */
    public Optional<String> inputType() {
        return fields.text("InputType");
    }

    /** Returns {@code Transformation}: {@code NONE} or {@code LOAD_AND_FLATTEN}. */
    public Optional<String> transformation() {
        return fields.text("Transformation");
    }

    /** Returns {@code ManifestType}: {@code ATHENA_DATA} or {@code S3_INVENTORY}. */
    public Optional<String> manifestType() {
        return fields.text("ManifestType");
    }

    /** Returns {@code CSVDelimiter}: {@code COMMA}, {@code PIPE}, {@code SEMICOLON}, {@code SPACE} or {@code TAB}. */
    public Optional<String> csvDelimiter() {
        return fields.text("CSVDelimiter");
    }

    /** Returns {@code CSVHeaderLocation}: {@code FIRST_ROW} or {@code GIVEN}. */
    public Optional<String> csvHeaderLocation() {
        return fields.text("CSVHeaderLocation");
    }

    /** Returns {@code CSVHeaders}, a list or a JSONata text. */
    public Optional<JsonNode> csvHeaders() {
        return fields.value("CSVHeaders");
    }

    /** Returns {@code ItemsPointer}, a JSON pointer to the array within a JSON file. */
    public Optional<String> itemsPointer() {
        return fields.text("ItemsPointer");
    }

    /** Returns {@code MaxItems}, a number or a JSONata text. */
    public Optional<JsonNode> maxItems() {
        return fields.value("MaxItems");
    }

    /** Returns {@code MaxItemsPath} (JSONPath). */
    public Optional<String> maxItemsPath() {
        return fields.text("MaxItemsPath");
    }

    /** Collects the fields. Not safe for use by several threads. */
    public static final class Builder extends FieldsBuilder<Builder> {
        private Builder(ObjectNode node) {
            super(node);
        }

        /** Sets {@code InputType}: {@code CSV}, {@code JSON}, {@code JSONL}, {@code PARQUET} or {@code MANIFEST}. */
        public Builder inputType(String inputType) {
            return field("InputType", inputType);
        }

        /** Sets {@code Transformation} of a listing: {@code NONE}, the default, or {@code LOAD_AND_FLATTEN}. */
        public Builder transformation(String transformation) {
            return field("Transformation", transformation);
        }

        /** Sets {@code ManifestType}: {@code ATHENA_DATA}, or {@code S3_INVENTORY}, which has no {@code InputType}. */
        public Builder manifestType(String manifestType) {
            return field("ManifestType", manifestType);
        }

        /**
         * Sets {@code CSVDelimiter}: {@code COMMA}, the default, {@code PIPE}, {@code SEMICOLON}, {@code SPACE},
         * {@code TAB}.
         */
        public Builder csvDelimiter(String csvDelimiter) {
            return field("CSVDelimiter", csvDelimiter);
        }

        /** Sets {@code CSVHeaderLocation}: {@code FIRST_ROW} or {@code GIVEN}; required for CSV. */
        public Builder csvHeaderLocation(String csvHeaderLocation) {
            return field("CSVHeaderLocation", csvHeaderLocation);
        }

        /** Sets {@code CSVHeaders}, the names of the columns; required where they are {@code GIVEN}. */
        public Builder csvHeaders(List<String> csvHeaders) {
            return texts("CSVHeaders", csvHeaders);
        }

        /** Sets {@code ItemsPointer}, a JSON pointer to the array within a JSON file; the default is the whole. */
        public Builder itemsPointer(String itemsPointer) {
            return field("ItemsPointer", itemsPointer);
        }

        /** Sets {@code MaxItems}, how many items are read at most, from 1 to 100,000,000; the default is all. */
        public Builder maxItems(long maxItems) {
            return number("MaxItems", maxItems);
        }

        /** Sets {@code MaxItems} to a JSONata text that gives the number. */
        public Builder maxItems(String expression) {
            return field("MaxItems", expression);
        }

        /** Sets {@code MaxItemsPath} (JSONPath), where the number is found. */
        public Builder maxItemsPath(String maxItemsPath) {
            return field("MaxItemsPath", maxItemsPath);
        }

        /** Returns the value. */
        public ReaderConfig build() {
            return new ReaderConfig(fields());
        }
    }
}
