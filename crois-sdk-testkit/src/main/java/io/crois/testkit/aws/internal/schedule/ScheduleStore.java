package io.crois.testkit.aws.internal.schedule;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crois.testkit.aws.internal.events.EventTargets;
import io.crois.testkit.aws.internal.events.EventTargets.Delivery;
import io.crois.testkit.time.EventLoop;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.scheduler.model.ActionAfterCompletion;
import software.amazon.awssdk.services.scheduler.model.FlexibleTimeWindow;
import software.amazon.awssdk.services.scheduler.model.FlexibleTimeWindowMode;
import software.amazon.awssdk.services.scheduler.model.GetScheduleGroupResponse;
import software.amazon.awssdk.services.scheduler.model.GetScheduleResponse;
import software.amazon.awssdk.services.scheduler.model.ScheduleGroupState;
import software.amazon.awssdk.services.scheduler.model.ScheduleState;
import software.amazon.awssdk.services.scheduler.model.Target;

/** All schedules by their groups, and their timers on the event loop. Safe for use by several threads. */
public final class ScheduleStore {

    private static final String DEFAULT_GROUP = "default";
    private static final int LONGEST_WINDOW = 1_440;
    private static final Comparator<Key> KEYS = Comparator.comparing(Key::group).thenComparing(Key::name);
    private static final Pattern NAME = Pattern.compile("[0-9a-zA-Z-_.]{1,64}");

