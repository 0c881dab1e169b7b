package io.crois.asl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An entry of {@code Catch}: which errors go on with another state. */
public final class Catcher extends FieldsValue {
    Catcher(Fields fields) {
        super(fields);
    }

    /** Returns a builder without fields. */
    public static Builder builder() {
        return new Builder(JsonNodeFactory.instance.objectNode());
    }

    /** Returns a builder holding everything that this value holds. */
    public Builder toBuilder() {
        return new Builder(fields.copy());
    }

    /** Returns {@code ErrorEquals}, the names of the errors that it matches. */
    public List<String> errorEquals() {
        return fields.texts("ErrorEquals");
    }

    /** Returns {@code Next}, the state that follows. */
    public String next() {
        return fields.requiredText("Next");
    }

    /** Returns {@code ResultPath}, a reference path or {@code null}. */
    public Optional<JsonNode> resultPath() {
        return fields.value("ResultPath");
    }

    /** Returns {@code Output} (JSONata), any JSON. */
    public Optional<JsonNode> output() {
        return fields.value("Output");
    }

    /** Returns {@code Assign}, variable names and their values. */
    public Optional<JsonNode> assign() {
        return fields.value("Assign");
    }

    /** Returns {@code Comment}. */
    public Optional<String> comment() {
        return fields.text("Comment");
    }

    /** Collects the fields. Not safe for use by several threads. */
    public static final class Builder extends FieldsBuilder<Builder> {
        private Builder(ObjectNode node) {
            super(node);
        }

        /** Sets {@code ErrorEquals}, the names of the errors that it matches. */
        public Builder errorEquals(String... errors) {
            return texts("ErrorEquals", List.of(errors));
        }

        /** Sets {@code Next}, the state that follows; required. */
        public Builder next(String next) {
            return field("Next", next);
        }

        /** Sets {@code ResultPath} (JSONPath), where the error is put; {@code null} discards it. */
        public Builder resultPath(@Nullable String path) {
            return path("ResultPath", path);
        }

        /** Sets {@code Output} (JSONata), any JSON. */
        public Builder output(JsonNode output) {
            return field("Output", output);
        }

        /** Sets {@code Assign}, variable names and their values. */
        public Builder assign(JsonNode assign) {
            return field("Assign", assign);
        }

        /** Sets {@code Comment}. */
        public Builder comment(String comment) {
            return field("Comment", comment);
        }

        /** Returns the value. */
        public Catcher build() {
            return new Catcher(fields());
        }
    }
}
