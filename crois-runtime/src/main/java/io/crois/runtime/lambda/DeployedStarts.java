package io.crois.runtime.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import io.crois.contract.Deployment;
import io.crois.contract.ExecutionItem;
import io.crois.contract.ExecutionStatus;
import io.crois.contract.FeedEvent;
import io.crois.contract.ItemKey;
import io.crois.contract.Run;
import io.crois.contract.SubmitTerms;
import io.crois.table.CroisTable;
import io.crois.wire.Records;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionAlreadyExistsException;

/** Starts executions of what is deployed, with their items. To start one again under the same name starts nothing. */
final class DeployedStarts {
    private static final Logger LOG = LoggerFactory.getLogger(DeployedStarts.class);

    private final CroisTable table;
    private final Supplier<SfnClient> sfn;
    private final Clock clock;

    DeployedStarts(CroisTable table, Supplier<SfnClient> sfn, Clock clock) {
        this.table = table;
        this.sfn = sfn;
        this.clock = clock;
    }

    /** Returns the version of a workflow that schedules and rules start. */
    Optional<Deployment> deployed(String project, String workflow) {
        return table.read(ItemKey.deployment(project, workflow), Deployment.class);
    }

    /**
     * Starts an execution, which does otherwise what the terms say. What Step Functions refuses for good has failed, as
     * its item says.
     *
     * @throws SdkServiceException if Step Functions can not take it at present
     */
    void start(Deployment deployment, Run run, Map<String, JsonNode> arguments, SubmitTerms terms) {
        Instant now = clock.instant();
        ExecutionItem item = ExecutionItem.submitted(
                        run.project(),
                        run.execution(),
                        deployment.workflow(),
                        arguments,
                        deployment.digest(),
                        arn(deployment.stateMachineArn(), run.execution()),
                        now)
                .on(terms);
        FeedEvent event = FeedEvent.ofExecution(
                FeedEvent.Type.EXECUTION_SUBMITTED, now, run, deployment.workflow(), 0, Records.tree(Map.of()));
        ExecutionItem kept = table.advance(item, List.of(event))
                ? item
                : table.read(ItemKey.execution(run), ExecutionItem.class).orElse(item);
        if (kept.status() == ExecutionStatus.RUNNING) {
            table.put(ItemKey.executionListed(run.project(), kept.submittedAt(), run.execution()), run.execution());
            start(deployment, run, kept);
        }
    }

    private void start(Deployment deployment, Run run, ExecutionItem item) {
        try {
            sfn.get()
                    .startExecution(request -> request.stateMachineArn(deployment.stateMachineArn())
                            .name(run.execution())
                            .input(Records.write(Map.of("run", run))));
            LOG.info("Execution {} of project {} is started.", run.execution(), run.project());
        } catch (ExecutionAlreadyExistsException startedBefore) {
            LOG.debug("Execution {} was started before.", run.execution());
        } catch (SdkServiceException e) {
            if (e.isThrottlingException() || e.statusCode() >= 500) {
                throw e;
            }
            LOG.warn("Execution {} of project {} is not started: {}", run.execution(), run.project(), e.getMessage());
            ExecutionItem failed = item.ended(
                    ExecutionStatus.FAILED,
                    clock.instant(),
                    ExecutionItem.NOT_STARTED,
                    "Step Functions refused to start it: " + e.getMessage());
            table.advance(failed, List.of(FeedEvent.ended(failed)));
        }
    }

    private static String arn(String version, String execution) {
        String machine = version.substring(0, version.lastIndexOf(':'));
        return machine.replace(":stateMachine:", ":execution:") + ":" + execution;
    }
}
