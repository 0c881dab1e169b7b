package io.crois.runtime.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import io.crois.contract.ArtifactProduct;
import io.crois.contract.ArtifactUse;
import io.crois.contract.DeployedStep;
import io.crois.contract.ItemKey;
import io.crois.contract.Machine;
import io.crois.contract.OrderLocation;
import io.crois.contract.PlatformSettings;
import io.crois.contract.PrepareRequest;
import io.crois.contract.Prepared;
import io.crois.contract.ResourceRule;
import io.crois.contract.Run;
import io.crois.contract.StepDecision;
import io.crois.contract.StepDecision.Terms;
import io.crois.contract.StepItem;
import io.crois.contract.StepSpec;
import io.crois.contract.StepStatus;
import io.crois.contract.StepTerms;
import io.crois.contract.SubmitTerms;
import io.crois.contract.TaskOrder;
import io.crois.contract.Value;
import io.crois.table.CroisTable;
import io.crois.workflow.ArtifactKind;
import io.crois.workflow.Backend;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Prepares one attempt of a step: resolves its values, sizes it, writes its order and its status. */
final class StepPreparation {
    private static final Logger LOG = LoggerFactory.getLogger(StepPreparation.class);

    private final CroisTable table;
    private final Submitted submitted;
    private final PlatformSettings settings;
    private final Clock clock;
    private final Placement placement;
    private final Projects projects;
    private final StepReuse reuse;
    private final Spending spending;

    StepPreparation(CroisTable table, Submitted submitted, PlatformSettings settings, Clock clock) {
        this.table = table;
        this.submitted = submitted;
        this.settings = settings;
        this.clock = clock;
        this.projects = new Projects(table);
        this.placement = new Placement(settings);
        this.reuse = new StepReuse(table, clock);
        this.spending = new Spending(table, clock);
    }

    Prepared prepare(PrepareRequest request, String digest, int attempt) {
        Run run = request.run();
        projects.note(run.project());
        DeployedStep deployed = table.read(ItemKey.spec(run.project(), request.workflow(), digest), DeployedStep.class)
                .orElseThrow(() -> new SpecMissing("Workflow `" + request.workflow() + "` has no spec `" + digest
                        + "` in project `" + run.project() + "`. Deploy it again."));
        KnownValues known = KnownValues.of(table, submitted, run);
        @Nullable
        StepTerms otherwise = known.terms().steps().get(deployed.spec().step());
        DeployedStep step = placed(deployed, otherwise);
        ItemKey key = ItemKey.order(run, step.spec().step(), attempt);
        TaskOrder plain = order(request, step, otherwise, known, attempt);
        TaskOrder order = plain.fingerprinted(StepFingerprint.of(step.spec().image(), plain));
        if (attempt == 1) {
            leaveIfDone(known.terms(), step.spec(), order);
        }
        spending.check(run, known.terms().budget());
        Terms terms = terms(run, step.spec(), attempt);
        Machine asked =
                otherwise == null || otherwise.machine() == null ? machine(step.spec(), known) : otherwise.machine();
        Machine machine = grown(step.spec(), asked, terms);
        Backend backend = Placement.backend(step, machine);
        Prepared prepared = prepared(step, machine, backend, key, attempt, terms, run, known.terms());
        table.putIfAbsent(key, order);
        announce(request, step.spec().step(), attempt, backend, machine);
        return prepared;
    }

    /** Ends the step where an equal attempt has done it already. */
    private void leaveIfDone(SubmitTerms terms, StepSpec spec, TaskOrder order) {
        if (terms.resumes() == null && !spec.cached()) {
            return;
        }
        reuse.reuse(terms, spec, order).ifPresent(execution -> {
            throw new Reused("Step `" + order.run().scope() + order.step() + "` did the same in execution `" + execution
                    + "`; its outputs are reused.");
        });
    }

    /** Returns the step as this execution wants it: with another image, or one back end of those there are. */
    private static DeployedStep placed(DeployedStep step, @Nullable StepTerms otherwise) {
        if (otherwise == null) {
            return step;
        }
        StepSpec spec = step.spec();
        if (otherwise.backend() != null) {
            spec = spec.on(otherwise.backend());
        }
        if (otherwise.image() == null) {
            return new DeployedStep(spec, step.taskDefinition(), step.jobDefinition(), step.kmsKey());
        }
        return new DeployedStep(
                spec.withImage(otherwise.image()),
                otherwise.taskDefinition(),
                otherwise.jobDefinition(),
                step.kmsKey());
    }

