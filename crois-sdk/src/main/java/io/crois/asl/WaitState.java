package io.crois.asl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** Waits for a time, or until one. */
public final class WaitState extends State {
    WaitState(Fields fields) {
        super(fields);
    }

    /** Returns a builder without fields. */
    public static Builder builder() {
        return new Builder(StateBuilder.ofType("Wait"));
    }

    /** Returns a builder holding everything that this state holds. */
    public Builder toBuilder() {
        return new Builder(fields.copy());
    }

    /** Returns {@code Seconds}, a number or a JSONata text. */
    public Optional<JsonNode> seconds() {
        return fields.value("Seconds");
    }

    /** Returns {@code SecondsPath}. */
    public Optional<String> secondsPath() {
        return fields.text("SecondsPath");
    }

    /** Returns {@code Timestamp}, a time as RFC 3339 writes it, or a JSONata text. */
    public Optional<String> timestamp() {
        return fields.text("Timestamp");
    }

    /** Returns {@code TimestampPath}. */
    public Optional<String> timestampPath() {
        return fields.text("TimestampPath");
    }

    /** Collects a Wait state. Not safe for use by several threads. */
    public static final class Builder extends FlowStateBuilder<Builder> {
        private Builder(ObjectNode node) {
            super(node);
        }

        /** Sets {@code Seconds}, from 0 to 99,999,999. */
        public Builder seconds(long seconds) {
            return number("Seconds", seconds);
        }

        /** Sets {@code Seconds} to a JSONata text that gives the number. */
        public Builder seconds(String expression) {
            return field("Seconds", expression);
        }

        /** Sets {@code SecondsPath} (JSONPath), where the number is found. */
        public Builder secondsPath(String secondsPath) {
            return field("SecondsPath", secondsPath);
        }

        /** Sets {@code Timestamp}, a time as RFC 3339 writes it, or a JSONata text. */
        public Builder timestamp(String timestamp) {
            return field("Timestamp", timestamp);
        }

        /** Sets {@code TimestampPath} (JSONPath), where the time is found. */
        public Builder timestampPath(String timestampPath) {
            return field("TimestampPath", timestampPath);
        }

        /** Returns the state; its name is given where it is added to a machine. */
        public WaitState build() {
            return new WaitState(fields());
        }
    }
}
