package io.crois.workflow;

import java.util.function.Consumer;

/**
 * A step's definition for reuse: {@code Module.of(s -> s.image("crafto/train:3").command("train"))}. A step takes it
 * with {@code s.module(module)} and overrides what follows.
 */
public record Module(Consumer<Step.Builder> definition) {
    /** Returns a module that defines steps so. */
    public static Module of(Consumer<Step.Builder> definition) {
        return new Module(definition);
    }
}
