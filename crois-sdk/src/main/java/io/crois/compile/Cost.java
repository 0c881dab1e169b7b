package io.crois.compile;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What an execution costs, between two limits.
 *
 * @param currency of all amounts
 * @param lines the parts: the path of each step for its containers, then {@code transitions}, {@code functions} and
 *     {@code requests} (what the functions that follow containers, the table and the bucket take)
 */
public record Cost(String currency, Map<String, Amount> lines) {
    static final String TRANSITIONS = "transitions";
    static final String FUNCTIONS = "functions";
    static final String REQUESTS = "requests";

    public Cost {
        lines = Collections.unmodifiableMap(new LinkedHashMap<>(lines));
    }

    /**
     * An amount of money.
     *
     * @param most infinite where no limit is known
     */
    public record Amount(double least, double most) {
        static final Amount NONE = new Amount(0, 0);

        static Amount of(Range count, double leastEach, double mostEach) {
            double most = count.isBounded() ? count.most() * mostEach : mostEach == 0 ? 0 : Double.POSITIVE_INFINITY;
            return new Amount(count.least() * leastEach, most);
        }

        Amount plus(Amount other) {
            return new Amount(least + other.least, most + other.most);
        }

        @Override
        public String toString() {
            if (Double.isInfinite(most)) {
                return String.format(Locale.ROOT, "at least %.4f", least);
            }
            return least == most
                    ? String.format(Locale.ROOT, "%.4f", least)
                    : String.format(Locale.ROOT, "%.4f to %.4f", least, most);
        }
    }

    /** Returns the sum of all lines. */
    public Amount total() {
        return lines.values().stream().reduce(Amount.NONE, Amount::plus);
    }

    /** Returns the line with the highest limit, which is the first place to save at; empty text without any. */
    public String largest() {
        return lines.entrySet().stream()
                .max(Map.Entry.comparingByValue((left, right) -> Double.compare(left.most(), right.most())))
                .map(Map.Entry::getKey)
                .orElse("");
    }

    @Override
    public String toString() {
        return total() + " " + currency;
    }
}
