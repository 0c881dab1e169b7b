package io.crois.testkit.engine.internal.expression;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** What an expression can see. */
public interface Scope {

    /** Returns what {@code $} means in a path, and {@code $states.input} in JSONata. */
    JsonNode input();

    /** Returns {@code $states.result}, {@code null} where there is none. */
    @Nullable
    JsonNode result();

    /** Returns {@code $states.errorOutput}, {@code null} where there is none. */
    @Nullable
    JsonNode errorOutput();

    /** Returns the value of a variable, {@code null} when it has none. */
    @Nullable
    JsonNode variable(String name);

    /** Returns the context object: {@code $$} in a path, {@code $states.context} in JSONata. */
    JsonNode context();

    /** Returns the time at which it is evaluated. */
    Instant now();

    /** Returns what random numbers and UUIDs are made of. */
    RandomGenerator random();
}
