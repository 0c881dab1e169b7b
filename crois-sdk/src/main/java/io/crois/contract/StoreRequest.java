package io.crois.contract;

/** What a state machine asks of {@code crois-store}; the answer is {@code {run}}. */
public record StoreRequest(Run run, String workflow, String step, String spec, String order, int attempt) {}
