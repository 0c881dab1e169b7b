package io.crois.asl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Runs a machine once for each item, in one execution or, distributed, in child executions. */
public final class MapState extends State {
    private final @Nullable StateMachine processor;

    MapState(Fields fields) {
        super(fields);
        processor = machine(fields, "ItemProcessor")
                .or(() -> machine(fields, "Iterator"))
                .orElse(null);
    }

    private static Optional<StateMachine> machine(Fields fields, String name) {
        return fields.shared(name).map(value -> new StateMachine(new Fields(value, fields.placeOf(name))));
    }

    /** Returns a builder without fields. */
    public static Builder builder() {
        return new Builder(StateBuilder.ofType("Map"));
    }

    /** Returns a builder holding everything that this state holds. */
    public Builder toBuilder() {
        return new Builder(fields.copy());
    }

    /** Returns {@code ItemsPath}, where the items are found. */
    public Optional<String> itemsPath() {
        return fields.text("ItemsPath");
    }

    /** Returns {@code Items} (JSONata), a list or a text. */
    public Optional<JsonNode> items() {
        return fields.value("Items");
    }

    /** Returns {@code ItemSelector}, the template of an iteration's input. */
    public Optional<JsonNode> itemSelector() {
        return fields.value("ItemSelector");
    }

    /** Returns {@code Parameters} (JSONPath), a payload template. */
    public Optional<JsonNode> parameters() {
        return fields.value("Parameters");
    }

    /** Returns {@code Label}, a part of the names of map runs. */
    public Optional<String> label() {
        return fields.text("Label");
    }

    /** Returns {@code MaxConcurrency}, a number or a JSONata text. */
    public Optional<JsonNode> maxConcurrency() {
        return fields.value("MaxConcurrency");
    }

    /** Returns {@code MaxConcurrencyPath}. */
    public Optional<String> maxConcurrencyPath() {
        return fields.text("MaxConcurrencyPath");
    }

    /** Returns {@code ToleratedFailureCount}, a number or a JSONata text. */
    public Optional<JsonNode> toleratedFailureCount() {
        return fields.value("ToleratedFailureCount");
    }

    /** Returns {@code ToleratedFailureCountPath}. */
    public Optional<String> toleratedFailureCountPath() {
        return fields.text("ToleratedFailureCountPath");
    }

    /** Returns {@code ToleratedFailurePercentage}, a number or a JSONata text. */
    public Optional<JsonNode> toleratedFailurePercentage() {
        return fields.value("ToleratedFailurePercentage");
    }

    /** Returns {@code ToleratedFailurePercentagePath}. */
    public Optional<String> toleratedFailurePercentagePath() {
        return fields.text("ToleratedFailurePercentagePath");
    }

    /** Returns {@code ResultSelector}, a payload template over the raw result. */
    public Optional<JsonNode> resultSelector() {
        return fields.value("ResultSelector");
    }

    /** Returns {@code ResultPath}, a reference path or {@code null}. */
    public Optional<JsonNode> resultPath() {
        return fields.value("ResultPath");
    }

    /**
     * Returns {@code ItemProcessor}, or {@code Iterator} as older definitions call it; empty where neither is there.
     */
    public Optional<StateMachine> itemProcessor() {
        return Optional.ofNullable(processor);
    }

    /** Returns whether the processor's {@code ProcessorConfig} says {@code "Mode": "DISTRIBUTED"}. */
    public boolean distributed() {
        return itemProcessor()
                .flatMap(machine -> machine.fields.shared("ProcessorConfig"))
                .map(config -> config.path("Mode").asText().equals("DISTRIBUTED"))
                .orElse(false);
    }

    /** Returns {@code ItemReader} of a distributed Map. */
    public Optional<ItemReader> itemReader() {
        return fields.shared("ItemReader")
                .map(value -> new ItemReader(new Fields(value, fields.placeOf("ItemReader"))));
    }

    /** Returns {@code ItemBatcher} of a distributed Map. */
    public Optional<ItemBatcher> itemBatcher() {
        return fields.shared("ItemBatcher")
                .map(value -> new ItemBatcher(new Fields(value, fields.placeOf("ItemBatcher"))));
    }

    /** Returns {@code ResultWriter} of a distributed Map. */
    public Optional<ResultWriter> resultWriter() {
        return fields.shared("ResultWriter")
                .map(value -> new ResultWriter(new Fields(value, fields.placeOf("ResultWriter"))));
    }

    /** Returns {@code Retry} in its order; empty where the field is absent. */
    public List<Retrier> retry() {
        return fields.list("Retry", (value, place) -> new Retrier(new Fields(value, place)));
    }

