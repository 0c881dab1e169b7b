package io.crois.execution;

import io.crois.compile.CompiledWorkflow;
import io.crois.compile.QuotaProblem;
import io.crois.contract.DeployedStep;
import io.crois.contract.Deployment;
import io.crois.contract.ForEachSpec;
import io.crois.contract.ItemKey;
import io.crois.contract.Json;
import io.crois.contract.StepSpec;
import io.crois.table.CroisTable;
import io.crois.workflow.Backend;
import io.crois.workflow.CroisException;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.sfn.model.CreateStateMachineRequest;

/**
 * Brings compiled workflows to AWS: container definitions, specs, a version of the state machine, the item that says
 * that all of them are there, and last the alias. May be killed anywhere and run again, and be run by many at once:
 * what has been deployed under a digest is never deployed again. Thread-safe.
 */
final class Deployer {
    private static final Logger LOG = LoggerFactory.getLogger(Deployer.class);
    private static final ReentrantLock[] LOCKS = Turns.locks();

    private final Account account;
    private final CroisTable table;
    private final AwsCalls calls;
    private final Turns turns;
    private final ContainerDefinitions definitions;
    private final MachinePublisher machines;
    private final Map<ItemKey, Deployment> deployed = new ConcurrentHashMap<>();

    Deployer(Account account, AwsCalls calls) {
        this.account = account;
        this.table = account.table();
        this.calls = calls;
        this.turns = new Turns(table, calls, account.clock(), LOCKS);
        this.definitions = new ContainerDefinitions(account, table, calls);
        this.machines = new MachinePublisher(account, calls);
    }

    CreateStateMachineRequest machine(CompiledWorkflow compiled) {
        return machines.machine(compiled, digest(compiled));
    }

    ContainerDefinitions definitions() {
        return definitions;
    }

    /**
     * Returns the deployed version of a workflow; deploys it if there is none.
     *
     * @throws CroisException if AWS would refuse the workflow; nothing is changed then
     */
    Deployment ensure(CompiledWorkflow compiled) {
        refuseErrors(compiled);
        String project = account.project().name();
        String workflow = compiled.workflow().name();
        String digest = digest(compiled);
        ItemKey key = ItemKey.deployment(project, workflow, digest);
        Deployment known = deployed.get(key);
        if (known != null) {
            return known;
        }
        Deployment deployment = turns.once(
                ItemKey.deploymentLease(project, workflow),
                () -> calls.again(() -> table.read(key, Deployment.class)),
                () -> bring(compiled, digest, key));
        deployed.put(key, deployment);
        return deployment;
    }

    /** Deploys a workflow, if this version of it is not deployed yet, and makes it the one that the alias names. */
    Deployment deploy(CompiledWorkflow compiled) {
        Deployment deployment = ensure(compiled);
        boolean named = current(deployment.workflow())
                .map(Deployment::digest)
                .filter(deployment.digest()::equals)
                .isPresent();
        if (!named) {
            name(deployment);
        }
        return deployment;
    }

    /**
     * Makes an earlier version the one that the alias names.
     *
     * @throws CroisException if no version of that number was deployed
     */
    Deployment rollback(String workflow, int version) {
        List<Deployment> all = all(workflow);
        Deployment deployment = all.stream()
                .filter(candidate -> candidate.version() == version)
                .findFirst()
                .orElseThrow(() -> new CroisException("Workflow `" + workflow + "` of project `"
                        + account.project().name() + "` has no deployed version " + version + ". "
                        + (all.isEmpty() ? "It was never deployed." : "There are " + versions(all) + ".")));
        name(deployment);
        LOG.info("Workflow {} is back at version {}.", workflow, version);
        return deployment;
    }

    private static String versions(List<Deployment> all) {
        return all.stream().map(Deployment::version).map(String::valueOf).collect(Collectors.joining(", "));
    }

