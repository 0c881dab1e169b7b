package io.crois.testkit.aws.internal.schedule;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The times at which a schedule is due. */
public interface Timetable {

    /**
     * Returns the first time that is due at this time or later.
     *
     * @param anchor when the schedule begins, from which rates are counted
     */
    Optional<Instant> next(Instant anchor, Instant from);

    /** Says whether it is due once only; such a schedule minds neither its start date nor its end date. */
    default boolean isOnce() {
        return false;
    }

    /**
     * Reads {@code at(2026-01-31T08:00:00)}, {@code rate(5 minutes)} or {@code cron(0 8 ? * MON-FRI *)}.
     *
     * @param zone in which the first and the last are meant; {@code null} is UTC
     * @throws software.amazon.awssdk.services.scheduler.model.ValidationException if it makes no sense
     */
    static Timetable parse(@Nullable String expression, @Nullable String zone) {
        Matcher matcher = Forms.EXPRESSION.matcher(expression == null ? "" : expression);
        if (matcher.matches()) {
            try {
                ZoneId zoneId = ZoneId.of(zone == null ? "UTC" : zone);
                return switch (matcher.group(1)) {
                    case "at" -> Forms.at(matcher.group(2), zoneId);
                    case "rate" -> Forms.rate(matcher.group(2));
                    default -> CronTimetable.parse(matcher.group(2), zoneId);
                };
            } catch (DateTimeException | IllegalArgumentException e) {
                throw ScheduleRefusal.validation("Invalid Schedule Expression " + expression + ". " + e.getMessage());
            }
        }
        throw ScheduleRefusal.validation("Invalid Schedule Expression " + expression + ".");
    }

    /** The forms other than cron. */
    final class Forms {

        private static final Pattern EXPRESSION = Pattern.compile("(at|rate|cron)\\((.*)\\)");
        private static final Pattern RATE = Pattern.compile("([1-9][0-9]{0,6}) (minute|hour|day)s?");

        private Forms() {}

        private static Timetable at(String text, ZoneId zone) {
            Instant time = LocalDateTime.parse(text).atZone(zone).toInstant();
            return new Timetable() {
                @Override
                public Optional<Instant> next(Instant anchor, Instant from) {
                    return time.isBefore(from) ? Optional.empty() : Optional.of(time);
                }

                @Override
                public boolean isOnce() {
                    return true;
                }
            };
        }

        private static Timetable rate(String text) {
            Matcher matcher = RATE.matcher(text);
            if (!matcher.matches()) {
                throw new IllegalArgumentException("A rate is a number and minutes, hours or days.");
            }
            long number = Long.parseLong(matcher.group(1));
            Duration period = switch (matcher.group(2)) {
                case "minute" -> Duration.ofMinutes(number);
                case "hour" -> Duration.ofHours(number);
                default -> Duration.ofDays(number);
            };
            return (anchor, from) -> Optional.of(from.isAfter(anchor) ? after(anchor, from, period) : anchor);
        }

        private static Instant after(Instant anchor, Instant from, Duration period) {
            Duration passed = Duration.between(anchor, from);
            long periods = passed.dividedBy(period);
            Instant last = anchor.plus(period.multipliedBy(periods));
            return last.isBefore(from) ? last.plus(period) : last;
        }
    }
}
