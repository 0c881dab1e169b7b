package io.crois.testkit.aws.internal.events;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crois.testkit.aws.EventFaults;
import io.crois.testkit.aws.internal.events.EventTargets.Delivery;
import io.crois.testkit.time.EventLoop;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.eventbridge.model.Rule;
import software.amazon.awssdk.services.eventbridge.model.RuleState;
import software.amazon.awssdk.services.eventbridge.model.Target;

/** The default event bus of an account: rules, and deliveries on the event loop. Safe for use by several threads. */
public final class EventBus {

    /** The name of the only bus there is. */
    public static final String DEFAULT = "default";

    private static final Pattern NAME = Pattern.compile("[.\\-_A-Za-z0-9]{1,64}");
    private static final int MAX_TARGETS = 5;
    private static final int MAX_PATTERN = 4_096;

    private final Map<String, EventRule> rules = new TreeMap<>();
    private final EventLoop loop;
    private final String region;
    private final String account;
    private final Random random;
    private final EventTargets targets;
    private EventFaults faults = EventFaults.none();

    /**
     * Creates a bus without rules.
     *
     * @param random decides the ids of events
     * @param targets who takes events
     */
    public EventBus(EventLoop loop, String region, String account, Random random, EventTargets targets) {
        this.loop = loop;
        this.region = region;
        this.account = account;
        this.random = random;
        this.targets = targets;
    }

    /** Sets how events reach their targets from now on. */
    public void faults(EventFaults changed) {
        loop.call(() -> faults = changed);
    }

    /** Returns whether there is a rule that an event could match. */
    public boolean hasRules() {
        return loop.call(() -> !rules.isEmpty());
    }

    /**
     * Publishes an event; it is delivered later, on the loop.
     *
     * @param source such as {@code aws.ecs}
     * @param detailType such as {@code ECS Task State Change}
     * @param resources the ARNs of what it is about
     * @return the event's id
     */
    public String publish(String source, String detailType, Collection<String> resources, JsonNode detail) {
        return publish(source, detailType, resources, detail, loop.now());
    }

    /** Publishes an event of another time than now. */
    public String publish(
            String source, String detailType, Collection<String> resources, JsonNode detail, Instant time) {
        return loop.call(() -> {
            String id = new UUID(random.nextLong(), random.nextLong()).toString();
            ObjectNode event = JsonNodeFactory.instance
                    .objectNode()
                    .put("version", "0")
                    .put("id", id)
                    .put("detail-type", detailType)
                    .put("source", source)
                    .put("account", account)
                    .put("time", time.truncatedTo(ChronoUnit.SECONDS).toString())
                    .put("region", region);
            ArrayNode arns = event.putArray("resources");
            resources.forEach(arns::add);
            event.set("detail", detail);
            deliver(event);
            return id;
        });
    }

    private void deliver(JsonNode event) {
        for (EventRule rule : rules.values()) {
            if (rule.isEnabled() && rule.pattern().matches(event)) {
                for (Target target : rule.targets()) {
                    String input = TargetInput.of(target, event);
                    Delivery delivery =
                            new Delivery("events.amazonaws.com", rule.rule().arn(), target.roleArn(), target.arn());
                    for (Duration time : faults.arrivals(event, target.arn())) {
                        loop.after(time, () -> targets.deliver(delivery, input));
                    }
                }
            }
        }
    }

    /** Adds a rule or changes one; its targets stay. Returns its ARN. */
    public String put(@Nullable String bus, Rule.Builder wanted, @Nullable String name, @Nullable String pattern) {
        checkBus(bus);
        if (name == null || !NAME.matcher(name).matches()) {
            throw EventRefusal.validation(
                    "1 validation error detected: Value '" + name + "' at 'name' failed to satisfy"
                            + " constraint: Member must satisfy regular expression pattern: [\\.\\-_A-Za-z0-9]+");
        }
        if (pattern == null) {
            throw EventRefusal.validation("Parameter(s) EventPattern or ScheduleExpression must be specified.");
        }
        if (pattern.length() > MAX_PATTERN) {
            throw EventRefusal.validation("1 validation error detected: Value at 'eventPattern' failed to satisfy"
                    + " constraint: Member must have length less than or equal to 4096");
        }
        EventPattern parsed = EventPattern.parse(pattern);
        Rule rule = wanted.name(name)
                .arn("arn:aws:events:" + region + ":" + account + ":rule/" + name)
                .eventPattern(pattern)
                .eventBusName(DEFAULT)
                .build();
        return loop.call(() -> {
            EventRule old = rules.get(name);
            rules.put(name, new EventRule(rule, parsed, old == null ? List.of() : old.targets()));
            return rule.arn();
        });
    }

    /** Returns a rule. */
    public EventRule find(@Nullable String bus, @Nullable String name) {
        checkBus(bus);
        return loop.call(() -> {
            EventRule rule = name == null ? null : rules.get(name);
            if (rule == null) {
                throw EventRefusal.noRule(String.valueOf(name), DEFAULT);
            }
            return rule;
        });
    }

    /** Returns the rules whose names begin with the prefix, in the order of their names. */
    public List<Rule> list(@Nullable String bus, @Nullable String prefix) {
        checkBus(bus);
        return loop.call(() -> rules.values().stream()
                .map(EventRule::rule)
                .filter(rule -> prefix == null || rule.name().startsWith(prefix))
                .toList());
    }

    /** Deletes a rule, which must have no targets; one that is not there is no error. */
    public void delete(@Nullable String bus, @Nullable String name) {
        checkBus(bus);
        String rule = name == null ? "" : name;
        loop.call(() -> {
            if (rules.containsKey(rule) && !find(bus, rule).targets().isEmpty()) {
                throw EventRefusal.validation("Rule can't be deleted since it has targets.");
            }
            return rules.remove(rule);
        });
    }

    /** Lets a rule match events again, or no longer. */
    public void enable(@Nullable String bus, @Nullable String name, boolean enabled) {
        RuleState state = enabled ? RuleState.ENABLED : RuleState.DISABLED;
        change(bus, name, rule -> rule.with(rule.rule().toBuilder().state(state).build()));
    }

    /** Adds targets to a rule; one replaces another of the same id. */
    public void putTargets(@Nullable String bus, @Nullable String name, Collection<Target> added) {
        for (Target target : added) {
            check(target);
        }
        change(bus, name, rule -> {
            EventRule changed = rule.with(added, List.of());
            if (changed.targets().size() > MAX_TARGETS) {
                throw EventRefusal.tooMany("The requested resource exceeds the maximum number allowed.");
            }
            return changed;
        });
    }

    private void check(Target target) {
        try {
            targets.check(target.arn());
        } catch (IllegalArgumentException e) {
            throw EventRefusal.validation("Parameter " + target.arn() + " is not valid. Reason: " + e.getMessage());
        }
        TargetInput.check(target);
    }

    /** Removes targets from a rule. */
    public void removeTargets(@Nullable String bus, @Nullable String name, Collection<String> ids) {
        change(bus, name, rule -> rule.with(List.of(), ids));
    }

    private void change(@Nullable String bus, @Nullable String name, UnaryOperator<EventRule> change) {
        loop.call(() -> {
            EventRule rule = find(bus, name);
            return rules.put(rule.rule().name(), change.apply(rule));
        });
    }

    /** Refuses any bus but the default one, which may be named by its ARN. */
    public void checkBus(@Nullable String bus) {
        if (bus != null && !bus.equals(DEFAULT) && !bus.endsWith(":event-bus/" + DEFAULT)) {
            throw EventRefusal.noBus(bus);
        }
    }
}