    /** Returns all deployed versions of a workflow, the latest first. */
    List<Deployment> all(String workflow) {
        String partition = ItemKey.workflow(account.project().name(), workflow);
        String machine = current(workflow)
                .map(now -> MachineArns.machine(now.stateMachineArn()))
                .orElse("");
        return calls.again(() -> table.query(partition, "DEPLOYMENT#", Deployment.class)
                .filter(deployment ->
                        MachineArns.machine(deployment.stateMachineArn()).equals(machine))
                .sorted(Comparator.comparing(Deployment::version).reversed())
                .toList());
    }

    /** Lets nobody find a version any more that is about to be deleted. */
    void forget(Deployment deployment) {
        ItemKey key = key(deployment);
        deployed.remove(key);
        calls.again(() -> table.delete(key));
    }

    /** Takes {@link #forget} back. */
    void remember(Deployment deployment) {
        calls.again(() -> table.put(key(deployment), deployment));
    }

    private ItemKey key(Deployment deployment) {
        return ItemKey.deployment(account.project().name(), deployment.workflow(), deployment.digest());
    }

    /** Returns the version that the alias names. */
    Optional<Deployment> current(String workflow) {
        ItemKey key = ItemKey.deployment(account.project().name(), workflow);
        return calls.again(() -> table.read(key, Deployment.class));
    }

    /** Returns the name of a deployment: it changes with the workflow and with everything it runs as. */
    String digest(CompiledWorkflow compiled) {
        return Json.digest(List.of(compiled.digest(), account.project(), account.platform(), account.machines()));
    }

    private Deployment bring(CompiledWorkflow compiled, String digest, ItemKey key) {
        Map<ItemKey, Object> specs = specs(compiled);
        calls.again(() -> table.putAll(specs));
        String workflow = compiled.workflow().name();
        Optional<String> machine = current(workflow).map(earlier -> MachineArns.machine(earlier.stateMachineArn()));
        Deployment deployment = new Deployment(
                workflow,
                machines.publish(compiled, digest, machine),
                digest,
                compiled.toJson(),
                compiled.steps().stream().map(StepSpec::step).toList(),
                account.clock().instant());
        calls.again(() -> table.put(key, deployment));
        name(deployment);
        LOG.info("Workflow {} is deployed as {}.", workflow, deployment.stateMachineArn());
        return deployment;
    }

    private void name(Deployment deployment) {
        machines.point(deployment.stateMachineArn());
        ItemKey current = ItemKey.deployment(account.project().name(), deployment.workflow());
        calls.again(() -> table.put(current, deployment));
    }

    static void refuseErrors(CompiledWorkflow compiled) {
        List<String> errors = compiled.problems().stream()
                .filter(problem -> problem.severity() == QuotaProblem.Severity.ERROR)
                .map(QuotaProblem::toString)
                .toList();
        if (!errors.isEmpty()) {
            throw new CroisException("Workflow `" + compiled.workflow().name() + "` cannot be deployed.\n  "
                    + String.join("\n  ", errors));
        }
    }

    private Map<ItemKey, Object> specs(CompiledWorkflow compiled) {
        String project = account.project().name();
        String workflow = compiled.workflow().name();
        Map<ItemKey, Object> items = new LinkedHashMap<>();
        for (StepSpec spec : compiled.steps()) {
            items.put(ItemKey.spec(project, workflow, spec.digest()), deployed(spec));
        }
        for (ForEachSpec spec : compiled.forEachSpecs()) {
            items.put(ItemKey.spec(project, workflow, spec.digest()), spec);
        }
        return items;
    }

    private DeployedStep deployed(StepSpec spec) {
        boolean fargate = spec.backend() != Backend.BATCH;
        boolean batch = spec.backend() != Backend.FARGATE;
        return new DeployedStep(
                spec,
                fargate ? definitions.taskDefinition(spec.image()) : null,
                batch ? definitions.jobDefinition(spec.image()) : null,
                account.project().kmsKey());
    }
}
