package io.crois.execution;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crois.compile.CompiledWorkflow;
import io.crois.compile.QuotaProblem;
import io.crois.contract.Deployment;
import io.crois.contract.ItemKey;
import io.crois.contract.Json;
import io.crois.contract.StepSpec;
import io.crois.execution.DeploymentPlan.Change;
import io.crois.execution.DeploymentPlan.Kind;
import io.crois.table.CroisTable;
import io.crois.workflow.Backend;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import software.amazon.awssdk.services.sfn.model.ExecutionListItem;

/** Works out what a deployment would change. Reads only. */
final class DeploymentPlanner {
    private static final Duration REDRIVABLE = Duration.ofDays(14);
    /** How many of a machine's latest executions are looked through for the warning. */
    private static final int LOOKED_THROUGH = 1_000;

    private final Account account;
    private final CroisTable table;
    private final Deployer deployer;

    DeploymentPlanner(Account account, Deployer deployer) {
        this.account = account;
        this.table = account.table();
        this.deployer = deployer;
    }

    DeploymentPlan plan(CompiledWorkflow compiled) {
        String workflow = compiled.workflow().name();
        Optional<Deployment> current = deployer.current(workflow);
        String digest = deployer.digest(compiled);
        boolean isDeployed = table.read(
                        ItemKey.deployment(account.project().name(), workflow, digest), Deployment.class)
                .isPresent();
        List<Change> changes = current.map(before -> changes(before, compiled)).orElseGet(() -> additions(compiled));
        List<String> warnings = warnings(compiled);
        current.filter(before -> !before.digest().equals(digest)).ifPresent(before -> warnings.addAll(open(before)));
        return new DeploymentPlan(workflow, isDeployed, registrations(compiled), changes, warnings);
    }

    private List<String> registrations(CompiledWorkflow compiled) {
        Set<String> wanted = new TreeSet<>();
        ContainerDefinitions definitions = deployer.definitions();
        for (StepSpec spec : compiled.steps()) {
            String image = spec.image();
            if (spec.backend() != Backend.BATCH && definitions.findTask(image).isEmpty()) {
                wanted.add("a task definition of " + image + " in family " + definitions.family(image));
            }
            if (spec.backend() != Backend.FARGATE && definitions.findJob(image).isEmpty()) {
                wanted.add("a job definition of " + image + " named " + definitions.family(image));
            }
        }
        return List.copyOf(wanted);
    }

    private static List<Change> additions(CompiledWorkflow compiled) {
        return compiled.steps().stream()
                .map(spec -> new Change(Kind.ADDED, "step " + path(spec), List.of("image: " + spec.image())))
                .toList();
    }

    private List<Change> changes(Deployment before, CompiledWorkflow compiled) {
        List<Change> changes = new ArrayList<>();
        Map<String, JsonNode> now = new LinkedHashMap<>();
        compiled.steps().forEach(spec -> now.put(path(spec), Json.tree(spec)));
        compare("step ", stepsOf(before), now, Set.of(), changes::add);
        JsonNode oldMachine = Json.parse(before.definition());
        JsonNode newMachine = Json.parse(compiled.toJson());
        compare("state ", states(oldMachine), states(newMachine), Set.of("spec"), changes::add);
        List<String> whole = JsonDifference.lines(oldMachine, newMachine, Set.of("States"));
        if (!whole.isEmpty()) {
            changes.add(new Change(Kind.CHANGED, "machine", whole));
        }
        return changes;
    }

    private static void compare(
            String kind,
            Map<String, JsonNode> before,
            Map<String, JsonNode> after,
            Set<String> passedOver,
            java.util.function.Consumer<Change> changes) {
        after.forEach((name, json) -> {
            JsonNode old = before.get(name);
            List<String> lines = old == null ? List.of() : JsonDifference.lines(old, json, passedOver);
            if (old == null) {
                changes.accept(new Change(Kind.ADDED, kind + name, List.of()));
            } else if (!lines.isEmpty()) {
                changes.accept(new Change(Kind.CHANGED, kind + name, lines));
            }
        });
        before.keySet().stream()
                .filter(name -> !after.containsKey(name))
                .forEach(name -> changes.accept(new Change(Kind.REMOVED, kind + name, List.of())));
    }

    /** Returns the specs of a deployed version, which its state machine names by their digests. */
    private Map<String, JsonNode> stepsOf(Deployment before) {
        Set<String> digests = new TreeSet<>();
        Json.parse(before.definition()).findValues("spec").stream()
                .filter(JsonNode::isTextual)
                .forEach(spec -> digests.add(spec.textValue()));
        List<ItemKey> keys = digests.stream()
                .map(digest -> ItemKey.spec(account.project().name(), before.workflow(), digest))
                .toList();
        Map<String, JsonNode> steps = new LinkedHashMap<>();
        table.readAll(keys, JsonNode.class).values().stream()
                .map(deployed -> deployed.path("spec"))
                .filter(JsonNode::isObject)
                .map(spec -> Json.read(spec, StepSpec.class))
                .forEach(spec -> steps.put(path(spec), Json.tree(spec)));
        return steps;
    }

    private static String path(StepSpec spec) {
        return String.join("/", spec.loops()) + (spec.loops().isEmpty() ? "" : "/") + spec.step();
    }

    /** Returns all states of a machine under their names, each without the states inside it. */
    private static Map<String, JsonNode> states(JsonNode machine) {
        Map<String, JsonNode> states = new LinkedHashMap<>();
        collect(machine, states::put);
        return states;
    }

    private static void collect(JsonNode json, BiConsumer<String, JsonNode> found) {
        json.path("States").fields().forEachRemaining(state -> {
            ObjectNode own = state.getValue().deepCopy();
            own.remove("Branches");
            own.remove("ItemProcessor");
            found.accept(state.getKey(), own);
            state.getValue().path("Branches").forEach(branch -> collect(branch, found));
            collect(state.getValue().path("ItemProcessor"), found);
        });
    }

    private static List<String> warnings(CompiledWorkflow compiled) {
        List<String> warnings = new ArrayList<>();
        compiled.problems().stream().map(QuotaProblem::toString).forEach(warnings::add);
        return warnings;
    }

    /** Running executions keep their version, and a redrive goes on with it. */
    private List<String> open(Deployment before) {
        Instant oldest = account.clock().instant().minus(REDRIVABLE);
        String machine = MachineArns.machine(before.stateMachineArn());
        List<ExecutionListItem> executions = account
                .clients()
                .sfn()
                .listExecutionsPaginator(request -> request.stateMachineArn(machine))
                .executions()
                .stream()
                .limit(LOOKED_THROUGH)
                .toList();
        long running =
                executions.stream().filter(item -> item.stopDate() == null).count();
        long failed = executions.stream()
                .filter(item -> item.stopDate() != null && item.stopDate().isAfter(oldest))
                .filter(item -> !item.statusAsString().equals("SUCCEEDED"))
                .count();
        return running + failed == 0
                ? List.of()
                : List.of(
                        running + " executions run and " + failed + " can be redriven. They keep the version they were"
                                + " started with, and a redrive goes on with that one. Use resume to go on with the new one.");
    }
}
