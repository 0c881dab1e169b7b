package io.crois.testkit.engine.internal;

import java.util.ArrayList;
import java.util.List;

/** A text in which {@code *} stands for any characters, and a backslash takes a meaning away. */
final class Wildcard {

    private final List<String> parts;

    private Wildcard(List<String> parts) {
        this.parts = parts;
    }

    static Wildcard of(String pattern) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c == '\\' && i + 1 < pattern.length()) {
                part.append(pattern.charAt(++i));
            } else if (c == '*') {
                parts.add(part.toString());
                part.setLength(0);
            } else {
                part.append(c);
            }
        }
        parts.add(part.toString());
        return new Wildcard(List.copyOf(parts));
    }

    /** Matches the whole text, in time that grows with its length alone. */
    boolean matches(String text) {
        String first = parts.get(0);
        if (parts.size() == 1) {
            return text.equals(first);
        }
        String last = parts.get(parts.size() - 1);
        if (!text.startsWith(first) || !text.endsWith(last) || text.length() < first.length() + last.length()) {
            return false;
        }
        int end = text.length() - last.length();
        int from = first.length();
        for (String part : parts.subList(1, parts.size() - 1)) {
            int found = text.indexOf(part, from);
            if (found < 0 || found + part.length() > end) {
                return false;
            }
            from = found + part.length();
        }
        return true;
    }
}
