package io.crois.workflow;

import java.util.ArrayList;
import java.util.List;

/** What is to run, in which order, and with which parameters. Start at {@link #builder()}. */
public record Workflow(String name, String description, List<Parameter<?>> parameters, Body body) {

    public Workflow {
        parameters = List.copyOf(parameters);
    }

    /** Returns a builder without a name and without steps. */
    public static Builder builder() {
        return new Builder();
    }

    /** Builds a workflow. Not thread-safe. */
    public static final class Builder extends BodyBuilder<Builder> {
        private String name = "";
        private String description = "";
        private final List<Parameter<?>> parameters = new ArrayList<>();

        Builder() {
            super(new Names());
        }

        /** Sets the name; required, {@code [A-Za-z][A-Za-z0-9_-]{0,63}}. */
        public Builder name(String value) {
            name = value;
            return this;
        }

        /** Sets what a person reads about the workflow. */
        public Builder description(String text) {
            description = text;
            return this;
        }

        /** Appends a parameter. */
        public Builder parameter(Parameter<?> parameter) {
            parameters.add(parameter);
            return this;
        }

        /**
         * Returns the workflow.
         *
         * @throws WorkflowValidationException with every problem at once
         */
        public Workflow build() {
            Workflow workflow = new Workflow(name, description, parameters, body());
            WorkflowCheck.check(workflow);
            return workflow;
        }

        @Override
        Builder self() {
            return this;
        }
    }
}
