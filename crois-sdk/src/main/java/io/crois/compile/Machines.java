package io.crois.compile;

import io.crois.contract.Machine;
import io.crois.contract.ResourceRule;
import io.crois.contract.RetryRule;
import io.crois.contract.StepSpec;
import io.crois.workflow.Backend;
import io.crois.workflow.Resources;
import io.crois.workflow.Retry;
import io.crois.workflow.Size;
import io.crois.workflow.Step;
import java.util.List;
import java.util.stream.Stream;

/** What is known of a step's machine when the workflow is compiled. */
final class Machines {
    private Machines() {}

    static ResourceRule rule(Resources resources, Operands operands, List<String> loops) {
        if (resources instanceof Resources.Fixed fixed) {
            return ResourceRule.fixed(machine(fixed));
        }
        Resources.Scaled scaled = (Resources.Scaled) resources;
        var artifact = scaled.artifact();
        var parameter = scaled.parameter();
        return new ResourceRule(
                artifact == null ? null : operands.use(artifact, loops),
                parameter == null ? null : operands.value(parameter, loops),
                scaled.tiers().stream()
                        .map(tier -> new ResourceRule.Tier(tier.upTo(), machine(tier.machine())))
                        .toList(),
                machine(scaled.otherwise()));
    }

    /** Returns the back end when every size the step can ever get leads to the same one, otherwise {@code AUTO}. */
    static Backend backend(Step step, ResourceRule rule) {
        if (step.backend() != Backend.AUTO) {
            return step.backend();
        }
        List<Boolean> fits = Stream.concat(
                        rule.tiers().stream().map(ResourceRule.Tier::machine), Stream.of(rule.otherwise()))
                .flatMap(machine -> Stream.of(machine, grown(machine, step.retry())))
                .map(Machine::fitsFargate)
                .distinct()
                .toList();
        if (fits.size() > 1) {
            return Backend.AUTO;
        }
        return fits.get(0) ? Backend.FARGATE : Backend.BATCH;
    }

    /** Returns the machine with the most memory that retries can give it. */
    private static Machine grown(Machine machine, List<Retry> rules) {
        long memory = machine.memoryMib();
        for (Retry rule : rules) {
            memory = Math.max(memory, grown(machine.memoryMib(), rule));
        }
        return machine.withMemoryMib(memory);
    }

    /** Returns the machine with the most memory that the retry rules of a step can give it. */
    static Machine grown(Machine machine, StepSpec spec) {
        double memory = machine.memoryMib();
        for (RetryRule rule : spec.retry()) {
            double most = machine.memoryMib() * Math.pow(rule.memoryFactor(), rule.maxAttempts());
            memory = Math.max(memory, rule.maxMemoryMib() == 0 ? most : Math.min(most, rule.maxMemoryMib()));
        }
        return machine.withMemoryMib((long) memory);
    }

    private static long grown(long memory, Retry rule) {
        double most = memory * Math.pow(rule.memoryFactor(), rule.maxAttempts());
        Size limit = rule.memoryLimit();
        return limit == null ? (long) most : (long) Math.min(most, limit.toMib());
    }

    private static Machine machine(Resources.Fixed fixed) {
        Size disk = fixed.disk();
        int diskGib = disk == null ? 0 : (int) ((disk.toMib() + 1023) / 1024);
        return new Machine(fixed.cpu(), fixed.memory().toMib(), fixed.gpu(), diskGib);
    }
}
