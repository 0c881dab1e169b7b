package io.crois.asl.internal;

import java.util.Set;
import java.util.regex.Pattern;

/** Reads the text of a {@code .$} field once: a path, or a call of an intrinsic function. */
final class TemplateSyntax {
    private static final Set<String> FUNCTIONS = Set.of(
            "Array",
            "ArrayPartition",
            "ArrayContains",
            "ArrayRange",
            "ArrayGetItem",
            "ArrayLength",
            "ArrayUnique",
            "Base64Encode",
            "Base64Decode",
            "Hash",
            "JsonMerge",
            "StringToJson",
            "JsonToString",
            "MathRandom",
            "MathAdd",
            "StringSplit",
            "UUID",
            "Format");
    private static final Pattern CALL = Pattern.compile("States\\.[A-Za-z0-9]+\\(.*\\)", Pattern.DOTALL);
    private static final Pattern WORD = Pattern.compile("-?\\d+(\\.\\d+)?([eE][+-]?\\d+)?|true|false|null");
    /** AWS allows ten; this bound only keeps the reader from recursing without end. */
    private static final int MAX_DEPTH = 100;

    private final String text;
    private int at;

    TemplateSyntax(String text) {
        this.text = text;
    }

    boolean valid() {
        at = 0;
        return text.startsWith("States.") ? call(0) && at == text.length() : isPath(text);
    }

    /** Returns whether the text can be a path; what stands in its filters is not looked at. */
    static boolean isPath(String text) {
        return text.startsWith("$") && balanced(text);
    }

    /** Returns whether a text means to be a path or a call, right or wrong. */
    static boolean isMeant(String text) {
        return text.startsWith("$.")
                || text.startsWith("$[")
                || text.startsWith("$$.")
                || CALL.matcher(text).matches();
    }

    private boolean call(int depth) {
        int open = text.indexOf('(', at);
        if (depth > MAX_DEPTH || open < 0 || !FUNCTIONS.contains(text.substring(at + "States.".length(), open))) {
            return false;
        }
        at = open + 1;
        skipSpace();
        if (take(')')) {
            return true;
        }
        do {
            if (!argument(depth)) {
                return false;
            }
        } while (take(','));
        return take(')');
    }

    private boolean argument(int depth) {
        skipSpace();
        boolean read = text.startsWith("States.", at) ? call(depth + 1) : take('\'') ? quoted() : word();
        skipSpace();
        return read;
    }

    private boolean quoted() {
        while (at < text.length()) {
            char next = text.charAt(at++);
            if (next == '\'') {
                return true;
            }
            if (next == '\\' && (at == text.length() || "'\\{}".indexOf(text.charAt(at++)) < 0)) {
                return false;
            }
        }
        return false;
    }

    private boolean word() {
        int start = at;
        int open = 0;
        while (at < text.length() && (open > 0 || ",)".indexOf(text.charAt(at)) < 0)) {
            open += "[(".indexOf(text.charAt(at)) >= 0 ? 1 : "])".indexOf(text.charAt(at)) >= 0 ? -1 : 0;
            at++;
        }
        String word = text.substring(start, at).strip();
        return word.startsWith("$") ? balanced(word) : WORD.matcher(word).matches();
    }

    private static boolean balanced(String path) {
        long open = path.chars().filter(c -> c == '[').count();
        return open == path.chars().filter(c -> c == ']').count();
    }

    private boolean take(char wanted) {
        boolean there = at < text.length() && text.charAt(at) == wanted;
        at += there ? 1 : 0;
        return there;
    }

    private void skipSpace() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }
}
