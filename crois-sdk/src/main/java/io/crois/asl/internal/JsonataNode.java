package io.crois.asl.internal;

import java.util.List;

/**
 * A part of an expression.
 *
 * @param text the name, if it has one
 * @param here the parts that see the same context as the whole
 * @param inner the parts that see another one: further steps of a path, predicates, sorting, grouping
 */
record JsonataNode(Kind kind, String text, List<JsonataNode> here, List<JsonataNode> inner) {
    /** What it is, as far as that matters. */
    enum Kind {
        NAME,
        VARIABLE,
        TEXT,
        NUMBER,
        WORD,
        PATH,
        GROUP,
        /** It cannot stand where it stands; the text says why. */
        WRONG,
        LAMBDA,
        PLACEHOLDER,
        OTHER
    }

    static JsonataNode of(Kind kind, String text) {
        return new JsonataNode(kind, text, List.of(), List.of());
    }

    /** Returns something made of parts that all see the same context. */
    static JsonataNode of(List<JsonataNode> parts) {
        return new JsonataNode(Kind.OTHER, "", parts, List.of());
    }

    boolean is(Kind wanted) {
        return kind == wanted;
    }

    /** Returns a text as the name that it is when it stands in a path. */
    JsonataNode asStep() {
        return is(Kind.TEXT) ? of(Kind.NAME, text) : this;
    }
}
