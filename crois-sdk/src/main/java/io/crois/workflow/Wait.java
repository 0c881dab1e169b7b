package io.crois.workflow;

import java.time.Duration;

/** Waits for a time of whole seconds. */
public record Wait(String name, Duration duration) implements Element {}
