package io.crois.asl.internal;

/** An expression that cannot be read; the message is that of JSONata's own parser, without its code. */
final class JsonataSyntax extends Exception {
    private static final long serialVersionUID = 1L;

    JsonataSyntax(String message) {
        super(message, null, false, false);
    }

    /** Returns a text as the messages quote it. */
    static String quoted(String text) {
        return com.fasterxml.jackson.databind.node.TextNode.valueOf(text).toString();
    }
}
