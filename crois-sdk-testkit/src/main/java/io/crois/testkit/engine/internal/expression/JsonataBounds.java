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

    /** How many numbers one value may hold; the service takes a sequence of so many and refuses one of one more. */
    static final int MOST_VALUES = 873_782;

    private static final String TOO_DEEP = "Stack overflow error: Check for non-terminating recursive function. "
            + "Consider rewriting as tail-recursive.";
    private static final int DEPTH = 100;
    private static final int LONGEST_TEXT = MOST_VALUES * 8;

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
            throw tooDeep();
        }
        if (allowance.isUsedUp()) {
            throw timeout();
        }
    }

    private void leave(@Nullable Object result) {
        depth--;
        if (result instanceof String text && text.length() > LONGEST_TEXT) {
            throw outOfMemory();
        }
        if (result instanceof List<?> list && list.size() > MOST_VALUES) {
            throw outOfMemory();
        }
    }

    /** Returns whether a step that has just failed is the whole expression and no part of it. */
    boolean isWhole() {
        return depth == 1;
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

    /** Returns the error of a value that takes too much memory. */
    static JException outOfMemory() {
        return new JException("Expression evaluation memory limit exceeded: Check for excessive memory usage", -1);
    }

    /** Returns the error of an expression that nests too deeply. */
    static JException tooDeep() {
        return new JException(TOO_DEEP, -1);
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
