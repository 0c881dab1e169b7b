package io.crois.testkit.engine.internal.expression;

import java.util.function.Supplier;

/**
 * A text that stops who reads it when the time is used up: nothing else stops a regular expression that tracks back
 * without end.
 */
record BoundedText(String text, int begin, int end, Allowance allowance, Supplier<RuntimeException> stop)
        implements CharSequence {

    BoundedText(String text, Allowance allowance, Supplier<RuntimeException> stop) {
        this(text, 0, text.length(), allowance, stop);
    }

    @Override
    public int length() {
        return end - begin;
    }

    @Override
    public char charAt(int index) {
        if (allowance.isUsedUp()) {
            throw stop.get();
        }
        return text.charAt(begin + index);
    }

    @Override
    public CharSequence subSequence(int from, int to) {
        return new BoundedText(text, begin + from, begin + to, allowance, stop);
    }

    @Override
    public String toString() {
        return text.substring(begin, end);
    }
}
