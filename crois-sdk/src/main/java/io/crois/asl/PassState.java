package io.crois.asl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Hands its input on, or makes a value. */
public final class PassState extends State {
    PassState(Fields fields) {
        super(fields);
    }

    /** Returns a builder without fields. */
    public static Builder builder() {
        return new Builder(StateBuilder.ofType("Pass"));
    }

    /** Returns a builder holding everything that this state holds. */
    public Builder toBuilder() {
        return new Builder(fields.copy());
    }

    /** Returns {@code Result}, any JSON. */
    public Optional<JsonNode> result() {
        return fields.value("Result");
    }

    /** Returns {@code Parameters} (JSONPath), a payload template. */
    public Optional<JsonNode> parameters() {
        return fields.value("Parameters");
    }

    /** Returns {@code ResultPath}, a reference path or {@code null}. */
    public Optional<JsonNode> resultPath() {
        return fields.value("ResultPath");
    }

    /** Collects a Pass state. Not safe for use by several threads. */
    public static final class Builder extends FlowStateBuilder<Builder> {
        private Builder(ObjectNode node) {
            super(node);
        }

        /** Sets {@code Result} (JSONPath), the value that becomes the result. */
        public Builder result(JsonNode result) {
            return field("Result", result);
        }

        /** Sets {@code Parameters} (JSONPath), a payload template. */
        public Builder parameters(JsonNode parameters) {
            return field("Parameters", parameters);
        }

        /** Sets {@code ResultPath} (JSONPath); {@code null} discards the result. The default is {@code $}. */
        public Builder resultPath(@Nullable String path) {
            return path("ResultPath", path);
        }

        /** Returns the state; its name is given where it is added to a machine. */
        public PassState build() {
            return new PassState(fields());
        }
    }
}