    private final Map<Key, Schedule> schedules = new TreeMap<>(KEYS);
    private final Map<String, GetScheduleGroupResponse> groups = new TreeMap<>();
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
        groups.put(DEFAULT_GROUP, group(DEFAULT_GROUP));
    }

    private GetScheduleGroupResponse group(String name) {
        return GetScheduleGroupResponse.builder()
                .name(name)
                .arn("arn:aws:scheduler:" + region + ":" + account + ":schedule-group/" + name)
                .state(ScheduleGroupState.ACTIVE)
                .creationDate(loop.now())
                .lastModificationDate(loop.now())
                .build();
    }

    /** Adds a group; returns its ARN. */
    public String createGroup(@Nullable String name) {
        String checked = checkedName(name);
        return loop.call(() -> {
            if (groups.containsKey(checked)) {
                throw ScheduleRefusal.groupExists(checked);
            }
            groups.put(checked, group(checked));
            return groups.get(checked).arn();
        });
    }

    /** Returns a group. */
    public GetScheduleGroupResponse findGroup(@Nullable String name) {
        return loop.call(() -> requireGroup(name));
    }

    /** Returns the groups whose names begin with the prefix, in the order of their names. */
    public List<GetScheduleGroupResponse> groups(@Nullable String prefix) {
        return loop.call(() -> groups.values().stream()
                .filter(group -> prefix == null || group.name().startsWith(prefix))
                .toList());
    }

    /** Deletes a group at once, with its schedules. */
    public void deleteGroup(@Nullable String name) {
        loop.call(() -> {
            GetScheduleGroupResponse group = requireGroup(name);
            if (group.name().equals(DEFAULT_GROUP)) {
                throw ScheduleRefusal.validation("Cannot delete the default schedule group.");
            }
            schedules.values().stream()
                    .filter(schedule -> schedule.shown.groupName().equals(group.name()))
                    .toList()
                    .forEach(schedule -> {
                        schedule.stop();
                        schedules.remove(schedule.key());
                    });
            return groups.remove(group.name());
        });
    }

    private GetScheduleGroupResponse requireGroup(@Nullable String name) {
        String asked = name == null ? DEFAULT_GROUP : name;
        GetScheduleGroupResponse group = groups.get(asked);
        if (group == null) {
            throw ScheduleRefusal.noGroup(asked);
        }
        return group;
    }

    /** Schedules of different groups may have the same name. */
    private record Key(String group, String name) {}

    /** A schedule, and the timer of its next time. */
    private static final class Schedule {

        private final GetScheduleResponse shown;
        private final Timetable timetable;
        private EventLoop.@Nullable Timer timer;

        private Schedule(GetScheduleResponse shown, Timetable timetable) {
            this.shown = shown;
            this.timetable = timetable;
        }

        private Key key() {
            return new Key(shown.groupName(), shown.name());
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
            if (schedules.containsKey(schedule.key())) {
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
        String group = requireGroup(asked.groupName()).name();
        String name = checkedName(asked.name());
        if (asked.flexibleTimeWindow() == null || asked.target() == null) {
            throw ScheduleRefusal.validation("FlexibleTimeWindow and Target must not be null.");
        }
        check(asked.flexibleTimeWindow());
        check(asked.target());
        Timetable timetable = Timetable.parse(asked.scheduleExpression(), asked.scheduleExpressionTimezone());
        GetScheduleResponse shown = wanted.groupName(group)
                .arn("arn:aws:scheduler:" + region + ":" + account + ":schedule/" + group + "/" + name)
                .state(asked.state() == null ? ScheduleState.ENABLED : asked.state())
                .lastModificationDate(loop.now())
                .build();
        return new Schedule(shown, timetable);
    }

    private static String checkedName(@Nullable String name) {
        if (name == null || !NAME.matcher(name).matches()) {
            throw ScheduleRefusal.validation("1 validation error detected: Value '" + name
                    + "' at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern:"
                    + " ^[0-9a-zA-Z-_.]+$");
        }
        return name;
    }

    private static void check(FlexibleTimeWindow window) {
        Integer minutes = window.maximumWindowInMinutes();
        boolean flexible = window.mode() == FlexibleTimeWindowMode.FLEXIBLE;
        if (flexible && (minutes == null || minutes < 1 || minutes > LONGEST_WINDOW)) {
            throw ScheduleRefusal.validation("MaximumWindowInMinutes must be between 1 and 1440.");
        }
        if (!flexible && minutes != null) {
            throw ScheduleRefusal.validation("MaximumWindowInMinutes must be null when Mode is OFF.");
        }
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
        schedules.put(schedule.key(), schedule);
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

    /** Within its window a schedule is due at any time; its input names the time that was meant. */
    private void fire(Schedule schedule, Instant time) {
        Integer window = schedule.shown.flexibleTimeWindow().maximumWindowInMinutes();
        if (window == null) {
            targets.deliver(delivery(schedule), input(schedule, time));
        } else {
            loop.after(Duration.ofSeconds(random.nextInt(window * 60)), () -> {
                if (schedules.get(schedule.key()) == schedule) {
                    targets.deliver(delivery(schedule), input(schedule, time));
                }
            });
        }
        await(schedule, time.plusMillis(1));
    }

    private static Delivery delivery(Schedule schedule) {
        Target target = schedule.shown.target();
        return new Delivery("scheduler.amazonaws.com", schedule.shown.arn(), target.roleArn(), target.arn());
    }

    private void complete(Schedule schedule) {
        if (schedule.shown.actionAfterCompletion() == ActionAfterCompletion.DELETE) {
            schedules.remove(schedule.key(), schedule);
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
        Schedule schedule = schedules.get(new Key(requireGroup(group).name(), name == null ? "" : name));
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
            return schedules.remove(schedule.key());
        });
    }

    /** Returns the schedules of a group, or of all, whose names begin with the prefix, in the order of their names. */
    public List<GetScheduleResponse> list(@Nullable String group, @Nullable String prefix) {
        return loop.call(() -> {
            String only = group == null ? null : requireGroup(group).name();
            return schedules.values().stream()
                    .map(schedule -> schedule.shown)
                    .filter(schedule -> only == null || schedule.groupName().equals(only))
                    .filter(schedule -> prefix == null || schedule.name().startsWith(prefix))
                    .toList();
        });
    }
}
