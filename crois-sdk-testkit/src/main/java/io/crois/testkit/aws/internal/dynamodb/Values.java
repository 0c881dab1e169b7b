package io.crois.testkit.aws.internal.dynamodb;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Rules for attribute values: types, equality, order and size, as Amazon DynamoDB's developer guide gives them. */
public final class Values {

    private static final int MAX_DIGITS = 38;

    private Values() {}

    /** Returns the letters of the value's type, such as {@code S} or {@code NS}. */
    public static String type(AttributeValue value) {
        return switch (value.type()) {
            case S -> "S";
            case N -> "N";
            case B -> "B";
            case SS -> "SS";
            case NS -> "NS";
            case BS -> "BS";
            case M -> "M";
            case L -> "L";
            case BOOL -> "BOOL";
            case NUL -> "NULL";
            case UNKNOWN_TO_SDK_VERSION ->
                throw Refusal.validation(
                        "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes");
        };
    }

    /** Checks a value that comes from a request and brings its numbers into the service's form. */
    public static AttributeValue checked(AttributeValue value) {
        return switch (type(value)) {
            case "N" -> AttributeValue.fromN(number(value.n()));
            case "NS" ->
                AttributeValue.fromNs(distinct(
                        value.ns().stream().map(Values::number).toList(), "Input collection contains duplicates."));
            case "SS" -> AttributeValue.fromSs(distinct(value.ss(), "Input collection contains duplicates."));
            case "BS" -> AttributeValue.fromBs(distinct(value.bs(), "Input collection contains duplicates."));
            case "L" ->
                AttributeValue.fromL(value.l().stream().map(Values::checked).toList());
            case "M" -> AttributeValue.fromM(checked(value.m()));
            default -> value;
        };
    }

