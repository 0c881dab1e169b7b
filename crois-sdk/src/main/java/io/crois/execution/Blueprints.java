package io.crois.execution;

import io.crois.compile.CompiledWorkflow;
import io.crois.contract.StartCause;
import io.crois.contract.StartRule;
import io.crois.contract.StepSpec;
import io.crois.workflow.Backend;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import software.amazon.awssdk.services.scheduler.model.CreateScheduleRequest;

/** Puts together what deploying would ask AWS for. */
final class Blueprints {
    private final Deployer deployer;
    private final StartRules rules;
    private final Timers timers;
    private final EventRules events;

    Blueprints(Deployer deployer, StartRules rules, Timers timers, EventRules events) {
        this.deployer = deployer;
        this.rules = rules;
        this.timers = timers;
        this.events = events;
    }

    Blueprint of(CompiledWorkflow compiled) {
        Deployer.refuseErrors(compiled);
        String workflow = compiled.workflow().name();
        List<CreateScheduleRequest> schedules = new ArrayList<>();
        List<Blueprint.EventRule> triggers = new ArrayList<>();
        Map<String, String> tokens = new LinkedHashMap<>();
        for (StartRule rule : rules.all()) {
            if (rule.workflow().equals(workflow)) {
                deployer.current(workflow).ifPresent(deployment -> {
                    tokens.put(rule.name(), rule.token());
                    if (rule.cause() instanceof StartCause.Time) {
                        schedules.add(timers.wanted(rule, deployment.stateMachineArn()));
                    } else {
                        triggers.add(events.wanted(rule, deployment.stateMachineArn()));
                    }
                });
            }
        }
        return new Blueprint(
                images(compiled, backend -> backend != Backend.BATCH).stream()
                        .map(deployer.definitions()::task)
                        .toList(),
                images(compiled, backend -> backend != Backend.FARGATE).stream()
                        .map(deployer.definitions()::job)
                        .toList(),
                deployer.machine(compiled),
                MachinePublisher.ALIAS,
                schedules,
                triggers,
                tokens);
    }

    private static List<String> images(CompiledWorkflow compiled, Predicate<Backend> runs) {
        return compiled.steps().stream()
                .filter(spec -> runs.test(spec.backend()))
                .map(StepSpec::image)
                .distinct()
                .toList();
    }
}