    /** Returns on what terms the decision about the attempt before grants this one. */
    private Terms terms(Run run, StepSpec spec, int attempt) {
        return attempt == 1
                ? Terms.FIRST
                : table.read(ItemKey.decision(run, spec.step(), attempt - 1), StepDecision.class)
                        .map(StepDecision::next)
                        .orElse(Terms.FIRST);
    }

    /** Memory does not grow out of the back end: the state machine has no state for the other one. */
    private static Machine grown(StepSpec spec, Machine machine, Terms terms) {
        Machine grown = terms.applyTo(machine);
        boolean tooLarge = spec.backend() == Backend.FARGATE && machine.fitsFargate() && !grown.fitsFargate();
        return tooLarge ? machine.withMemoryMib(Machine.FARGATE_MEMORY_MIB) : grown;
    }

    private Prepared prepared(
            DeployedStep step,
            Machine machine,
            Backend backend,
            ItemKey key,
            int attempt,
            Terms terms,
            Run run,
            SubmitTerms submitted) {
        OrderLocation order = new OrderLocation(settings.table(), key);
        @Nullable JsonNode fargate = backend == Backend.FARGATE ? placement.fargate(step, machine, order, terms) : null;
        @Nullable
        JsonNode batch = backend == Backend.BATCH
                ? placement.batch(step, machine, order, attempt, terms, run.execution(), submitted)
                : null;
        return new Prepared(run, key.sk(), attempt, backend, fargate, batch);
    }

    private static Machine machine(StepSpec spec, KnownValues known) {
        ResourceRule rule = spec.resources();
        if (rule.isFixed()) {
            return rule.otherwise();
        }
        ArtifactUse artifact = rule.artifact();
        if (artifact != null) {
            long bytes = known.inputs(artifact).stream()
                    .mapToLong(input -> input.stored().bytes())
                    .sum();
            return rule.machineFor(bytes);
        }
        Value value = rule.value();
        return value == null ? rule.otherwise() : rule.machineFor(number(known.json(value), spec.step()));
    }

    private static double number(JsonNode json, String step) {
        if (!json.isNumber()) {
            throw new WrongValue("The resources of step `" + step + "` are scaled by a value that is not a number.");
        }
        return json.doubleValue();
    }

    private TaskOrder order(
            PrepareRequest request, DeployedStep step, @Nullable StepTerms otherwise, KnownValues known, int attempt) {
        StepSpec spec = step.spec();
        List<String> command = otherwise == null || otherwise.command() == null
                ? spec.command().stream().map(known::text).toList()
                : otherwise.command();
        Map<String, String> environment = new TreeMap<>();
        spec.environment().forEach((name, value) -> environment.put(name, known.text(value)));
        Map<String, JsonNode> parameters = new TreeMap<>();
        spec.parameters().forEach(name -> parameters.put(name, known.argument(name)));
        spec.bound().forEach((name, value) -> parameters.put(name, known.json(value)));
        List<String> texts = new ArrayList<>(command);
        texts.addAll(environment.values());
        parameters.values().forEach(value -> texts.add(value.asText()));
        return new TaskOrder(
                request.run(),
                request.workflow(),
                spec.step(),
                attempt,
                command,
                environment,
                spec.workingDirectory(),
                parameters,
                spec.consumes().stream()
                        .flatMap(use -> known.inputs(use).stream())
                        .toList(),
                spec.produces().stream()
                        .map(product -> output(request.run(), spec, product, attempt))
                        .toList(),
                spec.reports(),
                spec.secrets(),
                spec.runBudget(),
                known.sealedIn(texts),
                step.kmsKey(),
                null);
    }

    private TaskOrder.Output output(Run run, StepSpec spec, ArtifactProduct product, int attempt) {
        String key = run.project() + "/" + run.execution() + "/" + run.scope() + spec.step() + "/" + attempt + "/"
                + product.artifact() + (product.kind() == ArtifactKind.FOLDER ? "/" : "");
        return new TaskOrder.Output(product.artifact(), product.kind(), product.optional(), settings.bucket(), key);
    }

    private void announce(PrepareRequest request, String step, int attempt, Backend backend, Machine machine) {
        Instant now = clock.instant();
        StepItem item = new StepItem(
                request.run(), step, StepStatus.PREPARED, attempt, backend, machine, null, now, null, null, null, null);
        table.note(item, request.workflow(), List.of());
        LOG.info(
                "Attempt {} of step {} gets {} vCPU, {} MiB and {} GPU on {}.",
                attempt,
                step,
                machine.cpu(),
                machine.memoryMib(),
                machine.gpu(),
                backend);
    }
}
