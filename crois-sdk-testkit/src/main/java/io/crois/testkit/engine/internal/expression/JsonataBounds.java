package io.crois.testkit.engine.internal.expression;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
    private final boolean callsRegex;
    private final Set<String> texts = new LinkedHashSet<>();
    private final List<Pattern> patterns = new ArrayList<>();
    private int depth;

    private JsonataBounds(boolean callsRegex) {
        this.callsRegex = callsRegex;
    }

    /** Makes the bounds those of what is evaluated in the frame. */
    static JsonataBounds of(Jsonata.Frame frame, boolean callsRegex) {
        JsonataBounds bounds = new JsonataBounds(callsRegex);
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
        if (callsRegex) {
            noteForRegex(result);
        }
    }

    /**
     * Tries regular expressions out on the texts that they may be called with: the library matches them itself, out of
     * our reach.
     */
    private void noteForRegex(@Nullable Object result) {
        if (result instanceof Pattern pattern && !patterns.contains(pattern)) {
            patterns.add(pattern);
            texts.forEach(text -> tryOut(text, pattern));
        } else if (result instanceof String text) {
            noteText(text);
        } else if (result instanceof Collection<?> list) {
            list.forEach(this::noteItem);
        } else if (result instanceof Map<?, ?> map) {
            map.values().forEach(this::noteItem);
        }
    }

    private void noteItem(@Nullable Object item) {
        if (item instanceof String text) {
            noteText(text);
        }
    }

    private void noteText(String text) {
        if (texts.add(text)) {
            patterns.forEach(pattern -> tryOut(text, pattern));
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
            Matcher matcher = pattern.matcher(new BoundedText(text, allowance, JsonataBounds::timeout));
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
}
