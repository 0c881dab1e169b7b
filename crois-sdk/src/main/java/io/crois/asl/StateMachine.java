package io.crois.asl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A machine of the Amazon States Language, or a machine inside one: a branch of a {@link ParallelState}, or the item
 * processor of a {@link MapState}. Fields that this library does not know are kept.
 */
public final class StateMachine extends FieldsValue {
    private static final List<String> ORDER =
            List.of("Comment", "QueryLanguage", "Version", "TimeoutSeconds", "ProcessorConfig", "StartAt", "States");

    private final Map<String, State> states;

    StateMachine(Fields fields) {
        super(fields);
        this.states = readStates(fields);
        fields.requiredText("StartAt");
        queryLanguage();
    }

    /**
     * Reads a definition. Only its shape is checked: transitions to states that do not exist, for example, pass.
     *
     * @param definition JSON text, nested at most 1,000 levels deep
     * @throws AslFormatException if the text is not JSON, or not an object with {@code StartAt} and {@code States}, or
     *     if a state is not an object with a known {@code Type}
     */
    public static StateMachine parse(String definition) {
        return new StateMachine(new Fields(AslReader.read(definition), ""));
    }

    /**
     * Reads a definition that is JSON already; the value is copied.
     *
     * @throws AslFormatException as {@link #parse(String)} says
     */
    public static StateMachine parse(JsonNode definition) {
        return new StateMachine(new Fields(AslReader.copyWithinDepth(definition), ""));
    }

    /** Returns a builder without states. */
    public static Builder builder() {
        return new Builder(JsonNodeFactory.instance.objectNode());
    }

    /** Returns a builder holding everything that this machine holds. */
    public Builder toBuilder() {
        return new Builder(fields.copy());
    }

    /** Returns {@code StartAt}, the name of the first state. */
    public String startAt() {
        return fields.requiredText("StartAt");
    }

    /** Returns the states by name, in the order of the definition; unmodifiable. */
    public Map<String, State> states() {
        return states;
    }

    /** Returns the state of this name, empty if there is none. Machines inside states are not searched. */
    public Optional<State> state(String name) {
        return Optional.ofNullable(states.get(name));
    }

    /** Returns {@code Comment}. */
    public Optional<String> comment() {
        return fields.text("Comment");
    }

    /** Returns {@code QueryLanguage} as this machine states it; a machine without it follows the machine round it. */
    public Optional<QueryLanguage> queryLanguage() {
        return fields.text("QueryLanguage").map(text -> QueryLanguage.of(text, fields.place()));
    }

    /** Returns {@code Version}, the version of the language. */
    public Optional<String> version() {
        return fields.text("Version");
    }

    /** Returns {@code TimeoutSeconds}, the longest time that an execution may take, in seconds. */
    public Optional<Long> timeoutSeconds() {
        return fields.integer("TimeoutSeconds");
    }

    /** Returns {@code ProcessorConfig} of an item processor, with {@code Mode} and {@code ExecutionType}. */
    public Optional<ProcessorConfig> processorConfig() {
        return fields.shared("ProcessorConfig")
                .map(value -> new ProcessorConfig(new Fields(value, fields.placeOf("ProcessorConfig"))));
    }

    /**
     * Returns the definition as compact JSON text. Fields of machines and states come in a fixed order, those not known
     * to this library last; states, and the content of payloads, keep their own order.
     */
    public String toJson() {
        return AslReader.write(toJsonNode());
    }

    /** Returns a new copy of the definition as JSON, ordered as {@link #toJson()} says. */
    @Override
    public JsonNode toJsonNode() {
        ObjectNode json = fields.inOrder(ORDER, "States");
        ObjectNode written = json.putObject("States");
        states.forEach((name, state) -> written.set(name, state.toJsonNode()));
        return json;
    }

    /**
     * Reports the problems of this machine as a standard one; {@link DefinitionValidator} does so for texts and for
     * Express machines, and says what is not checked.
     */
    public List<Diagnostic> validate() {
        return DefinitionValidator.of(MachineType.STANDARD).validate(toJsonNode());
    }

    private static Map<String, State> readStates(Fields fields) {
        JsonNode node = fields.shared("States")
                .orElseThrow(() -> new AslFormatException(fields.place(), "`States` is missing."));
        Fields named = new Fields(node, fields.placeOf("States"));
        Map<String, State> read = new LinkedHashMap<>();
        node.properties()
                .forEach(entry -> read.put(
                        entry.getKey(), State.read(new Fields(entry.getValue(), named.placeOf(entry.getKey())))));
        return Collections.unmodifiableMap(read);
    }

    /** Collects a machine. Not safe for use by several threads. */
    public static final class Builder extends FieldsBuilder<Builder> {
        private Builder(ObjectNode node) {
            super(node);
        }

        /** Sets {@code StartAt}; without it the first state added is the first to run. */
        public Builder startAt(String name) {
            return field("StartAt", name);
        }

        /** Appends a state, or replaces the one of the same name where it stands. */
        public Builder addState(String name, State state) {
            node.withObjectProperty("States").set(name, state.toJsonNode());
            if (!node.has("StartAt")) {
                node.put("StartAt", name);
            }
            return this;
        }

        /** Sets {@code Comment}. */
        public Builder comment(String comment) {
            return field("Comment", comment);
        }

        /** Sets {@code QueryLanguage}; the default is JSONPath. */
        public Builder queryLanguage(QueryLanguage language) {
            return field("QueryLanguage", language.text());
        }

        /** Sets {@code Version}. */
        public Builder version(String version) {
            return field("Version", version);
        }

        /** Sets {@code TimeoutSeconds}, in seconds. */
        public Builder timeoutSeconds(long seconds) {
            return number("TimeoutSeconds", seconds);
        }

        /** Sets {@code ProcessorConfig}, for a machine that is the item processor of a Map. */
        public Builder processorConfig(ProcessorConfig config) {
            return field("ProcessorConfig", config.toJsonNode());
        }

        /**
         * Returns the machine.
         *
         * @throws AslFormatException if there is no state, or a field is not shaped as the language asks
         */
        public StateMachine build() {
            return parse(node);
        }
    }
}
