package io.crois.execution;

import io.crois.compile.CompiledWorkflow;
import io.crois.compile.QuotaProblem;
import io.crois.contract.DeployedStep;
import io.crois.contract.Deployment;
import io.crois.contract.ForEachSpec;
import io.crois.contract.ItemKey;
import io.crois.contract.Json;
import io.crois.contract.ProjectNames;
import io.crois.contract.StepSpec;
import io.crois.table.CroisTable;
import io.crois.workflow.Backend;
import io.crois.workflow.CroisException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.sfn.model.StateMachineAlreadyExistsException;
import software.amazon.awssdk.services.sfn.model.StateMachineDoesNotExistException;

/**
 * Brings a compiled workflow to AWS: container definitions, specs, the state machine, and last the item that says that
 * all of them are there. May be killed anywhere and run again.
 */
final class Deployer {
    private static final Logger LOG = LoggerFactory.getLogger(Deployer.class);
    private static final int LONGEST_MACHINE_NAME = 80;
    private static final int DIGEST = 9;

    private final Account account;
    private final CroisTable table;

    Deployer(Account account) {
        this.account = account;
        this.table = account.table();
    }

    /**
     * Deploys a workflow unless this very version of it is deployed.
     *
     * @throws CroisException if AWS would refuse the workflow; nothing is changed then
     */
    Deployment deploy(CompiledWorkflow compiled) {
        refuseErrors(compiled);
        String workflow = compiled.workflow().name();
        String digest = Json.digest(List.of(compiled.digest(), account.project(), account.platform()));
        ItemKey key = ItemKey.deployment(account.project().name(), workflow);
        Optional<Deployment> known = table.read(key, Deployment.class);
        if (known.isPresent() && known.get().digest().equals(digest)) {
            return known.get();
        }
        table.putAll(specs(compiled));
        String version =
                publish(compiled, known.map(Deployment::stateMachineArn).orElse(null));
        Deployment deployment = new Deployment(
                workflow,
                version,
                digest,
                compiled.toJson(),
                compiled.steps().stream().map(StepSpec::step).toList(),
                account.clock().instant());
        table.put(key, deployment);
        LOG.info("Workflow {} is deployed as {}.", workflow, version);
        return deployment;
    }

    private static void refuseErrors(CompiledWorkflow compiled) {
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
        ContainerDefinitions definitions = new ContainerDefinitions(account);
        String project = account.project().name();
        String workflow = compiled.workflow().name();
        Map<ItemKey, Object> items = new LinkedHashMap<>();
        for (StepSpec spec : compiled.steps()) {
            items.put(ItemKey.spec(project, workflow, spec.digest()), deployed(spec, definitions));
        }
        for (ForEachSpec spec : compiled.forEachSpecs()) {
            items.put(ItemKey.spec(project, workflow, spec.digest()), spec);
        }
        return items;
    }

    private static DeployedStep deployed(StepSpec spec, ContainerDefinitions definitions) {
        boolean fargate = spec.backend() != Backend.BATCH;
        boolean batch = spec.backend() != Backend.FARGATE;
        return new DeployedStep(
                spec,
                fargate ? definitions.taskDefinition(spec.image()) : null,
                batch ? definitions.jobDefinition(spec.image()) : null);
    }

    /** Returns the ARN of a version: an update reaches the machine itself only after seconds, a version at once. */
    private String publish(CompiledWorkflow compiled, @Nullable String known) {
        if (known != null) {
            try {
                return update(MachineArns.machine(known), compiled);
            } catch (StateMachineDoesNotExistException deleted) {
                LOG.warn("State machine {} is gone; it is created again.", MachineArns.machine(known));
            }
        }
        return create(compiled);
    }

    private String create(CompiledWorkflow compiled) {
        try {
            return account.clients()
                    .sfn()
                    .createStateMachine(request -> request.name(machineName(compiled))
                            .roleArn(account.project().flowRole())
                            .definition(compiled.toJson())
                            .publish(true))
                    .stateMachineVersionArn();
        } catch (StateMachineAlreadyExistsException leftByAnEarlierDeployment) {
            return update(find(machineName(compiled)), compiled);
        }
    }

    private String update(String machine, CompiledWorkflow compiled) {
        return account.clients()
                .sfn()
                .updateStateMachine(request -> request.stateMachineArn(machine)
                        .roleArn(account.project().flowRole())
                        .definition(compiled.toJson())
                        .publish(true))
                .stateMachineVersionArn();
    }

    private String find(String name) {
        return account.clients().sfn().listStateMachinesPaginator().stateMachines().stream()
                .filter(machine -> machine.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new CroisException("State machine `" + name
                        + "` exists, but is not among those that ListStateMachines shows. Deploy again in a minute."))
                .stateMachineArn();
    }

    private String machineName(CompiledWorkflow compiled) {
        String name = account.platform().prefix()
                + new ProjectNames(account.project().name()).prefix()
                + "-"
                + compiled.workflow().name();
        if (name.length() <= LONGEST_MACHINE_NAME) {
            return name;
        }
        return name.substring(0, LONGEST_MACHINE_NAME - DIGEST) + "-"
                + Json.digest(name).substring(0, DIGEST - 1);
    }
}
