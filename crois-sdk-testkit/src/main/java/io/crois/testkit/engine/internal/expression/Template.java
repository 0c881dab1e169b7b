package io.crois.testkit.engine.internal.expression;

import com.fasterxml.jackson.databind.JsonNode;

/** A path, an expression, or JSON with such in it: planned once, evaluated often. */
@FunctionalInterface
public interface Template {

    /**
     * Returns the value; it may share JSON with what the scope holds.
     *
     * @throws StatesError if there is none
     */
    JsonNode evaluate(Scope scope);
}
