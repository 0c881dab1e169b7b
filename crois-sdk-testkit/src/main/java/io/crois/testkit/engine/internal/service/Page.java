package io.crois.testkit.engine.internal.service;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list.
 *
 * @param items the part
 * @param next the token for the rest, {@code null} when there is none
 */
record Page<T>(List<T> items, @Nullable String next) {

    private static final String MARK = "from:";

    /**
     * Cuts a page.
     *
     * @param token of the page before, {@code null} for the first
     * @param wanted how many, {@code null} or 0 for 100; at most 1,000
     */
    static <T> Page<T> of(List<T> all, @Nullable String token, @Nullable Integer wanted) {
        int from = token == null ? 0 : Math.min(all.size(), offset(token));
        int size = wanted == null || wanted == 0 ? 100 : Math.min(1_000, wanted);
        int to = Math.min(all.size(), from + size);
        return new Page<>(all.subList(from, to), to < all.size() ? token(to) : null);
    }

    private static String token(int offset) {
        return Base64.getEncoder().encodeToString((MARK + offset).getBytes(StandardCharsets.UTF_8));
    }

    private static int offset(String token) {
        try {
            String text = new String(Base64.getDecoder().decode(token), StandardCharsets.UTF_8);
            return Integer.parseInt(text.substring(MARK.length()));
        } catch (IllegalArgumentException | StringIndexOutOfBoundsException e) {
            throw Refusal.token();
        }
    }
}
