package io.crois.workflow;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One state of the Amazon States Language as its author wrote it, for what the other verbs do not cover.
 *
 * @param state the state in JSONata, without {@code Next}, {@code End}, {@code Output} and {@code Catch}
 * @param values what its expressions find below {@code $states.input.values}, by name
 */
public record RawState(String name, JsonNode state, Map<String, Operand> values) implements Element {

    public RawState {
        state = state.deepCopy();
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** Returns a copy of the state. */
    @Override
    public JsonNode state() {
        return state.deepCopy();
    }

    /** Collects a state and the values that it reads. Not thread-safe. */
    public static final class Builder {
        private static final ObjectMapper JSON =
                new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

        private final String name;
        private JsonNode state = JsonNodeFactory.instance.missingNode();
        private final Map<String, Operand> values = new LinkedHashMap<>();

        Builder(String name) {
            this.name = name;
        }

        /**
         * Sets the state as JSON text; required. What follows it is the workflow's business, so that {@code Next},
         * {@code End}, {@code Output} and {@code Catch} are refused at {@code build()}. Replaces.
         *
         * @throws IllegalArgumentException if {@code json} is no JSON text
         */
        public Builder state(String json) {
            try {
                return state(JSON.readTree(json));
            } catch (JsonProcessingException e) {
                throw new IllegalArgumentException("The state of raw `" + name + "` is no JSON: "
                        + e.getOriginalMessage() + " Line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr() + ".");
            }
        }

        /** Sets the state; required. Replaces. */
        public Builder state(JsonNode json) {
            state = json;
            return this;
        }

        /**
         * Offers a value to the state's expressions as {@code $states.input.values.<alias>}; a literal or a reference.
         * Costs one state transition more, however many values there are. Replaces one of the same alias.
         */
        public Builder value(String alias, Object value) {
            values.put(alias, Operand.of(value));
            return this;
        }

        RawState build() {
            return new RawState(name, state, values);
        }
    }
}
