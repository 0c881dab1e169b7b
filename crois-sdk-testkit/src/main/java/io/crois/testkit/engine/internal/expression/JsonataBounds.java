package io.crois.testkit.engine.internal.expression;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What an expression may use up while it is evaluated: time, depth and the length of a text or a sequence. */
final class JsonataBounds {

    /** What an expression is told that takes too long. */
    static final String TIMEOUT = "Expression evaluation timeout: Check for infinite loop";

    private static final String TOO_DEEP = "Stack overflow error: Check for non-terminating recursive function.  "
            + "Consider rewriting as tail-recursive.";
    private static final int DEPTH = 500;
    private static final int LONGEST_TEXT = 10 * 1024 * 1024;
    private static final int LONGEST_SEQUENCE = 10_000_000;

    private final Allowance allowance = new Allowance();
    private int depth;

    private JsonataBounds() {}

    /** Makes the bounds those of what is evaluated in the frame. */
    static JsonataBounds of(Jsonata.Frame frame) {
        JsonataBounds bounds = new JsonataBounds();
        frame.setEvaluateEntryCallback((expression, input, environment) -> bounds.enter());
        frame.setEvaluateExitCallback((expression, input, environment, result) -> bounds.leave(result));
        return bounds;
    }

    private void enter() {
        if (++depth > DEPTH) {
            throw new JException(TOO_DEEP, -1);
        }
        if (allowance.isUsedUp()) {
            throw timeout();
        }
    }

    private void leave(@Nullable Object result) {
        depth--;
        if (result instanceof String text && text.length() > LONGEST_TEXT) {
            throw new JException("A text has at most " + LONGEST_TEXT + " characters", -1);
        }
        if (result instanceof List<?> list && list.size() > LONGEST_SEQUENCE) {
            throw new JException("A sequence has at most " + LONGEST_SEQUENCE + " items", -1);
        }
    }

    /**
     * Finds all that a regular expression finds in a text, on a text that stops it when the time is used up: nothing
     * else stops one that tracks back without end. Does nothing when it is none.
     */
    void tryOut(@Nullable String text, @Nullable Object expression) {
        if (text != null && expression instanceof Pattern pattern) {
            Matcher matcher = pattern.matcher(new Bounded(text, 0, text.length(), allowance));
            while (matcher.find()) {
                // goes on to the end of the text
            }
        }
    }

    private static JException timeout() {
        return new JException(TIMEOUT, -1);
    }

    private record Bounded(String text, int begin, int end, Allowance allowance) implements CharSequence {

        @Override
        public int length() {
            return end - begin;
        }

        @Override
        public char charAt(int index) {
            if (allowance.isUsedUp()) {
                throw timeout();
            }
            return text.charAt(begin + index);
        }

        @Override
        public CharSequence subSequence(int from, int to) {
            return new Bounded(text, begin + from, begin + to, allowance);
        }

        @Override
        public String toString() {
            return text.substring(begin, end);
        }
    }
}
