package io.crois.asl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/** Has work done elsewhere: by a function, an activity or a service. */
public final class TaskState extends State {
    TaskState(Fields fields) {
        super(fields);
    }

    /** Returns a builder without fields. */
    public static Builder builder() {
        return new Builder(StateBuilder.ofType("Task"));
    }

    /** Returns a builder holding everything that this state holds. */
    public Builder toBuilder() {
        return new Builder(fields.copy());
    }

    /** Returns {@code Resource}, the ARN of what does the work. */
    public Optional<String> resource() {
        return fields.text("Resource");
    }

    /** Returns {@code Parameters} (JSONPath), a payload template. */
    public Optional<JsonNode> parameters() {
        return fields.value("Parameters");
    }

    /** Returns {@code Arguments} (JSONata), any JSON. */
    public Optional<JsonNode> arguments() {
        return fields.value("Arguments");
    }

    /** Returns {@code Credentials}, with {@code RoleArn}. */
    public Optional<JsonNode> credentials() {
        return fields.value("Credentials");
    }

    /** Returns {@code TimeoutSeconds}, a number or a JSONata text. */
    public Optional<JsonNode> timeoutSeconds() {
        return fields.value("TimeoutSeconds");
    }

    /** Returns {@code TimeoutSecondsPath}. */
    public Optional<String> timeoutSecondsPath() {
        return fields.text("TimeoutSecondsPath");
    }

    /** Returns {@code HeartbeatSeconds}, a number or a JSONata text. */
    public Optional<JsonNode> heartbeatSeconds() {
        return fields.value("HeartbeatSeconds");
    }

    /** Returns {@code HeartbeatSecondsPath}. */
    public Optional<String> heartbeatSecondsPath() {
        return fields.text("HeartbeatSecondsPath");
    }

    /** Returns {@code ResultSelector}, a payload template over the raw result. */
    public Optional<JsonNode> resultSelector() {
        return fields.value("ResultSelector");
    }

    /** Returns {@code ResultPath}, a reference path or {@code null}. */
    public Optional<JsonNode> resultPath() {
        return fields.value("ResultPath");
    }

    /** Returns {@code Retry} in its order; empty where the field is absent. */
    public List<Retrier> retry() {
        return fields.list("Retry", (value, place) -> new Retrier(new Fields(value, place)));
    }

    /** Returns {@code Catch} in its order; empty where the field is absent. */
    public List<Catcher> catchers() {
        return fields.list("Catch", (value, place) -> new Catcher(new Fields(value, place)));
    }

    /** Collects a Task state. Not safe for use by several threads. */
    public static final class Builder extends WorkStateBuilder<Builder> {
        private Builder(ObjectNode node) {
            super(node);
        }

        /** Sets {@code Resource}, the ARN of what does the work; required. */
        public Builder resource(String resource) {
            return field("Resource", resource);
        }

        /** Sets {@code Parameters} (JSONPath), a payload template. */
        public Builder parameters(JsonNode parameters) {
            return field("Parameters", parameters);
        }

        /** Sets {@code Arguments} (JSONata), any JSON. */
        public Builder arguments(JsonNode arguments) {
            return field("Arguments", arguments);
        }

        /** Sets {@code Credentials}, with {@code RoleArn} or {@code RoleArn.$}. */
        public Builder credentials(JsonNode credentials) {
            return field("Credentials", credentials);
        }

        /** Sets {@code TimeoutSeconds}, in seconds, from 1 to 99,999,999. */
        public Builder timeoutSeconds(long timeoutSeconds) {
            return number("TimeoutSeconds", timeoutSeconds);
        }

        /** Sets {@code TimeoutSeconds} to a JSONata text that gives the number. */
        public Builder timeoutSeconds(String expression) {
            return field("TimeoutSeconds", expression);
        }

        /** Sets {@code TimeoutSecondsPath} (JSONPath), where the number is found. */
        public Builder timeoutSecondsPath(String timeoutSecondsPath) {
            return field("TimeoutSecondsPath", timeoutSecondsPath);
        }

        /** Sets {@code HeartbeatSeconds}, in seconds, less than the timeout. */
        public Builder heartbeatSeconds(long heartbeatSeconds) {
            return number("HeartbeatSeconds", heartbeatSeconds);
        }

        /** Sets {@code HeartbeatSeconds} to a JSONata text that gives the number. */
        public Builder heartbeatSeconds(String expression) {
            return field("HeartbeatSeconds", expression);
        }

        /** Sets {@code HeartbeatSecondsPath} (JSONPath), where the number is found. */
        public Builder heartbeatSecondsPath(String heartbeatSecondsPath) {
            return field("HeartbeatSecondsPath", heartbeatSecondsPath);
        }

        /** Returns the state; its name is given where it is added to a machine. */
        public TaskState build() {
            return new TaskState(fields());
        }
    }
}
