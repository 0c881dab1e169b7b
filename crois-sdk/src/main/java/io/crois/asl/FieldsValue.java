package io.crois.asl;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** An immutable object of a definition: equal to another of its class that holds equal fields. */
public abstract class FieldsValue {
    final Fields fields;

    FieldsValue(Fields fields) {
        this.fields = fields;
    }

    /**
     * Returns any field by its name in the definition, known to this library or not: empty where it is absent, a null
     * node where the definition says {@code null}.
     */
    public final Optional<JsonNode> field(String name) {
        return fields.value(name);
    }

    /** Returns a new copy of this object as JSON. */
    public JsonNode toJsonNode() {
        return fields.copy();
    }

    @Override
    public final boolean equals(Object other) {
        return other instanceof FieldsValue value && getClass() == other.getClass() && fields.equals(value.fields);
    }

    @Override
    public final int hashCode() {
        return fields.hashCode();
    }

    /** Returns this object as compact JSON text. */
    @Override
    public final String toString() {
        return AslReader.write(toJsonNode());
    }
}
