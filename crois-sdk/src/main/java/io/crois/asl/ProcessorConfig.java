package io.crois.asl;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** How a Map runs its machine: {@code ProcessorConfig}. */
public final class ProcessorConfig extends FieldsValue {
    ProcessorConfig(Fields fields) {
        super(fields);
    }

    /** Returns a builder without fields. */
    public static Builder builder() {
        return new Builder(JsonNodeFactory.instance.objectNode());
    }

    /** Returns the configuration of iterations within the execution itself. */
    public static ProcessorConfig inline() {
        return builder().mode("INLINE").build();
    }

    /** Returns the configuration of iterations that are child executions of this type. */
    public static ProcessorConfig distributed(MachineType executions) {
        return builder().mode("DISTRIBUTED").executionType(executions.name()).build();
    }

    /** Returns a builder holding everything that this value holds. */
    public Builder toBuilder() {
        return new Builder(fields.copy());
    }

    /** Returns {@code Mode}: {@code INLINE} or {@code DISTRIBUTED}. */
    public Optional<String> mode() {
        return fields.text("Mode");
    }

    /**
     * Returns {@code ExecutionType}: {@code STANDARD} or {@code EXPRESS}; required where the mode is
     * {@code DISTRIBUTED}.
     */
    public Optional<String> executionType() {
        return fields.text("ExecutionType");
    }

    /** Collects the fields. Not safe for use by several threads. */
    public static final class Builder extends FieldsBuilder<Builder> {
        private Builder(ObjectNode node) {
            super(node);
        }

        /** Sets {@code Mode}: {@code INLINE} or {@code DISTRIBUTED}. */
        public Builder mode(String mode) {
            return field("Mode", mode);
        }

        /**
         * Sets {@code ExecutionType}: {@code STANDARD} or {@code EXPRESS}; required where the mode is
         * {@code DISTRIBUTED}.
         */
        public Builder executionType(String executionType) {
            return field("ExecutionType", executionType);
        }

        /** Returns the value. */
        public ProcessorConfig build() {
            return new ProcessorConfig(fields());
        }
    }
}
