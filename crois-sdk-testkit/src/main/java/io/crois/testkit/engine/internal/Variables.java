package io.crois.testkit.engine.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The variables of one scope: a machine's, a branch's or an iteration's, which also read those round it. */
public final class Variables {

    private final @Nullable Variables outer;
    private @Nullable Map<String, JsonNode> values;

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
