package io.crois.testkit.engine.internal.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * The regular expressions in the filters of a JSONPath, and the texts that stand there.
 *
 * @param patterns what stands between slashes, with its flags
 * @param texts what stands in quotes
 */
record FilterPatterns(List<Pattern> patterns, List<String> texts) {

    static final FilterPatterns NONE = new FilterPatterns(List.of(), List.of());

    private static final Pattern PART = Pattern.compile(
            "'((?:[^'\\\\]|\\\\.)*+)'|\"((?:[^\"\\\\]|\\\\.)*+)\"|/((?:[^/\\\\]|\\\\.)*+)/([a-zA-Z]*)", Pattern.DOTALL);

    /** Finds them in a path. */
    static FilterPatterns of(String path) {
        int filter = path.indexOf("[?");
        if (filter < 0 || !path.contains("=~")) {
            return NONE;
        }
        List<Pattern> patterns = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        Matcher part = PART.matcher(path).region(filter, path.length());
        while (part.find()) {
            if (part.group(3) != null) {
                add(patterns, part.group(3), part.group(4));
            } else {
                texts.add(part.group(1) == null ? part.group(2) : part.group(1));
            }
        }
        return new FilterPatterns(List.copyOf(patterns), List.copyOf(texts));
    }

    private static void add(List<Pattern> patterns, String pattern, String flags) {
        try {
            patterns.add(Pattern.compile(pattern, flags(flags)));
        } catch (PatternSyntaxException unreadable) {
            // the library refuses it as well
        }
    }

    private static int flags(String letters) {
        int flags = 0;
        for (char letter : letters.toCharArray()) {
            flags |= switch (letter) {
                case 'd' -> Pattern.UNIX_LINES;
                case 'i' -> Pattern.CASE_INSENSITIVE;
                case 'x' -> Pattern.COMMENTS;
                case 'm' -> Pattern.MULTILINE;
                case 's' -> Pattern.DOTALL;
                case 'u' -> Pattern.UNICODE_CASE;
                case 'U' -> Pattern.UNICODE_CHARACTER_CLASS;
                default -> 0;
            };
        }
        return flags;
    }

    boolean isEmpty() {
        return patterns.isEmpty();
    }

    /** Matches a text with each of them, for the time that it takes. */
    void tryOut(CharSequence text) {
        patterns.forEach(pattern -> pattern.matcher(text).matches());
    }
}
