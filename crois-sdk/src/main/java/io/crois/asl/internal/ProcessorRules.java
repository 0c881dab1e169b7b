package io.crois.asl.internal;

import io.crois.asl.MachineType;

/** {@code ProcessorConfig} of a Map's machine. */
final class ProcessorRules {
    private static final Shape INLINE =
            Shape.builder().field("Mode", ValueRules.ANY).build();
    private static final Shape DISTRIBUTED = Shape.builder()
            .field("Mode", ValueRules.ANY)
            .field("ExecutionType", ValueRules.oneOf("STANDARD", "EXPRESS"))
            .required("ExecutionType")
            .build();

    private ProcessorRules() {}

    /** Checks the configuration and returns the type of the executions that run the machine. */
    static MachineType check(Part processor, MachineType parent) {
        Part config = processor.at("ProcessorConfig");
        if (!processor.has("ProcessorConfig") || !config.requireObject()) {
            return parent;
        }
        if (config.has("Mode")) {
            ValueRules.kind("INLINE", "DISTRIBUTED").check(config.at("Mode"));
        }
        if (!config.text("Mode").equals("DISTRIBUTED")) {
            INLINE.check(config);
            return parent;
        }
        DISTRIBUTED.check(config);
        if (parent == MachineType.EXPRESS) {
            config.at("Mode")
                    .report(
                            "The field 'Mode' with value 'DISTRIBUTED' is not supported inside 'EXPRESS' state machines");
        }
        return config.text("ExecutionType").equals("EXPRESS") ? MachineType.EXPRESS : MachineType.STANDARD;
    }
}
