package io.crois.testkit.aws.internal.events;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.eventbridge.model.Rule;
import software.amazon.awssdk.services.eventbridge.model.RuleState;
import software.amazon.awssdk.services.eventbridge.model.Target;

/**
 * A rule with its targets.
 *
 * @param rule as the service shows it
 * @param pattern which events it is for
 * @param targets in the order in which they were put
 */
public record EventRule(Rule rule, EventPattern pattern, List<Target> targets) {

    /** Copies the targets. */
    public EventRule {
        targets = List.copyOf(targets);
    }

    boolean isEnabled() {
        return rule.state() == RuleState.ENABLED;
    }

    EventRule with(@Nullable Collection<Target> added, Collection<String> removed) {
        List<Target> kept = new ArrayList<>(targets);
        kept.removeIf(target -> removed.contains(target.id()));
        for (Target target : added == null ? List.<Target>of() : added) {
            kept.removeIf(old -> old.id().equals(target.id()));
            kept.add(target);
        }
        return new EventRule(rule, pattern, kept);
    }

    EventRule with(Rule changed) {
        return new EventRule(changed, pattern, targets);
    }
}
