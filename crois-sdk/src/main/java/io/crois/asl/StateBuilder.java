package io.crois.asl;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What the builders of all states share.
 *
 * @param <B> the builder itself
 */
public abstract class StateBuilder<B extends StateBuilder<B>> extends FieldsBuilder<B> {
    StateBuilder(ObjectNode node) {
        super(node);
    }

    static ObjectNode ofType(String type) {
        return JsonNodeFactory.instance.objectNode().put("Type", type);
    }

    /** Sets {@code Comment}. */
    public final B comment(String comment) {
        return field("Comment", comment);
    }

    /**
     * Sets {@code QueryLanguage} of this state; a JSONPath machine may hold JSONata states, not the other way round.
     */
    public final B queryLanguage(QueryLanguage language) {
        return field("QueryLanguage", language.text());
    }
}
