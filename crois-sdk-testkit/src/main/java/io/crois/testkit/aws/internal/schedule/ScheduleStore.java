package io.crois.testkit.aws.internal.schedule;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crois.testkit.aws.internal.events.EventTargets;
import io.crois.testkit.time.EventLoop;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.scheduler.model.ActionAfterCompletion;
import software.amazon.awssdk.services.scheduler.model.GetScheduleResponse;
import software.amazon.awssdk.services.scheduler.model.ScheduleState;
import software.amazon.awssdk.services.scheduler.model.Target;

/** All schedules of the default group, and their timers on the event loop. Safe for use by several threads. */
public final class ScheduleStore {

    private static final String DEFAULT_GROUP = "default";
    private static final Pattern NAME = Pattern.compile("[0-9a-zA-Z-_.]{1,64}");

    private final Map<String, Schedule> schedules = new TreeMap<>();
    private final EventLoop loop;
    private final String region;
    private final String account;
    private final Random random;
    private final EventTargets targets;

    /**
     * Creates an empty store.
     *
     * @param random decides the ids of invocations
     * @param targets who takes inputs
     */
    public ScheduleStore(EventLoop loop, String region, String account, Random random, EventTargets targets) {
        this.loop = loop;
        this.region = region;
        this.account = account;
        this.random = random;
        this.targets = targets;
    }

    /** A schedule, and the timer of its next time. */
    private static final class Schedule {

        private final GetScheduleResponse shown;
        private final Timetable timetable;
        private EventLoop.@Nullable Timer timer;

        private Schedule(GetScheduleResponse shown, Timetable timetable) {
            this.shown = shown;
            this.timetable = timetable;
        }

        private Instant anchor() {
            Instant start = shown.startDate();
            return start == null || timetable.isOnce() ? shown.creationDate() : start;
        }

        private boolean isOver(Instant time) {
            Instant end = shown.endDate();
            return end != null && !timetable.isOnce() && time.isAfter(end);
        }

        private void stop() {
            if (timer != null) {
                timer.cancel();
            }
        }
    }

    /** Adds a schedule; returns its ARN. */
    public String create(GetScheduleResponse.Builder wanted) {
        return loop.call(() -> {
            Schedule schedule = checked(wanted.creationDate(loop.now()));
            if (schedules.containsKey(schedule.shown.name())) {
                throw ScheduleRefusal.exists(schedule.shown.name());
            }
            return start(schedule);
        });
    }

    /** Replaces a schedule as a whole; returns its ARN. */
    public String update(GetScheduleResponse.Builder wanted) {
        return loop.call(() -> {
            GetScheduleResponse asked = wanted.build();
            Schedule old = require(asked.groupName(), asked.name());
            Schedule changed = checked(wanted.creationDate(old.shown.creationDate()));
            old.stop();
            return start(changed);
        });
    }

    private Schedule checked(GetScheduleResponse.Builder wanted) {
        GetScheduleResponse asked = wanted.build();
        checkGroup(asked.groupName());
        String name = asked.name();
        if (name == null || !NAME.matcher(name).matches()) {
            throw ScheduleRefusal.validation("1 validation error detected: Value '" + name
                    + "' at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern:"
                    + " ^[0-9a-zA-Z-_.]+$");
        }
        if (asked.flexibleTimeWindow() == null || asked.target() == null) {
            throw ScheduleRefusal.validation("FlexibleTimeWindow and Target must not be null.");
        }
        check(asked.target());
        Timetable timetable = Timetable.parse(asked.scheduleExpression(), asked.scheduleExpressionTimezone());
        GetScheduleResponse shown = wanted.groupName(DEFAULT_GROUP)
                .arn("arn:aws:scheduler:" + region + ":" + account + ":schedule/" + DEFAULT_GROUP + "/" + name)
                .state(asked.state() == null ? ScheduleState.ENABLED : asked.state())
                .lastModificationDate(loop.now())
                .build();
        return new Schedule(shown, timetable);
    }

    private void check(Target target) {
        if (target.roleArn() == null) {
            throw ScheduleRefusal.validation("The RoleArn of a target must not be null.");
        }
        try {
            targets.check(target.arn());
        } catch (IllegalArgumentException e) {
            throw ScheduleRefusal.validation(String.valueOf(e.getMessage()));
        }
    }

    private String start(Schedule schedule) {
        schedules.put(schedule.shown.name(), schedule);
        if (schedule.shown.state() == ScheduleState.ENABLED) {
            await(schedule, loop.now());
        }
        return schedule.shown.arn();
    }

    private void await(Schedule schedule, Instant from) {
        schedule.timetable
                .next(schedule.anchor(), from)
                .filter(time -> !schedule.isOver(time))
                .ifPresentOrElse(
                        time -> schedule.timer =
                                loop.after(Duration.between(loop.now(), time), () -> fire(schedule, time)),
                        () -> complete(schedule));
    }

    private void fire(Schedule schedule, Instant time) {
        Target target = schedule.shown.target();
        targets.deliver(target.arn(), input(schedule, time));
        await(schedule, time.plusMillis(1));
    }

    private void complete(Schedule schedule) {
        if (schedule.shown.actionAfterCompletion() == ActionAfterCompletion.DELETE) {
            schedules.remove(schedule.shown.name(), schedule);
        }
    }

    private String input(Schedule schedule, Instant time) {
        String id = new UUID(random.nextLong(), random.nextLong()).toString();
        String scheduled = time.truncatedTo(ChronoUnit.SECONDS).toString();
        String given = schedule.shown.target().input();
        if (given != null) {
            return given.replace("<aws.scheduler.scheduled-time>", scheduled)
                    .replace("<aws.scheduler.schedule-arn>", schedule.shown.arn())
                    .replace("<aws.scheduler.execution-id>", id)
                    .replace("<aws.scheduler.attempt-number>", "1");
        }
        ObjectNode event = JsonNodeFactory.instance
                .objectNode()
                .put("version", "0")
                .put("id", id)
                .put("detail-type", "Scheduled Event")
                .put("source", "aws.scheduler")
                .put("account", account)
                .put("time", scheduled)
                .put("region", region);
        event.putArray("resources").add(schedule.shown.arn());
        return event.put("detail", "{}").toString();
    }

    /** Returns a schedule. */
    public GetScheduleResponse find(@Nullable String group, @Nullable String name) {
        return loop.call(() -> require(group, name).shown);
    }

    private Schedule require(@Nullable String group, @Nullable String name) {
        checkGroup(group);
        Schedule schedule = schedules.get(name == null ? "" : name);
        if (schedule == null) {
            throw ScheduleRefusal.noSchedule(name);
        }
        return schedule;
    }

    /** Deletes a schedule; it is not due any more. */
    public void delete(@Nullable String group, @Nullable String name) {
        loop.call(() -> {
            Schedule schedule = require(group, name);
            schedule.stop();
            return schedules.remove(schedule.shown.name());
        });
    }

    /** Returns the schedules whose names begin with the prefix, in the order of their names. */
    public List<GetScheduleResponse> list(@Nullable String group, @Nullable String prefix) {
        checkGroup(group);
        return loop.call(() -> schedules.values().stream()
                .map(schedule -> schedule.shown)
                .filter(schedule -> prefix == null || schedule.name().startsWith(prefix))
                .toList());
    }

    private static void checkGroup(@Nullable String group) {
        if (group != null && !group.equals(DEFAULT_GROUP)) {
            throw ScheduleRefusal.noGroup(group);
        }
    }
}
