package io.crois.runtime.agent.wire;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/** Times in UTC as texts, without the formatters of {@code java.time.format}, which take long to come to life. */
public final class UtcText {
    private static final int NANOS_OF_MILLI = 1_000_000;
    private static final int NANOS_OF_MICRO = 1_000;

    private UtcText() {}

    /** Returns ISO-8601 with as many digits of the second's fraction as are needed: none, 3, 6 or 9. */
    public static String iso(Instant time) {
        LocalDateTime utc = utc(time);
        StringBuilder text = new StringBuilder(30);
        digits(text, utc.getYear(), 4).append('-');
        digits(text, utc.getMonthValue(), 2).append('-');
        digits(text, utc.getDayOfMonth(), 2).append('T');
        digits(text, utc.getHour(), 2).append(':');
        digits(text, utc.getMinute(), 2).append(':');
        digits(text, utc.getSecond(), 2);
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
