package io.crois.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** What may stand in a command, an environment variable or a forEach: a literal or a reference to a later value. */
public sealed interface Operand permits Comparand, Operand.Literal, Result.Collected, Item.Index, Text {

    /** Returns an operand as it is, and anything else as a JSON literal. */
    static Operand of(Object value) {
        if (value instanceof Operand operand) {
            return operand;
        }
        if (value instanceof Artifact artifact) {
            throw new IllegalArgumentException("Artifact `" + artifact.name()
                    + "` is no value. Name its file below `$CROIS_INPUTS` or `$CROIS_OUTPUTS` instead.");
        }
        return new Literal(new ObjectMapper().valueToTree(value));
    }

    /** A value the author wrote down. */
    record Literal(JsonNode value) implements Operand {}
}
