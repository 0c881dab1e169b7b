package io.crois.execution;

import com.fasterxml.jackson.databind.JsonNode;
import io.crois.contract.StartCause;
import io.crois.workflow.Arguments;
import io.crois.workflow.CroisException;
import io.crois.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A schedule that is about to be made. Not thread-safe.
 *
 * <pre>{@code
 * Schedule nightly = crois.schedule(training).named("nightly").cron("0 3 * * ? *").timeZone(ZoneId.of("Europe/Berlin"))
 *         .arguments(Arguments.none().with(source, "s3://data/all.csv")).create();
 * }</pre>
 */
public final class NewSchedule {
    private static final int CRON_FIELDS = 6;
    private static final long LONGEST_WINDOW = 1_440;

    private final Executions executions;
    private final Workflow workflow;
    private final List<String> problems = new ArrayList<>();
    private String name;
    private @Nullable String expression;
    private ZoneId zone = ZoneId.of("UTC");
    private Duration window = Duration.ZERO;
    private @Nullable Instant start;
    private @Nullable Instant end;
    private Arguments arguments = Arguments.none();
    private SubmitOptions options = SubmitOptions.none();

    NewSchedule(Executions executions, Workflow workflow) {
        this.executions = executions;
        this.workflow = workflow;
        this.name = workflow.name();
    }

    /**
     * Sets the name, unique among the project's schedules and triggers; default the workflow's.
     *
     * @param schedule a letter and up to 47 letters, digits, {@code _} or {@code -}
     */
    public NewSchedule named(String schedule) {
        name = schedule;
        return this;
    }

    /**
     * Starts at the times of a cron expression of AWS; becomes {@code cron(…)}. Replaces other times.
     *
     * @param fields six of them: minutes, hours, days of the month, months, days of the week and years, one of the days
     *     being {@code ?}; {@code L}, {@code W} and {@code #} as AWS has them
     */
    public NewSchedule cron(String fields) {
        String[] parts = fields.trim().split("\\s+");
        if (parts.length != CRON_FIELDS) {
            problems.add(
                    "a cron expression has six fields (minutes, hours, days of the month, months, days of the week,"
                            + " years), but `" + fields + "` has " + parts.length + ".");
        } else if (parts[2].equals("?") == parts[4].equals("?")) {
            problems.add("either the days of the month or the days of the week of `" + fields
                    + "` must be `?`. Write it for the one that does not matter.");
        }
        expression = "cron(" + String.join(" ", parts) + ")";
        return this;
    }

    /**
     * Starts at once and again after every period; becomes {@code rate(…)}. Replaces other times.
     *
     * @param period whole minutes, at least one; whole hours and days are told as such
     */
    public NewSchedule rate(Duration period) {
        if (!isWholeMinutes(period) || period.toMinutes() < 1) {
            problems.add("the rate is " + period + ", but must be whole minutes, at least one.");
        }
        expression = "rate(" + inWords(period) + ")";
        return this;
    }

    private static String inWords(Duration period) {
        long minutes = period.toMinutes();
        long day = ChronoUnit.DAYS.getDuration().toMinutes();
        if (minutes > 0 && minutes % day == 0) {
            return counted(minutes / day, "day");
        }
        return minutes > 0 && minutes % 60 == 0 ? counted(minutes / 60, "hour") : counted(minutes, "minute");
    }

    private static String counted(long number, String unit) {
        return number + " " + unit + (number == 1 ? "" : "s");
    }

    /** Starts once, at a time in the schedule's zone, to the second; becomes {@code at(…)}. Replaces other times. */
    public NewSchedule once(LocalDateTime time) {
        expression = "at(" + time.truncatedTo(ChronoUnit.SECONDS).format(DateTimeFormatter.ISO_LOCAL_DATE_TIME) + ")";
        return this;
    }

    /**
     * Sets the zone in which the times are meant; default UTC. By cron, a time that the clocks leave out is passed
     * over, and one that comes twice is taken once.
     *
     * @param id one of the IANA database, such as {@code Europe/Berlin}; no offset
     */
    public NewSchedule timeZone(ZoneId id) {
        if (id instanceof ZoneOffset && !id.equals(ZoneOffset.UTC)) {
            problems.add("the time zone is the offset " + id + ", but must be a region such as `Europe/Berlin`.");
        }
        zone = id.equals(ZoneOffset.UTC) ? ZoneId.of("UTC") : id;
        return this;
    }

    /**
     * Lets an execution be started some time after what the expression says, which spreads the load; default at once.
     *
     * @param longest whole minutes from 1 to 1,440
     */
    public NewSchedule flexibleWindow(Duration longest) {
        if (!isWholeMinutes(longest) || longest.toMinutes() < 1 || longest.toMinutes() > LONGEST_WINDOW) {
            problems.add("the flexible window is " + longest + ", but must be 1 to 1440 whole minutes.");
        }
        window = longest;
        return this;
    }

    /** Sets the time before which nothing is started; default now. A schedule that starts once minds neither end. */
    public NewSchedule start(Instant first) {
        start = first;
        return this;
    }

    /** Sets the time after which nothing is started; default never. */
    public NewSchedule end(Instant last) {
        end = last;
        return this;
    }

    /** Sets the arguments of every execution; sealed ones are encrypted when the schedule is created. */
    public NewSchedule arguments(Arguments values) {
        arguments = values;
        return this;
    }

    /**
     * Sets what every execution does otherwise than the workflow says: share, priority, steps and budget; default
     * nothing. What is said of a step that a later version of the workflow has no more is passed over.
     *
     * @param changes without a name: the executions have that of the schedule, with the time
     */
    public NewSchedule options(SubmitOptions changes) {
        options = changes;
        return this;
    }

    /**
     * Deploys the workflow as {@link Executions#deploy} does and makes the schedule. Creating it again brings it up to
     * date with what is said now; a paused one stays so. May be killed anywhere and repeated.
     *
     * @throws io.crois.workflow.WorkflowValidationException if the arguments are not those the workflow takes
     * @throws CroisException with every other problem at once, before AWS is called; if even the least that an
     *     execution can cost is above the budget; if the name belongs to something else; or if EventBridge Scheduler
     *     does not take the expression
     */
    public Schedule create() {
        Map<String, JsonNode> checked = arguments.check(workflow);
        StartCause.Time time = check();
        executions.afford(workflow, arguments, options);
        return executions.schedule(workflow, name, checked, options, time);
    }

    private StartCause.Time check() {
        List<String> all = new ArrayList<>(problems);
        StartRules.checkName("schedule", name, all);
        if (expression == null) {
            all.add("it has no times. Set them with cron(...), rate(...) or once(...).");
        }
        if (start != null && end != null && !end.isAfter(start)) {
            all.add("it ends at " + end + ", which is not after its start at " + start + ".");
        }
        executions.checkStarts(workflow, options, all);
        refuse(all);
        return new StartCause.Time(
                String.valueOf(expression), zone.getId(), Math.toIntExact(window.toMinutes()), start, end);
    }

    private void refuse(List<String> all) {
        if (!all.isEmpty()) {
            throw new CroisException("The schedule of workflow `" + workflow.name()
                    + "` is wrong. Nothing was changed.\n  " + String.join("\n  ", all));
        }
    }

    private static boolean isWholeMinutes(Duration duration) {
        return Duration.ofMinutes(duration.toMinutes()).equals(duration);
    }
}
