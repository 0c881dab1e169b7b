package io.crois.execution;

import com.fasterxml.jackson.databind.JsonNode;
import io.crois.contract.Deployment;
import io.crois.contract.ExecutionItem;
import io.crois.contract.ExecutionStatus;
import io.crois.contract.FeedEvent;
import io.crois.contract.ItemKey;
import io.crois.contract.Json;
import io.crois.contract.Run;
import io.crois.contract.SubmitTerms;
import io.crois.table.CroisTable;
import io.crois.workflow.CroisException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.services.sfn.model.ExecutionAlreadyExistsException;

/**
 * Starts executions.
 *
 * <p>The items of an execution are written before it is started, so that its first step finds them; submitting again
 * under the same name finishes what a killed process left and otherwise changes nothing.
 */
final class Submission {
    static final String NOT_STARTED = ExecutionItem.NOT_STARTED;

    private final Account account;
    private final CroisTable table;
    private final AwsCalls calls;

    Submission(Account account, AwsCalls calls) {
        this.account = account;
        this.table = account.table();
        this.calls = calls;
    }

    /**
     * Submits an execution.
     *
     * @param arguments checked against the workflow
     * @throws CroisException if an execution of that name has another workflow or other arguments
     */
    ExecutionItem submit(Deployment deployment, Map<String, JsonNode> arguments, String name, SubmitTerms terms) {
        Run run = Run.of(account.project().name(), name);
        Instant now = account.clock().instant();
        ExecutionItem item = ExecutionItem.submitted(
                        run.project(),
                        name,
                        deployment.workflow(),
                        arguments,
                        deployment.digest(),
                        MachineArns.execution(deployment.stateMachineArn(), name),
                        now)
                .on(terms);
        FeedEvent event = FeedEvent.ofExecution(
                FeedEvent.Type.EXECUTION_SUBMITTED, now, run, deployment.workflow(), 0, Json.tree(Map.of()));
        ExecutionItem kept = calls.again(() -> table.advance(item, List.of(event))) ? item : earlier(item);
        if (kept.status() == ExecutionStatus.RUNNING) {
            ItemKey listed = ItemKey.executionListed(run.project(), kept.submittedAt(), name);
            calls.again(() -> table.put(listed, name));
            start(deployment, run, kept);
        }
        return kept;
    }

    private ExecutionItem earlier(ExecutionItem item) {
        Run run = Run.of(item.project(), item.execution());
        ExecutionItem earlier = calls.again(() -> table.read(ItemKey.execution(run), ExecutionItem.class))
                .orElseThrow(() -> new IllegalStateException(
                        "Execution `" + item.execution() + "` disappeared while it was submitted."));
        boolean same = earlier.workflow().equals(item.workflow())
                && asRead(earlier.arguments()).equals(asRead(item.arguments()))
                && earlier.otherwise().equals(item.otherwise());
        if (!same) {
            throw new CroisException("Execution `" + item.execution() + "` of workflow `" + earlier.workflow()
                    + "` exists already, and it has another workflow or other arguments. Choose another name.");
        }
        return earlier;
    }

    /** Numbers of equal value may have different types before they are written. */
    private static JsonNode asRead(Map<String, JsonNode> arguments) {
        return Json.parse(Json.write(Sealing.comparable(arguments)));
    }

    private void start(Deployment deployment, Run run, ExecutionItem item) {
        try {
            calls.starting(() -> account.clients()
                    .sfn()
                    .startExecution(request -> request.stateMachineArn(deployment.stateMachineArn())
                            .name(item.execution())
                            .input(Json.write(Map.of("run", run)))));
        } catch (ExecutionAlreadyExistsException startedBefore) {
            // An earlier call took effect; the execution of this name is this one.
        } catch (SdkServiceException e) {
            if (e.isThrottlingException() || e.statusCode() >= 500) {
                throw e;
            }
            abandon(item, e);
            throw e;
        }
    }

    /** Closes an execution that Step Functions will never start, so that nobody waits for it. */
    private void abandon(ExecutionItem item, SdkServiceException reason) {
        ExecutionItem failed = item.ended(
                ExecutionStatus.FAILED,
                account.clock().instant(),
                NOT_STARTED,
                "Step Functions refused to start it: " + reason.getMessage());
        calls.again(() -> table.advance(failed, List.of(FeedEvent.ended(failed))));
    }
}
