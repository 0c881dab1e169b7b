package io.crois.asl.internal;

/**
 * A word of an expression.
 *
 * @param symbol how the grammar calls it: an operator by itself, anything else by its kind
 * @param text what it says: without quotes and dollar sign
 */
record JsonataToken(String symbol, String text) {
    static final String END = "(end)";
    static final String NAME = "(name)";
    static final String VARIABLE = "(variable)";
    static final String TEXT = "(text)";
    static final String NUMBER = "(number)";
    static final String WORD = "(word)";
    static final String REGEX = "(regex)";

    boolean is(String wanted) {
        return symbol.equals(wanted);
    }

    /** Returns the word as messages show it. */
    String shown() {
        return is(NUMBER) || is(WORD) ? text : JsonataSyntax.quoted(text);
    }
}
