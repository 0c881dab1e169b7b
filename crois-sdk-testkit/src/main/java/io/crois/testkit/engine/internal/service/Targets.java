package io.crois.testkit.engine.internal.service;

import io.crois.testkit.engine.internal.service.Arns.MachineArn;
import io.crois.testkit.engine.internal.service.Machine.Alias;
import io.crois.testkit.engine.internal.service.Machine.Version;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sfn.model.RoutingConfigurationListItem;

/** Finds what the ARN of a machine, a version or an alias means. Used on the event loop only. */
final class Targets {

    private final Machines machines;
    private final RandomGenerator random;

    Targets(Machines machines, RandomGenerator random) {
        this.machines = machines;
        this.random = random;
    }

    Target find(@Nullable String arn) {
        MachineArn parsed = Arns.parseMachine(arn);
        Machine machine = machines.find(parsed.machine());
        if (machine == null) {
            throw parsed.isVersion() ? Refusal.noVersion(String.valueOf(arn)) : Refusal.noMachine(parsed.machine());
        }
        String qualifier = parsed.qualifier();
        if (qualifier == null) {
            return new Target(machine, machine.current(), null, null);
        }
        Alias alias = machine.aliases().get(qualifier);
        if (alias != null) {
            Version version = version(machine, route(alias));
            return new Target(machine, version.revision(), version.arn(), alias.arn());
        }
        if (!Arns.isVersion(qualifier)) {
            throw Refusal.noMachine(String.valueOf(arn));
        }
        Version version = version(machine, machine.arn() + ":" + qualifier);
        return new Target(machine, version.revision(), version.arn(), null);
    }

    /** Finds what executions are to be listed of: those of a version that is gone as well. */
    Target findForList(@Nullable String arn) {
        MachineArn parsed = Arns.parseMachine(arn);
        Machine machine = machines.find(parsed.machine());
        if (machine == null || !parsed.isVersion()) {
            return find(arn);
        }
        return new Target(machine, machine.current(), arn, null);
    }

    /** Picks a version by its weight, by lot where there are two. */
    private String route(Alias alias) {
        int lot = alias.routes().size() == 1 ? 0 : random.nextInt(100);
        for (RoutingConfigurationListItem route : alias.routes()) {
            lot -= route.weight();
            if (lot < 0) {
                return route.stateMachineVersionArn();
            }
        }
        return alias.routes().get(0).stateMachineVersionArn();
    }

    private static Version version(Machine machine, String arn) {
        return machine.versions().values().stream()
                .filter(version -> version.arn().equals(arn))
                .findFirst()
                .orElseThrow(() -> Refusal.noVersion(arn));
    }
}
