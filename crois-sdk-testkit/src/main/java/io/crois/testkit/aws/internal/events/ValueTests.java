package io.crois.testkit.aws.internal.events;

import com.fasterxml.jackson.databind.JsonNode;
import io.crois.testkit.aws.internal.events.EventPattern.Match;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/** The ways of matching one value. A list matches when one of its elements does. */
final class ValueTests {

    private ValueTests() {}

    /** Returns the match for one alternative of a field's pattern. */
    static Match of(JsonNode alternative) {
        if (alternative.isArray()) {
            throw EventRefusal.pattern("Arrays in arrays are not allowed");
        }
        if (!alternative.isObject()) {
            return any(value -> equal(value, alternative));
        }
        if (alternative.size() != 1) {
            throw EventRefusal.pattern("Only one key allowed in match expression");
        }
        Map.Entry<String, JsonNode> test = alternative.fields().next();
        return named(test.getKey(), test.getValue());
    }

    private static Match named(String name, JsonNode operand) {
        return switch (name) {
            case "exists" -> exists(operand);
            case "numeric" -> any(numeric(operand));
            case "anything-but" -> any(anythingBut(operand));
            case "cidr" -> throw new UnsupportedOperationException("Matching events by `cidr` is not in memory.");
            default -> any(text(name, operand));
        };
    }

    /** Only a value, or a list with something in it, exists; an object does not. */
    private static Match exists(JsonNode operand) {
        if (!operand.isBoolean()) {
            throw EventRefusal.pattern("exists match pattern must be either true or false.");
        }
        return value -> {
            boolean isThere = value.isValueNode() || (value.isArray() && !value.isEmpty());
            return isThere == operand.booleanValue();
        };
    }

    private static Match any(Predicate<JsonNode> test) {
        return new Match() {
            @Override
            public boolean test(JsonNode value) {
                if (value.isArray()) {
                    return StreamSupport.stream(value.spliterator(), false).anyMatch(this::test);
                }
                return value.isValueNode() && test.test(value);
            }
        };
    }

    private static boolean equal(JsonNode value, JsonNode wanted) {
        if (value.isNumber() && wanted.isNumber()) {
            return value.decimalValue().compareTo(wanted.decimalValue()) == 0;
        }
        return value.equals(wanted);
    }

    private static Predicate<JsonNode> numeric(JsonNode operand) {
        if (!operand.isArray() || (operand.size() != 2 && operand.size() != 4)) {
            throw EventRefusal.pattern("Invalid number of elements in numeric match");
        }
        Predicate<JsonNode> test = JsonNode::isNumber;
        for (int i = 0; i < operand.size(); i += 2) {
            JsonNode bound = operand.get(i + 1);
            if (!bound.isNumber()) {
                throw EventRefusal.pattern("Value of numeric match must be numeric");
            }
            BiPredicate<BigDecimal, BigDecimal> comparison =
                    comparison(operand.get(i).asText());
            test = test.and(value -> comparison.test(value.decimalValue(), bound.decimalValue()));
        }
        return test;
    }

    private static BiPredicate<BigDecimal, BigDecimal> comparison(String operator) {
        return switch (operator) {
            case "=" -> (value, bound) -> value.compareTo(bound) == 0;
            case "<" -> (value, bound) -> value.compareTo(bound) < 0;
            case "<=" -> (value, bound) -> value.compareTo(bound) <= 0;
            case ">" -> (value, bound) -> value.compareTo(bound) > 0;
            case ">=" -> (value, bound) -> value.compareTo(bound) >= 0;
            default -> throw EventRefusal.pattern("Unrecognized numeric range operator: " + operator);
        };
    }

    private static Predicate<JsonNode> anythingBut(JsonNode operand) {
        if (operand.isObject()) {
            if (operand.size() != 1) {
                throw EventRefusal.pattern("Only one key allowed in match expression");
            }
            Map.Entry<String, JsonNode> test = operand.fields().next();
            return noneOf(test.getValue(), each -> text(test.getKey(), each));
        }
        return noneOf(operand, each -> {
            if (each.isContainerNode()) {
                throw EventRefusal.pattern("Inside anything but list, number|start|boolean is supported.");
            }
            return value -> equal(value, each);
        });
    }

    private static Predicate<JsonNode> noneOf(JsonNode operand, Function<JsonNode, Predicate<JsonNode>> test) {
        List<Predicate<JsonNode>> tests = new ArrayList<>();
        if (operand.isArray()) {
            operand.forEach(each -> tests.add(test.apply(each)));
        } else {
            tests.add(test.apply(operand));
        }
        if (tests.isEmpty()) {
            throw EventRefusal.pattern("Empty arrays are not allowed");
        }
        return value -> tests.stream().noneMatch(each -> each.test(value));
    }

    private static Predicate<JsonNode> text(String name, JsonNode operand) {
        if (operand.isObject() && operand.has("equals-ignore-case") && !name.equals("equals-ignore-case")) {
            String wanted = lower(string(name, operand.get("equals-ignore-case")));
            return named(name, wanted, value -> lower(value.textValue()));
        }
        return named(name, string(name, operand), JsonNode::textValue);
    }

    private static Predicate<JsonNode> named(String name, String wanted, Function<JsonNode, String> read) {
        Predicate<JsonNode> test = switch (name) {
            case "prefix" -> value -> read.apply(value).startsWith(wanted);
            case "suffix" -> value -> read.apply(value).endsWith(wanted);
            case "equals-ignore-case" -> value -> lower(read.apply(value)).equals(lower(wanted));
            case "wildcard" -> {
                Pattern pattern = wildcard(wanted);
                yield value -> pattern.matcher(read.apply(value)).matches();
            }
            default -> throw EventRefusal.pattern("Unrecognized match type " + name);
        };
        return value -> value.isTextual() && test.test(value);
    }

    private static String string(String name, JsonNode operand) {
        if (!operand.isTextual()) {
            throw EventRefusal.pattern(name + " match pattern must be a string");
        }
        return operand.textValue();
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    /** A star stands for any number of characters, unless a backslash stands before it. */
    private static Pattern wildcard(String text) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length()) {
                regex.append(Pattern.quote(String.valueOf(text.charAt(++i))));
            } else if (c == '*') {
                if (i > 0 && text.charAt(i - 1) == '*') {
                    throw EventRefusal.pattern("Consecutive wildcard characters at pos " + (i - 1));
                }
                regex.append(".*");
            } else {
                regex.append(Pattern.quote(String.valueOf(c)));
            }
        }
        return Pattern.compile(regex.toString(), Pattern.DOTALL);
    }
}
