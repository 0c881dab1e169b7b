package io.crois.contract;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonSubTypes.Type;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;

/**
 * A value that is known when the step is prepared: written down by the author, or read from a parameter, a result or
 * the item of a forEach. In JSON the kinds are told apart by their members ({@code literal}, {@code parameter}, …).
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.DEDUCTION)
@JsonSubTypes({
    @Type(Value.Literal.class),
    @Type(Value.OfParameter.class),
    @Type(Value.OfResult.class),
    @Type(Value.OfResults.class),
    @Type(Value.OfItem.class),
    @Type(Value.OfIndex.class),
    @Type(Value.Concat.class)
})
public sealed interface Value {

    /** Returns a literal text. */
    static Value text(String text) {
        return new Literal(TextNode.valueOf(text));
    }

    /** Any JSON value, as the author wrote it. */
    record Literal(JsonNode literal) implements Value {}

    /** The argument given for a parameter, or its default. */
    record OfParameter(String parameter) implements Value {}

    /**
     * A result of an earlier step.
     *
     * @param depth how many forEach blocks stand round the step that reports it
     */
    record OfResult(String result, int depth) implements Value {}

    /**
     * The results of all iterations of a forEach, as a list in the order of the items.
     *
     * @param depth how many forEach blocks stand round that forEach
     * @param partial whether iterations may fail, in the place of whose results stands {@code null}; in JSON only when
     *     they may
     */
    record OfResults(
            String results,
            String loop,
            int depth,
            @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean partial) implements Value {

        /** Creates the results of a forEach of which every iteration must succeed. */
        public OfResults(String results, String loop, int depth) {
            this(results, loop, depth, false);
        }
    }

    /**
     * The current item of an enclosing forEach, or a part of it.
     *
     * @param item a JSON Pointer (RFC 6901) into the item; the empty text is the item itself
     */
    record OfItem(String item, String loop) implements Value {}

    /** The index of the current item of an enclosing forEach, from 0. */
    record OfIndex(String index) implements Value {}

    /** The texts of other values, joined. */
    record Concat(List<Value> concat) implements Value {
        public Concat {
            concat = List.copyOf(concat);
        }
    }
}
