package io.crois.testkit.aws.internal.schedule;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The days of a cron expression: those of the month and those of the week, one of which says nothing. */
final class CronDays {
    private static final List<String> DAYS = List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT");
    private static final int SATURDAY = 7;
    private static final Pattern NEAREST = Pattern.compile("(\\d{1,2})W");
    private static final Pattern NTH = Pattern.compile("(\\w{1,3})#(\\d)");
    private static final Pattern LAST = Pattern.compile("(\\d|[A-Z]{3})L");

    private final List<Predicate<LocalDate>> ofMonth;
    private final List<Predicate<LocalDate>> ofWeek;

    private CronDays(List<Predicate<LocalDate>> ofMonth, List<Predicate<LocalDate>> ofWeek) {
        this.ofMonth = ofMonth;
        this.ofWeek = ofWeek;
    }

    static CronDays parse(String daysOfMonth, String daysOfWeek) {
        return new CronDays(
                alternatives(daysOfMonth, CronDays::dayOfMonth), alternatives(daysOfWeek, CronDays::dayOfWeek));
    }

    boolean include(LocalDate date) {
        return ofMonth.stream().anyMatch(days -> days.test(date))
                && ofWeek.stream().anyMatch(days -> days.test(date));
    }

    private static List<Predicate<LocalDate>> alternatives(String field, Function<String, Predicate<LocalDate>> kind) {
        List<Predicate<LocalDate>> alternatives = new ArrayList<>();
        for (String part : field.toUpperCase(Locale.ROOT).split(",", -1)) {
            alternatives.add(kind.apply(part));
        }
        return alternatives;
    }

    private static Predicate<LocalDate> dayOfMonth(String text) {
        if (text.equals("L")) {
            return date -> date.getDayOfMonth() == date.lengthOfMonth();
        }
        if (text.equals("LW")) {
            return date -> date.equals(weekdayNear(date.withDayOfMonth(date.lengthOfMonth())));
        }
        Matcher nearest = NEAREST.matcher(text);
        if (nearest.matches()) {
            int day = CronTimetable.value(nearest.group(1), 1, 31, CronTimetable.NO_NAMES);
            return date -> day <= date.lengthOfMonth() && date.equals(weekdayNear(date.withDayOfMonth(day)));
        }
        BitSet days = CronTimetable.field(text, 1, 31, CronTimetable.NO_NAMES);
        return date -> days.get(date.getDayOfMonth());
    }

    /** The nearest day from Monday to Friday in the same month. */
    private static LocalDate weekdayNear(LocalDate date) {
        if (date.getDayOfWeek() == DayOfWeek.SATURDAY) {
            return date.getDayOfMonth() == 1 ? date.plusDays(2) : date.minusDays(1);
        }
        if (date.getDayOfWeek() == DayOfWeek.SUNDAY) {
            return date.getDayOfMonth() == date.lengthOfMonth() ? date.minusDays(2) : date.plusDays(1);
        }
        return date;
    }

    private static Predicate<LocalDate> dayOfWeek(String text) {
        if (text.equals("L")) {
            return date -> number(date) == SATURDAY;
        }
        Matcher last = LAST.matcher(text);
        if (last.matches()) {
            int day = CronTimetable.value(last.group(1), 1, 7, DAYS);
            return date -> number(date) == day && date.plusWeeks(1).getMonth() != date.getMonth();
        }
        Matcher nth = NTH.matcher(text);
        if (nth.matches()) {
            int day = CronTimetable.value(nth.group(1), 1, 7, DAYS);
            int count = CronTimetable.value(nth.group(2), 1, 5, CronTimetable.NO_NAMES);
            return date -> number(date) == day && (date.getDayOfMonth() - 1) / 7 + 1 == count;
        }
        BitSet days = CronTimetable.field(text, 1, 7, DAYS);
        return date -> days.get(number(date));
    }

    /** Sunday is 1. */
    private static int number(LocalDate date) {
        return date.getDayOfWeek().getValue() % 7 + 1;
    }
}
