package io.crois.asl;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** Ends the machine with an error. */
public final class FailState extends State {
    FailState(Fields fields) {
        super(fields);
    }

    /** Returns a builder without fields. */
    public static Builder builder() {
        return new Builder(StateBuilder.ofType("Fail"));
    }

    /** Returns a builder holding everything that this state holds. */
    public Builder toBuilder() {
        return new Builder(fields.copy());
    }

    /** Returns {@code Error}, the name of the error. */
    public Optional<String> error() {
        return fields.text("Error");
    }

    /** Returns {@code ErrorPath} (JSONPath), a path or an intrinsic function. */
    public Optional<String> errorPath() {
        return fields.text("ErrorPath");
    }

    /** Returns {@code Cause}, a text for people. */
    public Optional<String> cause() {
        return fields.text("Cause");
    }

    /** Returns {@code CausePath} (JSONPath), a path or an intrinsic function. */
    public Optional<String> causePath() {
        return fields.text("CausePath");
    }

    /** Collects a Fail state. Not safe for use by several threads. */
    public static final class Builder extends StateBuilder<Builder> {
        private Builder(ObjectNode node) {
            super(node);
        }

        /** Sets {@code Error}, the name of the error. */
        public Builder error(String error) {
            return field("Error", error);
        }

        /** Sets {@code ErrorPath} (JSONPath), a path or an intrinsic function. */
        public Builder errorPath(String errorPath) {
            return field("ErrorPath", errorPath);
        }

        /** Sets {@code Cause}, a text for people. */
        public Builder cause(String cause) {
            return field("Cause", cause);
        }

        /** Sets {@code CausePath} (JSONPath), a path or an intrinsic function. */
        public Builder causePath(String causePath) {
            return field("CausePath", causePath);
        }

        /** Returns the state; its name is given where it is added to a machine. */
        public FailState build() {
            return new FailState(fields());
        }
    }
}