    /** Returns {@code Catch} in its order; empty where the field is absent. */
    public List<Catcher> catchers() {
        return fields.list("Catch", (value, place) -> new Catcher(new Fields(value, place)));
    }

    @Override
    public JsonNode toJsonNode() {
        String name = fields.has("ItemProcessor") ? "ItemProcessor" : "Iterator";
        ObjectNode json = fields.inOrder(ORDER, name);
        itemProcessor().ifPresent(machine -> json.set(name, machine.toJsonNode()));
        return json;
    }

    /** Collects a Map state. Not safe for use by several threads. */
    public static final class Builder extends WorkStateBuilder<Builder> {
        private Builder(ObjectNode node) {
            super(node);
        }

        /** Sets {@code ItemsPath} (JSONPath), where the items are found; the default is {@code $}. */
        public Builder itemsPath(String itemsPath) {
            return field("ItemsPath", itemsPath);
        }

        /** Sets {@code Items} (JSONata), a list or a text. */
        public Builder items(JsonNode items) {
            return field("Items", items);
        }

        /** Sets {@code ItemSelector}, the template of an iteration's input; the default is the item. */
        public Builder itemSelector(JsonNode itemSelector) {
            return field("ItemSelector", itemSelector);
        }

        /** Sets {@code Parameters}, the older name of {@code ItemSelector}. */
        public Builder parameters(JsonNode parameters) {
            return field("Parameters", parameters);
        }

        /** Sets {@code Label}, a part of the names of map runs, at most 40 characters. */
        public Builder label(String label) {
            return field("Label", label);
        }

        /** Sets {@code MaxConcurrency}, how many iterations run at once; 0, the default, sets no limit. */
        public Builder maxConcurrency(long maxConcurrency) {
            return number("MaxConcurrency", maxConcurrency);
        }

        /** Sets {@code MaxConcurrency} to a JSONata text that gives the number. */
        public Builder maxConcurrency(String expression) {
            return field("MaxConcurrency", expression);
        }

        /** Sets {@code MaxConcurrencyPath} (JSONPath), where the number is found. */
        public Builder maxConcurrencyPath(String maxConcurrencyPath) {
            return field("MaxConcurrencyPath", maxConcurrencyPath);
        }

        /** Sets {@code ToleratedFailureCount}, how many iterations may fail; the default is 0. */
        public Builder toleratedFailureCount(long toleratedFailureCount) {
            return number("ToleratedFailureCount", toleratedFailureCount);
        }

        /** Sets {@code ToleratedFailureCount} to a JSONata text that gives the number. */
        public Builder toleratedFailureCount(String expression) {
            return field("ToleratedFailureCount", expression);
        }

        /** Sets {@code ToleratedFailureCountPath} (JSONPath), where the number is found. */
        public Builder toleratedFailureCountPath(String toleratedFailureCountPath) {
            return field("ToleratedFailureCountPath", toleratedFailureCountPath);
        }

        /** Sets {@code ToleratedFailurePercentage}, from 0, the default, to 100. */
        public Builder toleratedFailurePercentage(long toleratedFailurePercentage) {
            return number("ToleratedFailurePercentage", toleratedFailurePercentage);
        }

        /** Sets {@code ToleratedFailurePercentage} to a JSONata text that gives the number. */
        public Builder toleratedFailurePercentage(String expression) {
            return field("ToleratedFailurePercentage", expression);
        }

        /** Sets {@code ToleratedFailurePercentagePath} (JSONPath), where the number is found. */
        public Builder toleratedFailurePercentagePath(String toleratedFailurePercentagePath) {
            return field("ToleratedFailurePercentagePath", toleratedFailurePercentagePath);
        }

        /** Sets {@code ItemProcessor}; required. */
        public Builder itemProcessor(StateMachine processor) {
            node.remove("Iterator");
            return field("ItemProcessor", processor.toJsonNode());
        }

        /** Sets {@code ItemReader} of a distributed Map. */
        public Builder itemReader(ItemReader itemReader) {
            return field("ItemReader", itemReader.toJsonNode());
        }

        /** Sets {@code ItemBatcher} of a distributed Map. */
        public Builder itemBatcher(ItemBatcher itemBatcher) {
            return field("ItemBatcher", itemBatcher.toJsonNode());
        }

        /** Sets {@code ResultWriter} of a distributed Map. */
        public Builder resultWriter(ResultWriter resultWriter) {
            return field("ResultWriter", resultWriter.toJsonNode());
        }

        /** Returns the state; its name is given where it is added to a machine. */
        public MapState build() {
            return new MapState(fields());
        }
    }
}
