package io.crois.testkit.aws.internal.schedule;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Minutes, hours, days of the month, months, days of the week (1 is Sunday) and years. Values, lists, ranges, steps,
 * names, {@code *} and {@code ?}; of days also {@code L}, {@code W} and {@code #}. A time that the clocks leave out is
 * passed over, and of one that comes twice only the first is due.
 */
final class CronTimetable implements Timetable {

    private static final int FIRST_YEAR = 1970;
    private static final int LAST_YEAR = 2199;
    static final List<String> NO_NAMES = List.of();
    private static final List<String> MONTHS =
            List.of("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC");

    private final BitSet minutes;
    private final BitSet hours;
    private final CronDays days;
    private final BitSet months;
    private final BitSet years;
    private final ZoneId zone;

    private CronTimetable(String[] fields, ZoneId zone) {
        this.minutes = field(fields[0], 0, 59, NO_NAMES);
        this.hours = field(fields[1], 0, 23, NO_NAMES);
        this.days = CronDays.parse(fields[2], fields[4]);
        this.months = field(fields[3], 1, 12, MONTHS);
        this.years = field(fields[5], FIRST_YEAR, LAST_YEAR, NO_NAMES);
        this.zone = zone;
    }

    static CronTimetable parse(String text, ZoneId zone) {
        String[] fields = text.trim().split("\\s+");
        if (fields.length != 6) {
            throw new IllegalArgumentException(
                    "A cron expression has six fields, but this one has " + fields.length + ".");
        }
        if (fields[2].equals("?") == fields[4].equals("?")) {
            throw new IllegalArgumentException("One of the days of the month and the days of the week must be `?`.");
        }
        return new CronTimetable(fields, zone);
    }

    static BitSet field(String text, int first, int last, List<String> names) {
        BitSet values = new BitSet();
        for (String part : text.split(",", -1)) {
            String[] step = part.split("/", 2);
            String[] range = step[0].split("-", 2);
            boolean isAll = step[0].equals("*") || step[0].equals("?");
            int from = isAll ? first : value(range[0], first, last, names);
            int to = isAll || (range.length == 1 && step.length == 2)
                    ? last
                    : value(range[range.length - 1], first, last, names);
            int by = step.length == 2 ? value(step[1], 1, last, NO_NAMES) : 1;
            for (int i = from; i <= to; i += by) {
                values.set(i);
            }
        }
        if (values.isEmpty()) {
            throw new IllegalArgumentException("`" + text + "` names no value.");
        }
        return values;
    }

    static int value(String text, int first, int last, List<String> names) {
        String name = text.toUpperCase(Locale.ROOT);
        if (names.contains(name)) {
            return names.indexOf(name) + 1;
        }
        if (!name.matches("[0-9]{1,4}") || Integer.parseInt(name) < first || Integer.parseInt(name) > last) {
            throw new IllegalArgumentException("`" + text + "` is not between " + first + " and " + last + ".");
        }
        return Integer.parseInt(name);
    }

    @Override
    public Optional<Instant> next(Instant anchor, Instant from) {
        ZonedDateTime time = from.isBefore(anchor) ? anchor.atZone(zone) : from.atZone(zone);
        if (time.getSecond() > 0 || time.getNano() > 0) {
            time = time.truncatedTo(ChronoUnit.MINUTES).plusMinutes(1);
        }
        while (time.getYear() <= LAST_YEAR) {
            if (!years.get(time.getYear())) {
                time = time.truncatedTo(ChronoUnit.DAYS).withDayOfYear(1).plusYears(1);
            } else if (!months.get(time.getMonthValue())) {
                time = time.truncatedTo(ChronoUnit.DAYS).withDayOfMonth(1).plusMonths(1);
            } else if (!days.include(time.toLocalDate())) {
                time = time.truncatedTo(ChronoUnit.DAYS).plusDays(1);
            } else if (!hours.get(time.getHour())) {
                time = time.truncatedTo(ChronoUnit.HOURS).plusHours(1);
            } else if (!minutes.get(time.getMinute()) || comesAgain(time)) {
                time = time.plusMinutes(1);
            } else {
                return Optional.of(time.toInstant());
            }
        }
        return Optional.empty();
    }

    private static boolean comesAgain(ZonedDateTime time) {
        return !time.getOffset().equals(time.withEarlierOffsetAtOverlap().getOffset());
    }
}
