package io.crois.asl.internal;

/** Takes quoted texts and comments out of an expression, since no name in them means anything. */
final class QuotedText {
    private QuotedText() {}

    /**
     * Returns the expression with each quoted text and each comment, to its end or that of the expression, as a blank.
     */
    static String blank(String expression) {
        StringBuilder kept = new StringBuilder();
        int at = 0;
        while (at < expression.length()) {
            int end = end(expression, at);
            kept.append(end == at + 1 ? expression.charAt(at) : ' ');
            at = end;
        }
        return kept.toString();
    }

    private static int end(String expression, int start) {
        char quote = expression.charAt(start);
        if (expression.startsWith("/*", start)) {
            int close = expression.indexOf("*/", start + 2);
            return close < 0 ? expression.length() : close + 2;
        }
        if (quote != '\'' && quote != '"' && quote != '`') {
            return start + 1;
        }
        int at = start + 1;
        while (at < expression.length() && expression.charAt(at) != quote) {
            at += expression.charAt(at) == '\\' && quote != '`' ? 2 : 1;
        }
        return Math.min(at + 1, expression.length());
    }
}
