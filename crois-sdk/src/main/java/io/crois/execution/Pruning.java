package io.crois.execution;

import io.crois.contract.Deployment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ConflictException;
import software.amazon.awssdk.services.sfn.model.ExecutionListItem;

/** Deletes versions of a state machine that nobody needs any more: Step Functions keeps 1,000 of each. */
final class Pruning {
    private static final Logger LOG = LoggerFactory.getLogger(Pruning.class);
    private static final Duration REDRIVABLE = Duration.ofDays(14);

    private final Account account;
    private final AwsCalls calls;
    private final Deployer deployer;
    private final SfnClient sfn;

    Pruning(Account account, AwsCalls calls, Deployer deployer) {
        this.account = account;
        this.calls = calls;
        this.deployer = deployer;
        this.sfn = account.clients().sfn();
    }

    /** Returns what was deleted, the latest first. */
    List<Deployment> prune(String workflow, int keep) {
        if (keep < 1) {
            throw new IllegalArgumentException("keep must be at least 1, but was " + keep + ".");
        }
        String live =
                deployer.current(workflow).map(Deployment::stateMachineArn).orElse("");
        List<Deployment> pruned = new ArrayList<>();
        deployer.all(workflow).stream()
                .skip(keep)
                .filter(deployment -> !deployment.stateMachineArn().equals(live))
                .filter(deployment -> !isNeeded(deployment))
                .filter(this::remove)
                .forEach(pruned::add);
        return List.copyOf(pruned);
    }

    /** Executions that run, and those that could be redriven, are of their version. */
    private boolean isNeeded(Deployment deployment) {
        Instant oldest = account.clock().instant().minus(REDRIVABLE);
        return calls.again(
                () -> sfn
                        .listExecutionsPaginator(request -> request.stateMachineArn(deployment.stateMachineArn()))
                        .executions()
                        .stream()
                        .anyMatch(execution -> isNeeded(execution, oldest)));
    }

    private static boolean isNeeded(ExecutionListItem execution, Instant oldest) {
        return execution.stopDate() == null
                || !execution.statusAsString().equals("SUCCEEDED")
                        && execution.stopDate().isAfter(oldest);
    }

    /** The item goes first, so that nobody finds a version that is gone; who deploys it again publishes it anew. */
    private boolean remove(Deployment deployment) {
        deployer.forget(deployment);
        try {
            calls.changing(() -> sfn.deleteStateMachineVersion(
                    request -> request.stateMachineVersionArn(deployment.stateMachineArn())));
            LOG.info("Version {} of workflow {} is deleted.", deployment.version(), deployment.workflow());
            return true;
        } catch (ConflictException namedMeanwhile) {
            deployer.remember(deployment);
            return false;
        }
    }
}
