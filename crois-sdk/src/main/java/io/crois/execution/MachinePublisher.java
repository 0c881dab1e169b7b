package io.crois.execution;

import io.crois.compile.CompiledWorkflow;
import io.crois.contract.Json;
import io.crois.contract.ProjectNames;
import io.crois.workflow.CroisException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ConflictException;
import software.amazon.awssdk.services.sfn.model.CreateStateMachineRequest;
import software.amazon.awssdk.services.sfn.model.ResourceNotFoundException;
import software.amazon.awssdk.services.sfn.model.RoutingConfigurationListItem;
import software.amazon.awssdk.services.sfn.model.StateMachineAlreadyExistsException;
import software.amazon.awssdk.services.sfn.model.StateMachineDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.StateMachineVersionListItem;

/**
 * Publishes versions of a state machine and moves its alias. A version bears the digest of its deployment as its
 * description, so that one that was published before a deployer was killed is found again. Thread-safe.
 */
final class MachinePublisher {
    /** The alias that schedules and rules start; it follows deployments and rollbacks. */
    static final String ALIAS = "live";

    private static final Logger LOG = LoggerFactory.getLogger(MachinePublisher.class);
    private static final int LONGEST_MACHINE_NAME = 80;
    private static final int DIGEST = 9;

    private final Account account;
    private final SfnClient sfn;
    private final AwsCalls calls;

    MachinePublisher(Account account, AwsCalls calls) {
        this.account = account;
        this.sfn = account.clients().sfn();
        this.calls = calls;
    }

    /** Returns the ARN of a version: an update reaches the machine itself only after seconds, a version at once. */
    String publish(CompiledWorkflow compiled, String digest, Optional<String> knownMachine) {
        if (knownMachine.isPresent()) {
            try {
                return publishedAs(knownMachine.get(), digest)
                        .orElseGet(() -> update(knownMachine.get(), compiled, digest));
            } catch (StateMachineDoesNotExistException deleted) {
                LOG.warn("State machine {} is gone; it is created again.", knownMachine.get());
            }
        }
        return create(compiled, digest);
    }

    private Optional<String> publishedAs(String machine, String digest) {
        return calls
                .again(() -> sfn.listStateMachineVersions(
                        request -> request.stateMachineArn(machine).maxResults(1)))
                .stateMachineVersions()
                .stream()
                .map(StateMachineVersionListItem::stateMachineVersionArn)
                .filter(version -> digest.equals(
                        calls.again(() -> sfn.describeStateMachine(request -> request.stateMachineArn(version)))
                                .description()))
                .findFirst();
    }

    private String create(CompiledWorkflow compiled, String digest) {
        String name = machineName(compiled.workflow().name());
        CreateStateMachineRequest request = machine(compiled, digest);
        try {
            return calls.changing(() -> sfn.createStateMachine(request)).stateMachineVersionArn();
        } catch (StateMachineAlreadyExistsException leftByAnEarlierDeployment) {
            String machine = find(name);
            return publishedAs(machine, digest).orElseGet(() -> update(machine, compiled, digest));
        }
    }

    CreateStateMachineRequest machine(CompiledWorkflow compiled, String digest) {
        MachineSettings machines = account.machines();
        return CreateStateMachineRequest.builder()
                .name(machineName(compiled.workflow().name()))
                .roleArn(account.project().flowRole())
                .definition(compiled.toJson())
                .loggingConfiguration(machines.logging())
                .tracingConfiguration(machines.tracing())
                .encryptionConfiguration(machines.encryption())
                .versionDescription(digest)
                .publish(true)
                .build();
    }

    private String update(String machine, CompiledWorkflow compiled, String digest) {
        MachineSettings machines = account.machines();
        return calls.changing(() -> sfn.updateStateMachine(request -> request.stateMachineArn(machine)
                        .roleArn(account.project().flowRole())
                        .definition(compiled.toJson())
                        .loggingConfiguration(machines.logging())
                        .tracingConfiguration(machines.tracing())
                        .encryptionConfiguration(machines.encryption())
                        .versionDescription(digest)
                        .publish(true)))
                .stateMachineVersionArn();
    }

    private String find(String name) {
        return sfn.listStateMachinesPaginator().stateMachines().stream()
                .filter(machine -> machine.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new CroisException("State machine `" + name
                        + "` exists, but is not among those that ListStateMachines shows. Deploy again in a minute."))
                .stateMachineArn();
    }

    /** Lets the alias name a version. */
    void point(String version) {
        String machine = MachineArns.machine(version);
        RoutingConfigurationListItem route = RoutingConfigurationListItem.builder()
                .stateMachineVersionArn(version)
                .weight(100)
                .build();
        try {
            calls.changing(() -> sfn.updateStateMachineAlias(request ->
                    request.stateMachineAliasArn(machine + ":" + ALIAS).routingConfiguration(route)));
        } catch (ResourceNotFoundException none) {
            createAlias(machine, route);
        }
    }

    private void createAlias(String machine, RoutingConfigurationListItem route) {
        try {
            calls.changing(() ->
                    sfn.createStateMachineAlias(request -> request.name(ALIAS).routingConfiguration(route)));
        } catch (ConflictException createdMeanwhile) {
            calls.changing(() -> sfn.updateStateMachineAlias(request ->
                    request.stateMachineAliasArn(machine + ":" + ALIAS).routingConfiguration(route)));
        }
    }

    String machineName(String workflow) {
        String name =
                account.platform().prefix() + new ProjectNames(account.project().name()).prefix() + "-" + workflow;
        if (name.length() <= LONGEST_MACHINE_NAME) {
            return name;
        }
        return name.substring(0, LONGEST_MACHINE_NAME - DIGEST) + "-"
                + Json.digest(name).substring(0, DIGEST - 1);
    }
}
