package io.crois.contract;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Times in UTC as texts, without the formatters of {@code java.time.format}, which take long to come to life. */
public final class UtcText {
    private static final long YEAR_0 = -62_167_219_200L;
    private static final long YEAR_10000 = 253_402_300_800L;
    private static final int NANOS_OF_MILLI = 1_000_000;
    private static final int NANOS_OF_MICRO = 1_000;

    private static final int MOST_DIGITS = 9;
    private static final String FORM = "0000-00-00T00:00:00";

    private UtcText() {}

    /** Returns ISO-8601 with as many digits of the second's fraction as are needed: none, 3, 6 or 9. */
    public static String iso(Instant time) {
        if (time.getEpochSecond() < YEAR_0 || time.getEpochSecond() >= YEAR_10000) {
            return time.toString();
        }
        LocalDateTime utc = utc(time);
        StringBuilder text = seconds(utc);
        int nanos = utc.getNano();
        if (nanos % NANOS_OF_MILLI == 0) {
            if (nanos > 0) {
                digits(text.append('.'), nanos / NANOS_OF_MILLI, 3);
            }
        } else if (nanos % NANOS_OF_MICRO == 0) {
            digits(text.append('.'), nanos / NANOS_OF_MICRO, 6);
        } else {
            digits(text.append('.'), nanos, 9);
        }
        return text.append('Z').toString();
    }

    /** Returns ISO-8601 with three digits of the second's fraction; what is smaller is cut off. */
    public static String millis(Instant time) {
        LocalDateTime utc = utc(time);
        return digits(seconds(utc).append('.'), utc.getNano() / NANOS_OF_MILLI, 3)
                .append('Z')
                .toString();
    }

    private static StringBuilder seconds(LocalDateTime utc) {
        StringBuilder text = new StringBuilder(30);
        digits(text, utc.getYear(), 4).append('-');
        digits(text, utc.getMonthValue(), 2).append('-');
        digits(text, utc.getDayOfMonth(), 2).append('T');
        digits(text, utc.getHour(), 2).append(':');
        digits(text, utc.getMinute(), 2).append(':');
        return digits(text, utc.getSecond(), 2);
    }

    /**
     * Reads ISO-8601.
     *
     * @throws java.time.format.DateTimeParseException if it is no time
     */
    public static Instant parse(String text) {
        Instant plain = plain(text);
        return plain == null ? Instant.parse(text) : plain;
    }

    /** The usual form, {@code 2026-01-02T03:04:05.678Z} with up to nine digits of the fraction or none. */
    private static @Nullable Instant plain(String text) {
        int end = text.length() - 1;
        if (end < FORM.length() || text.charAt(end) != 'Z' || !hasForm(text)) {
            return null;
        }
        int nanos = end == FORM.length() ? 0 : nanos(text, FORM.length(), end);
        try {
            return nanos < 0
                    ? null
                    : LocalDateTime.of(
                                    number(text, 0, 4),
                                    number(text, 5, 7),
                                    number(text, 8, 10),
                                    number(text, 11, 13),
                                    number(text, 14, 16),
                                    number(text, 17, 19),
                                    nanos)
                            .toInstant(ZoneOffset.UTC);
        } catch (DateTimeException noSuchTime) {
            return null;
        }
    }

    /** Returns the fraction that begins with a dot, or -1 where there is none of up to nine digits. */
    private static int nanos(String text, int dot, int end) {
        int digits = end - dot - 1;
        if (text.charAt(dot) != '.' || digits < 1 || digits > MOST_DIGITS) {
            return -1;
        }
        int nanos = number(text, dot + 1, end);
        for (; digits < MOST_DIGITS && nanos > 0; digits++) {
            nanos *= 10;
        }
        return nanos;
    }

    private static boolean hasForm(String text) {
        for (int i = 0; i < FORM.length(); i++) {
            char expected = FORM.charAt(i);
            boolean right = expected == '0' ? isDigit(text.charAt(i)) : text.charAt(i) == expected;
            if (!right) {
                return false;
            }
        }
        return true;
    }

    /** Returns the number that digits are, or -1 where one is none. */
    private static int number(String text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            if (!isDigit(text.charAt(i))) {
                return -1;
            }
            number = number * 10 + text.charAt(i) - '0';
        }
        return number;
    }

    private static boolean isDigit(char letter) {
        return letter >= '0' && letter <= '9';
    }

    /** Returns the form that signatures have: {@code 20260102T030405Z}. */
    public static String compact(Instant time) {
        LocalDateTime utc = utc(time);
        StringBuilder text = new StringBuilder(16);
        digits(text, utc.getYear(), 4);
        digits(text, utc.getMonthValue(), 2);
        digits(text, utc.getDayOfMonth(), 2).append('T');
        digits(text, utc.getHour(), 2);
        digits(text, utc.getMinute(), 2);
        return digits(text, utc.getSecond(), 2).append('Z').toString();
    }

    private static LocalDateTime utc(Instant time) {
        return LocalDateTime.ofEpochSecond(time.getEpochSecond(), time.getNano(), ZoneOffset.UTC);
    }

    private static StringBuilder digits(StringBuilder text, int number, int count) {
        String digits = Integer.toString(number);
        for (int missing = count - digits.length(); missing > 0; missing--) {
            text.append('0');
        }
        return text.append(digits);
    }
}
