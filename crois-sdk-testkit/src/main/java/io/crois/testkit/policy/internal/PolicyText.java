package io.crois.testkit.policy.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A text of a policy with the variables of the request in place: characters, and symbols for wildcards and for colons.
 * Only colons that stand in the policy itself separate the parts of an ARN; what a variable brings is plain text.
 */
final class PolicyText {

    private static final int ANY = -1;
    private static final int ONE = -2;
    private static final int COLON = -3;

    private final List<Integer> symbols;

    private PolicyText(List<Integer> symbols) {
        this.symbols = symbols;
    }

    /**
     * Puts variables in place.
     *
     * @param variables whether the version of the policy's language knows variables
     * @return empty if a variable has no value, or more than one: such a text is like nothing
     */
    static Optional<PolicyText> of(String text, RequestContext context, boolean variables) {
        List<Integer> symbols = new ArrayList<>(text.length());
        int at = 0;
        while (at < text.length()) {
            int end = variables && text.startsWith("${", at) ? text.indexOf('}', at) : -1;
            if (end < 0) {
                symbols.add(symbol(text.charAt(at++)));
                continue;
            }
            Optional<String> value = valueOf(text.substring(at + 2, end), context);
            if (value.isEmpty()) {
                return Optional.empty();
            }
            value.get().chars().forEach(symbols::add);
            at = end + 1;
        }
        return Optional.of(new PolicyText(symbols));
    }

    private static int symbol(char character) {
        return switch (character) {
            case '*' -> ANY;
            case '?' -> ONE;
            case ':' -> COLON;
            default -> character;
        };
    }

    private static Optional<String> valueOf(String variable, RequestContext context) {
        if (variable.equals("*") || variable.equals("?") || variable.equals("$")) {
            return Optional.of(variable);
        }
        int comma = variable.indexOf(',');
        String key = (comma < 0 ? variable : variable.substring(0, comma)).strip();
        List<String> values = context.values(key);
        if (values.size() == 1) {
            return Optional.of(values.get(0));
        }
        return comma < 0 || !values.isEmpty()
                ? Optional.empty()
                : unquoted(variable.substring(comma + 1).strip());
    }

    private static Optional<String> unquoted(String text) {
        boolean quoted = text.length() >= 2 && text.startsWith("'") && text.endsWith("'");
        return quoted ? Optional.of(text.substring(1, text.length() - 1)) : Optional.empty();
    }

    /** Returns the text with its wildcards as plain characters. */
    String literal() {
        StringBuilder text = new StringBuilder(symbols.size());
        for (int symbol : symbols) {
            text.append(
                    switch (symbol) {
                        case ANY -> '*';
                        case ONE -> '?';
                        case COLON -> ':';
                        default -> (char) symbol;
                    });
        }
        return text.toString();
    }

    /** Says whether a whole text is like this one; wildcards match across everything. */
    boolean matches(String text) {
        int symbol = 0;
        int at = 0;
        int star = -1;
        int retry = 0;
        while (at < text.length()) {
            if (symbol < symbols.size() && symbols.get(symbol) == ANY) {
                star = symbol++;
                retry = at;
            } else if (symbol < symbols.size() && isOne(symbols.get(symbol), text.charAt(at))) {
                symbol++;
                at++;
            } else if (star >= 0) {
                symbol = star + 1;
                at = ++retry;
            } else {
                return false;
            }
        }
        return symbols.subList(symbol, symbols.size()).stream().allMatch(rest -> rest == ANY);
    }

    private static boolean isOne(int symbol, char character) {
        return symbol == ONE || (symbol == COLON ? character == ':' : symbol == character);
    }

    /**
     * Says whether an ARN is like this one, part by part: a wildcard matches within its part, and one that ends a text
     * of fewer than six parts stands for the missing parts as well.
     */
    boolean matchesArn(String arn) {
        String[] found = arn.split(":", 6);
        List<PolicyText> expected = parts();
        if (found.length < 6 || expected.size() > found.length) {
            return false;
        }
        if (expected.size() < found.length && !endsWithWildcard()) {
            return false;
        }
        for (int part = 0; part < expected.size(); part++) {
            if (!expected.get(part).matches(found[part])) {
                return false;
            }
        }
        return true;
    }

    private boolean endsWithWildcard() {
        return !symbols.isEmpty() && symbols.get(symbols.size() - 1) == ANY;
    }

    private List<PolicyText> parts() {
        List<PolicyText> parts = new ArrayList<>();
        int start = 0;
        for (int at = 0; at < symbols.size() && parts.size() < 5; at++) {
            if (symbols.get(at) == COLON) {
                parts.add(new PolicyText(symbols.subList(start, at)));
                start = at + 1;
            }
        }
        parts.add(new PolicyText(symbols.subList(start, symbols.size())));
        return parts;
    }
}
