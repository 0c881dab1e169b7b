package io.crois.contract;

import io.crois.workflow.ValueType;

/** A result that a step reports by name in {@code results.json}. */
public record ResultProduct(String result, ValueType type) {}
