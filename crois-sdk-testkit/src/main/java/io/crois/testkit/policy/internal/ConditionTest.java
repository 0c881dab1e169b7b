package io.crois.testkit.policy.internal;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One key of one operator of a statement's condition. */
public final class ConditionTest {

    private static final Pattern NAME =
            Pattern.compile("(?:(ForAllValues|ForAnyValue):)?(.+?)(IfExists)?", Pattern.CASE_INSENSITIVE);

    private enum Quantifier {
        NONE,
        ALL,
        ANY
    }

    private final String spelling;
    private final Quantifier quantifier;
    private final @Nullable ConditionOperator operator;
    private final boolean ifExists;
    private final String key;
    private final List<String> values;

    private ConditionTest(
            String spelling,
            Quantifier quantifier,
            @Nullable ConditionOperator operator,
            boolean ifExists,
            String key,
            List<String> values) {
        this.spelling = spelling;
        this.quantifier = quantifier;
        this.operator = operator;
        this.ifExists = ifExists;
        this.key = key;
        this.values = List.copyOf(values);
    }

    /** Reads a condition; empty if there is no such operator. */
    static Optional<ConditionTest> of(String spelling, String key, List<String> values) {
        if (spelling.equalsIgnoreCase("Null")) {
            return Optional.of(new ConditionTest(spelling, Quantifier.NONE, null, false, key, values));
        }
        Matcher name = NAME.matcher(spelling);
        if (!name.matches()) {
            return Optional.empty();
        }
        return ConditionOperator.find(name.group(2))
                .map(operator -> new ConditionTest(
                        spelling, quantifier(name.group(1)), operator, name.group(3) != null, key, values));
    }

    private static Quantifier quantifier(@Nullable String prefix) {
        if (prefix == null) {
            return Quantifier.NONE;
        }
        return prefix.toLowerCase(Locale.ROOT).equals("forallvalues") ? Quantifier.ALL : Quantifier.ANY;
    }

    /** Says whether a request meets it. */
    boolean holds(RequestContext context, boolean variables) {
        List<String> found = context.values(key);
        if (operator == null) {
            return values.stream().anyMatch(value -> Boolean.parseBoolean(value) == found.isEmpty());
        }
        if (found.isEmpty()) {
            return quantifier == Quantifier.ALL || ifExists || (quantifier == Quantifier.NONE && operator.isNegated());
        }
        boolean all = quantifier == Quantifier.ALL || (quantifier == Quantifier.NONE && operator.isNegated());
        return all
                ? found.stream().allMatch(value -> one(operator, value, context, variables))
                : found.stream().anyMatch(value -> one(operator, value, context, variables));
    }

    private boolean one(ConditionOperator test, String found, RequestContext context, boolean variables) {
        boolean any = values.stream()
                .map(value -> PolicyText.of(value, context, variables && test.knowsVariables()))
                .anyMatch(wanted -> wanted.isPresent() && test.holds(found, wanted.get()));
        return any != test.isNegated();
    }

    /** Says what was wanted and what was found; the values are those of the request's keys, never of its content. */
    String shortfall(RequestContext context) {
        List<String> found = context.values(key);
        return "`" + spelling + "` wants `" + key + "` " + String.join(" or ", values) + ", and the request has "
                + (found.isEmpty() ? "none" : String.join(", ", found));
    }
}
