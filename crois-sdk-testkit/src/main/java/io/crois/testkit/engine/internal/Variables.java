package io.crois.testkit.engine.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crois.testkit.engine.internal.expression.StatesError;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The variables of one scope: a machine's, a branch's or an iteration's, which also read those round it. */
public final class Variables {

    /** The service's limit on all variables of an execution. */
    private static final long MOST_BYTES = 10 * 1_048_576;

    private final @Nullable Variables outer;
    private @Nullable Map<String, JsonNode> values;

    /** What the values have at most, texts counted with room for escapes. */
    private long atMost;

    private Variables(@Nullable Variables outer) {
        this.outer = outer;
    }

    /** Returns a scope that stands alone. */
    public static Variables root() {
        return new Variables(null);
    }

    /** Returns a scope inside this one. */
    public Variables inner() {
        return new Variables(this);
    }

    /** Returns the value of a variable, {@code null} when it has none. */
    public @Nullable JsonNode get(String name) {
        for (Variables scope = this; scope != null; scope = scope.outer) {
            JsonNode value = scope.values == null ? null : scope.values.get(name);
            if (value != null) {
                return value;
            }
        }
        return null;
    }

    /**
     * Refuses values over the service's limits: of a variable and of what a state assigns, and of all variables. The
     * latter are those of this scope and of the scopes round it; scopes beside it are not counted.
     */
    void requireSize(ObjectNode assigned, long most, String state) {
        long added = JsonSize.atMost(assigned, MOST_BYTES);
        if (added > most) {
            requireEach(assigned, most, state);
        }
        atMost += added;
        long all = 0;
        for (Variables scope = this; scope != null; scope = scope.outer) {
            all += scope.atMost;
        }
        if (all > MOST_BYTES) {
            requireTotal(assigned, state);
        }
    }

    private static void requireEach(ObjectNode assigned, long most, String state) {
        long total = 0;
        for (Map.Entry<String, JsonNode> entry : assigned.properties()) {
            long size = JsonSize.of(entry.getValue());
            String told = "Variable '" + entry.getKey() + "' in state '" + state + "' was assigned " + size + " bytes";
            if (size > most) {
                throw overLimit("Variable size limit exceeded. " + told + ".");
            }
            total += size;
            if (total > most) {
                throw overLimit("State total variable size limit exceeded. " + told
                        + ", which caused the size of variables assigned in the state to exceed its limit by "
                        + (total - most) + " bytes.");
            }
        }
    }

    private void requireTotal(ObjectNode assigned, String state) {
        long total = 0;
        for (Variables scope = this; scope != null; scope = scope.outer) {
            Map<String, JsonNode> all = scope.values == null ? new HashMap<>() : new HashMap<>(scope.values);
            if (scope == this) {
                assigned.properties().forEach(entry -> all.put(entry.getKey(), entry.getValue()));
            }
            scope.atMost = all.values().stream().mapToLong(JsonSize::of).sum();
            total += scope.atMost;
        }
        if (total > MOST_BYTES) {
            throw overLimit("Execution total variable size limit exceeded. State '" + state
                    + "' assigned variables that exceed the total execution limit by " + (total - MOST_BYTES)
                    + " bytes.");
        }
    }

    private static StatesError overLimit(String cause) {
        return StatesError.placed("States.DataLimitExceeded", cause, "Assign");
    }

    /** Gives variables of this scope their values. */
    public void assign(ObjectNode assigned) {
        if (values == null) {
            values = new HashMap<>();
        }
        for (Map.Entry<String, JsonNode> entry : assigned.properties()) {
            values.put(entry.getKey(), entry.getValue());
        }
    }
}
