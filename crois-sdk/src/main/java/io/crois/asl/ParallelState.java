package io.crois.asl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/** Runs branches side by side; its result is the list of their outputs. */
public final class ParallelState extends State {
    private final List<StateMachine> branches;

    ParallelState(Fields fields) {
        super(fields);
        branches = fields.list("Branches", (value, place) -> new StateMachine(new Fields(value, place)));
    }

    /** Returns a builder without fields. */
    public static Builder builder() {
        return new Builder(StateBuilder.ofType("Parallel"));
    }

    /** Returns a builder holding everything that this state holds. */
    public Builder toBuilder() {
        return new Builder(fields.copy());
    }

    /** Returns {@code Parameters} (JSONPath), a payload template. */
    public Optional<JsonNode> parameters() {
        return fields.value("Parameters");
    }

    /** Returns {@code Arguments} (JSONata), any JSON. */
    public Optional<JsonNode> arguments() {
        return fields.value("Arguments");
    }

    /** Returns {@code ResultSelector}, a payload template over the raw result. */
    public Optional<JsonNode> resultSelector() {
        return fields.value("ResultSelector");
    }

    /** Returns {@code ResultPath}, a reference path or {@code null}. */
    public Optional<JsonNode> resultPath() {
        return fields.value("ResultPath");
    }

    /** Returns {@code Branches} in their order. */
    public List<StateMachine> branches() {
        return branches;
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
        ObjectNode json = fields.inOrder(ORDER, "Branches");
        if (fields.has("Branches")) {
            ArrayNode written = json.putArray("Branches");
            branches.forEach(branch -> written.add(branch.toJsonNode()));
        }
        return json;
    }

    /** Collects a Parallel state. Not safe for use by several threads. */
    public static final class Builder extends WorkStateBuilder<Builder> {
        private Builder(ObjectNode node) {
            super(node);
        }

        /** Sets {@code Parameters} (JSONPath), a payload template. */
        public Builder parameters(JsonNode parameters) {
            return field("Parameters", parameters);
        }

        /** Sets {@code Arguments} (JSONata), any JSON. */
        public Builder arguments(JsonNode arguments) {
            return field("Arguments", arguments);
        }

        /** Appends to {@code Branches}. */
        public Builder addBranch(StateMachine branch) {
            return add("Branches", branch.toJsonNode());
        }

        /** Returns the state; its name is given where it is added to a machine. */
        public ParallelState build() {
            return new ParallelState(fields());
        }
    }
}