    /** Checks all values of an item or a map. */
    public static Map<String, AttributeValue> checked(Map<String, AttributeValue> values) {
        return values.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> checked(entry.getValue())));
    }

    private static <T> List<T> distinct(List<T> members, String refusal) {
        if (members.isEmpty()) {
            throw Refusal.validation("One or more parameter values were invalid: An string set  may not be empty");
        }
        if (new HashSet<>(members).size() != members.size()) {
            throw Refusal.validation("One or more parameter values were invalid: " + refusal);
        }
        return members;
    }

    private static String number(String text) {
        try {
            return plain(new BigDecimal(text));
        } catch (NumberFormatException e) {
            throw Refusal.validation("The parameter cannot be converted to a numeric value: " + text);
        }
    }

    /** Writes a number as the service does: without exponent and without trailing zeros. */
    static String plain(BigDecimal number) {
        BigDecimal stripped = number.stripTrailingZeros();
        if (stripped.precision() > MAX_DIGITS) {
            throw Refusal.validation("Attempting to store more than 38 significant digits in a Number");
        }
        return stripped.signum() == 0 ? "0" : stripped.toPlainString();
    }

    /** Tells whether two values are the same to the service: sets in any order. */
    static boolean same(AttributeValue left, AttributeValue right) {
        if (left.type() != right.type()) {
            return false;
        }
        return switch (left.type()) {
            case N -> new BigDecimal(left.n()).compareTo(new BigDecimal(right.n())) == 0;
            case SS -> Set.copyOf(left.ss()).equals(Set.copyOf(right.ss()));
            case NS -> numbers(left).equals(numbers(right));
            case BS -> Set.copyOf(left.bs()).equals(Set.copyOf(right.bs()));
            default -> left.equals(right);
        };
    }

    private static Set<String> numbers(AttributeValue value) {
        return value.ns().stream().map(text -> plain(new BigDecimal(text))).collect(Collectors.toSet());
    }

    /** Compares two values of the same ordered type (S, N, B); empty when they have no order between them. */
    static OptionalInt compare(AttributeValue left, AttributeValue right) {
        if (left.type() != right.type()) {
            return OptionalInt.empty();
        }
        return switch (left.type()) {
            case S -> OptionalInt.of(compareText(left.s(), right.s()));
            case N -> OptionalInt.of(new BigDecimal(left.n()).compareTo(new BigDecimal(right.n())));
            case B ->
                OptionalInt.of(Arrays.compareUnsigned(
                        left.b().asByteArrayUnsafe(), right.b().asByteArrayUnsafe()));
            default -> OptionalInt.empty();
        };
    }

    /** Compares by code points, which is the order of the UTF-8 bytes: surrogates stand for the last of them. */
    private static int compareText(String left, String right) {
        int common = Math.min(left.length(), right.length());
        for (int i = 0; i < common; i++) {
            char one = left.charAt(i);
            char other = right.charAt(i);
            if (one != other) {
                boolean same = Character.isSurrogate(one) == Character.isSurrogate(other);
                return same ? one - other : Character.isSurrogate(one) ? 1 : -1;
            }
        }
        return left.length() - right.length();
    }

    /** Returns the size of an item in bytes, as the developer guide tells to estimate it. */
    public static int size(Map<String, AttributeValue> item) {
        int size = 0;
        for (Map.Entry<String, AttributeValue> entry : item.entrySet()) {
            size += utf8(entry.getKey()) + size(entry.getValue());
        }
        return size;
    }

    private static int size(AttributeValue value) {
        return switch (value.type()) {
            case S -> utf8(value.s());
            case N -> numberSize(value.n());
            case B -> value.b().asByteArrayUnsafe().length;
            case SS -> value.ss().stream().mapToInt(Values::utf8).sum();
            case NS -> value.ns().stream().mapToInt(Values::numberSize).sum();
            case BS ->
                value.bs().stream()
                        .mapToInt(bytes -> bytes.asByteArrayUnsafe().length)
                        .sum();
            case L ->
                3 + value.l().stream().mapToInt(member -> 1 + size(member)).sum();
            case M -> 3 + value.m().size() + size(value.m());
            default -> 1;
        };
    }

    private static int numberSize(String number) {
        return 1 + (new BigDecimal(number).precision() + 1) / 2;
    }

    /** Returns what {@code size()} of the expression language gives; empty for types that have no size. */
    static OptionalInt length(AttributeValue value) {
        return switch (value.type()) {
            case S -> OptionalInt.of(value.s().length());
            case B -> OptionalInt.of(value.b().asByteArrayUnsafe().length);
            case SS -> OptionalInt.of(value.ss().size());
            case NS -> OptionalInt.of(value.ns().size());
            case BS -> OptionalInt.of(value.bs().size());
            case L -> OptionalInt.of(value.l().size());
            case M -> OptionalInt.of(value.m().size());
            default -> OptionalInt.empty();
        };
    }

    /** Tells whether a set, list or text holds a value, as {@code contains()} does. */
    static boolean contains(AttributeValue container, AttributeValue member) {
        return switch (container.type()) {
            case S -> member.s() != null && container.s().contains(member.s());
            case SS -> member.s() != null && container.ss().contains(member.s());
            case NS -> member.n() != null && numbers(container).contains(plain(new BigDecimal(member.n())));
            case BS -> member.b() != null && container.bs().contains(member.b());
            case L -> container.l().stream().anyMatch(each -> same(each, member));
            default -> false;
        };
    }

    /** Tells whether a text or binary value begins with another of its type. */
    static boolean beginsWith(AttributeValue value, AttributeValue prefix) {
        if (value.s() != null && prefix.s() != null) {
            return value.s().startsWith(prefix.s());
        }
        if (value.b() != null && prefix.b() != null) {
            return startsWith(value.b(), prefix.b());
        }
        return false;
    }

    private static boolean startsWith(SdkBytes bytes, SdkBytes prefix) {
        byte[] all = bytes.asByteArrayUnsafe();
        byte[] first = prefix.asByteArrayUnsafe();
        return all.length >= first.length && Arrays.equals(all, 0, first.length, first, 0, first.length);
    }

    private static int utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
