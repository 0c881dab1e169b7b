package io.crois.project;

import io.crois.project.PlannedChange.Action;
import io.crois.project.Step.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.ListRulesResponse;
import software.amazon.awssdk.services.eventbridge.model.Rule;
import software.amazon.awssdk.services.eventbridge.model.Target;
import software.amazon.awssdk.services.scheduler.SchedulerClient;
import software.amazon.awssdk.services.scheduler.model.ScheduleGroupState;

/** Finds the schedules and event rules that would start workflows of a project, and removes them. */
final class StartRemoval {
    private final Site site;
    private final Calls calls;
    private final EventBridgeClient events;
    private final SchedulerClient scheduler;
    private final String platform;

    StartRemoval(Site site) {
        this.site = site;
        this.calls = site.calls;
        this.events = site.clients.eventBridge();
        this.scheduler = site.clients.scheduler();
        this.platform = site.platform.settings().prefix();
    }

    /** Returns what is still there. */
    List<Step> steps() {
        List<Step> steps = new ArrayList<>(schedules());
        rules().forEach(rule -> steps.add(new Step(
                new PlannedChange(Action.DELETE, "AWS::Events::Rule", rule.name(), "a trigger of the project"),
                Stage.KEY,
                () -> removeRule(rule))));
        return steps;
    }

    /** A group that is being deleted is shown for some time. */
    private List<Step> schedules() {
        String group = site.names.scheduleGroup(platform);
        boolean there = calls.find(
                        "scheduler:GetScheduleGroup", () -> scheduler.getScheduleGroup(request -> request.name(group)))
                .filter(found -> found.state() != ScheduleGroupState.DELETING)
                .isPresent();
        if (!there) {
            return List.of();
        }
        return List.of(new Step(
                new PlannedChange(Action.DELETE, "AWS::Scheduler::ScheduleGroup", group, "with all its schedules"),
                Stage.KEY,
                () -> calls.remove(
                        "scheduler:DeleteScheduleGroup",
                        () -> scheduler.deleteScheduleGroup(request -> request.name(group)))));
    }

    private List<Rule> rules() {
        List<Rule> rules = new ArrayList<>();
        @Nullable String token = null;
        do {
            String from = token;
            ListRulesResponse page = calls.read(
                    "events:ListRules",
                    () -> events.listRules(request ->
                            request.namePrefix(site.names.rules(platform)).nextToken(from)));
            rules.addAll(page.rules());
            token = page.nextToken();
        } while (token != null);
        return rules;
    }

    private void removeRule(Rule rule) {
        List<String> targets = Optional.ofNullable(rule.name())
                .flatMap(name -> calls.find(
                        "events:ListTargetsByRule", () -> events.listTargetsByRule(request -> request.rule(name))))
                .map(found -> found.targets().stream().map(Target::id).toList())
                .orElse(List.of());
        if (!targets.isEmpty()) {
            calls.remove(
                    "events:RemoveTargets",
                    () -> events.removeTargets(
                            request -> request.rule(rule.name()).ids(targets)));
        }
        calls.remove("events:DeleteRule", () -> events.deleteRule(request -> request.name(rule.name())));
    }
}
