package io.crois.testkit.policy.internal;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntPredicate;

/** Numbers and dates of conditions; what is neither compares with nothing. */
final class Scalars {

    /** The forms of a date that the W3C's note on ISO 8601 knows, besides the seconds since 1970. */
    private static final List<Function<String, Instant>> DATES = List.of(
            text -> OffsetDateTime.parse(text).toInstant(),
            text -> LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC),
            text -> YearMonth.parse(text).atDay(1).atStartOfDay().toInstant(ZoneOffset.UTC));

    private Scalars() {}

    static ConditionOperator.Comparison number(IntPredicate order) {
        return (found, wanted) -> compare(number(found), number(wanted.literal()), order);
    }

    static ConditionOperator.Comparison date(IntPredicate order) {
        return (found, wanted) -> compare(date(found), date(wanted.literal()), order);
    }

    private static <T extends Comparable<T>> boolean compare(
            Optional<T> found, Optional<T> wanted, IntPredicate order) {
        return found.isPresent() && wanted.isPresent() && order.test(found.get().compareTo(wanted.get()));
    }

    private static Optional<BigDecimal> number(String text) {
        try {
            return Optional.of(new BigDecimal(text.strip()));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static Optional<Instant> date(String text) {
        if (text.matches("\\d{5,18}")) {
            return Optional.of(Instant.ofEpochSecond(Long.parseLong(text)));
        }
        if (text.matches("\\d{4}")) {
            return Optional.of(Year.parse(text).atDay(1).atStartOfDay().toInstant(ZoneOffset.UTC));
        }
        for (Function<String, Instant> form : DATES) {
            try {
                return Optional.of(form.apply(text));
            } catch (DateTimeParseException e) {
                continue;
            }
        }
        return Optional.empty();
    }
}
