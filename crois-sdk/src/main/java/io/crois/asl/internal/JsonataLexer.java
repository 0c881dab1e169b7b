package io.crois.asl.internal;

import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts an expression of JSONata 2.0 into words. */
final class JsonataLexer {
    private static final String SPACE = " \t\n\r\u000b";
    private static final String OPERATORS = ".[]{}(),@#;:?+-*/%|=<>^&!~";
    private static final List<String> PAIRS = List.of("..", ":=", "!=", ">=", "<=", "**", "~>");
    private static final Set<String> WORD_OPERATORS = Set.of("and", "or", "in");
    private static final Set<String> WORDS = Set.of("true", "false", "null");
    private static final Pattern NUMBER = Pattern.compile("(0|[1-9][0-9]*)(\\.[0-9]+)?([Ee][-+]?[0-9]+)?");
    private static final Pattern HEX = Pattern.compile("[0-9a-fA-F]{4}");

    private final String text;
    private int at;

    JsonataLexer(String text) {
        this.text = text;
    }

    /**
     * Returns the next word.
     *
     * @param afterOperand whether a slash divides here; elsewhere it begins a regular expression
     */
    JsonataToken next(boolean afterOperand) throws JsonataSyntax {
        skipSpaceAndComments();
        if (at >= text.length()) {
            return new JsonataToken(JsonataToken.END, JsonataToken.END);
        }
        char first = text.charAt(at);
        if (first == '/' && !afterOperand) {
            return regex();
        }
        for (String pair : PAIRS) {
            if (text.startsWith(pair, at)) {
                at += 2;
                return new JsonataToken(pair, pair);
            }
        }
        if (OPERATORS.indexOf(first) >= 0) {
            at++;
            return new JsonataToken(String.valueOf(first), String.valueOf(first));
        }
        if (first == '"' || first == '\'') {
            return new JsonataToken(JsonataToken.TEXT, quoted(first));
        }
        return first == '`' ? quotedName() : numberOrName();
    }

    private void skipSpaceAndComments() throws JsonataSyntax {
        while (at < text.length()) {
            if (SPACE.indexOf(text.charAt(at)) >= 0) {
                at++;
            } else if (text.startsWith("/*", at)) {
                int end = text.indexOf("*/", at + 2);
                if (end < 0) {
                    throw new JsonataSyntax("Comment has no closing tag");
                }
                at = end + 2;
            } else {
                return;
            }
        }
    }

    private JsonataToken regex() throws JsonataSyntax {
        int start = ++at;
        int depth = 0;
        while (at < text.length()) {
            char next = text.charAt(at);
            boolean escaped = text.charAt(at - 1) == '\\';
            if (next == '/' && !escaped && depth == 0) {
                return endOfRegex(start);
            }
            if (!escaped) {
                depth += "([{".indexOf(next) >= 0 ? 1 : ")]}".indexOf(next) >= 0 ? -1 : 0;
            }
            at++;
        }
        throw new JsonataSyntax("No terminating / in regular expression");
    }

    private JsonataToken endOfRegex(int start) throws JsonataSyntax {
        String pattern = text.substring(start, at++);
        if (pattern.isEmpty()) {
            throw new JsonataSyntax("Empty regular expressions are not allowed");
        }
        while (at < text.length() && "im".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        return new JsonataToken(JsonataToken.REGEX, pattern);
    }

    private String quoted(char quote) throws JsonataSyntax {
        StringBuilder value = new StringBuilder();
        at++;
        while (at < text.length()) {
            char next = text.charAt(at++);
            if (next == quote) {
                return value.toString();
            }
            value.append(next == '\\' && at < text.length() ? escaped() : next);
        }
        throw new JsonataSyntax("String literal must be terminated by a matching quote");
    }

    private char escaped() throws JsonataSyntax {
        char kind = text.charAt(at++);
        int known = "\"'\\/bfnrt".indexOf(kind);
        if (kind == 'u') {
            return unicode();
        }
        if (known < 0 || kind == '\'') {
            throw new JsonataSyntax("Unsupported escape sequence: \\" + JsonataSyntax.quoted(String.valueOf(kind)));
        }
        return "\"'\\/\b\f\n\r\t".charAt(known);
    }

    private char unicode() throws JsonataSyntax {
        Matcher digits = HEX.matcher(text).region(at, text.length());
        if (!digits.lookingAt()) {
            throw new JsonataSyntax("The escape sequence \\u must be followed by 4 hex digits");
        }
        at += 4;
        return (char) Integer.parseInt(digits.group(), 16);
    }

    private JsonataToken quotedName() throws JsonataSyntax {
        int end = text.indexOf('`', at + 1);
        if (end < 0) {
            throw new JsonataSyntax("Quoted property name must be terminated with a backquote (`)");
        }
        String name = text.substring(at + 1, end);
        at = end + 1;
        return new JsonataToken(JsonataToken.NAME, name);
    }

    private JsonataToken numberOrName() throws JsonataSyntax {
        Matcher number = NUMBER.matcher(text).region(at, text.length());
        if (number.lookingAt()) {
            at = number.end();
            if (Double.isInfinite(Double.parseDouble(number.group()))) {
                throw new JsonataSyntax("Number out of range: " + JsonataSyntax.quoted(number.group()));
            }
            return new JsonataToken(JsonataToken.NUMBER, number.group());
        }
        int start = at;
        while (at < text.length() && SPACE.indexOf(text.charAt(at)) < 0 && OPERATORS.indexOf(text.charAt(at)) < 0) {
            at++;
        }
        String name = text.substring(start, at);
        if (name.startsWith("$")) {
            return new JsonataToken(JsonataToken.VARIABLE, name.substring(1));
        }
        if (WORD_OPERATORS.contains(name)) {
            return new JsonataToken(name, name);
        }
        return new JsonataToken(WORDS.contains(name) ? JsonataToken.WORD : JsonataToken.NAME, name);
    }
}
