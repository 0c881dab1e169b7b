package io.crois.execution;

import io.crois.contract.ExecutionItem;
import io.crois.contract.ExecutionStatus;
import io.crois.contract.Json;
import io.crois.workflow.CroisException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.ExecutionNotRedrivableException;
import software.amazon.awssdk.services.sfn.model.IncludedData;

/** Lets Step Functions go on with an execution that did not succeed. */
final class Redrive {
    private static final Duration POSSIBLE_FOR = Duration.ofDays(14);

    private final Account account;
    private final AwsCalls calls;

    Redrive(Account account, AwsCalls calls) {
        this.account = account;
        this.calls = calls;
    }

    void redrive(ExecutionItem item) {
        refuse(item);
        SfnClient sfn = account.clients().sfn();
        try {
            int earlier = redrives(item);
            String token = Json.digest(item.arn() + "#" + earlier);
            calls.starting(() -> sfn.redriveExecution(
                    request -> request.executionArn(item.arn()).clientToken(token)));
            ExecutionItem again = item.moved(ExecutionStatus.RUNNING, earlier + 1, null, null, null);
            calls.again(() -> account.table().note(again, account.clock().instant()));
        } catch (ExecutionNotRedrivableException e) {
            throw refused(item, "Step Functions says: " + e.awsErrorDetails().errorMessage(), e);
        } catch (ExecutionDoesNotExistException e) {
            throw refused(item, "Step Functions does not know it any more", e);
        }
    }

    private int redrives(ExecutionItem item) {
        Integer count = calls.again(() -> account.clients()
                        .sfn()
                        .describeExecution(
                                request -> request.executionArn(item.arn()).includedData(IncludedData.METADATA_ONLY)))
                .redriveCount();
        return Math.max(item.redriveCount(), count == null ? 0 : count);
    }

    private void refuse(ExecutionItem item) {
        Instant end = item.endedAt();
        if (!item.status().ended() || item.status() == ExecutionStatus.SUCCEEDED) {
            throw new CroisException("Execution `" + item.execution() + "` is " + item.status()
                    + ", but only one that failed, timed out or was stopped can be redriven."
                    + (item.status().ended() ? " Submit another one." : " Wait for its end, or stop it."));
        }
        if (Submission.NOT_STARTED.equals(item.error())) {
            throw refused(item, "Step Functions never started it", null);
        }
        if (end != null && end.plus(POSSIBLE_FOR).isBefore(account.clock().instant())) {
            throw refused(item, "it ended at " + end + ", more than 14 days ago", null);
        }
    }

    private static CroisException refused(ExecutionItem item, String reason, @Nullable Throwable cause) {
        String message = "Execution `" + item.execution() + "` cannot be redriven: " + reason
                + ". Resume it instead: a new execution that reuses its finished steps.";
        CroisException refusal = new CroisException(message);
        if (cause != null) {
            refusal.initCause(cause);
        }
        return refusal;
    }
}
