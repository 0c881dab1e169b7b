package io.crois.execution;

import io.crois.contract.StartCause;
import io.crois.contract.StartRule;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Finds what would keep a trigger from ever starting anything, or from ever ending. */
final class TriggerCheck {
    private static final Logger LOG = LoggerFactory.getLogger(TriggerCheck.class);
    private static final int NOT_FOUND = 404;

    private final Account account;
    private final AwsCalls calls;
    private final Deployer deployer;
    private final StartRules rules;

    TriggerCheck(Account account, AwsCalls calls, Deployer deployer, StartRules rules) {
        this.account = account;
        this.calls = calls;
        this.deployer = deployer;
        this.rules = rules;
    }

    /** Adds every problem. */
    void check(String workflow, String name, StartCause cause, List<String> problems) {
        if (cause instanceof StartCause.ObjectCreated object) {
            checkBucket(object.bucket(), problems);
        } else if (cause instanceof StartCause.ExecutionEnded ended) {
            checkAfter(workflow, name, ended, problems);
        }
    }

    private void checkBucket(String bucket, List<String> problems) {
        if (bucket.equals(account.platform().bucket())) {
            problems.add(
                    "bucket `" + bucket + "` is the platform's own, where every execution writes, so that one would"
                            + " start the next for ever. Take another bucket.");
            return;
        }
        try {
            boolean tells = calls.again(() -> account.clients()
                                    .s3()
                                    .getBucketNotificationConfiguration(request -> request.bucket(bucket)))
                            .eventBridgeConfiguration()
                    != null;
            if (!tells) {
                problems.add(
                        "bucket `" + bucket + "` sends no events to EventBridge. Turn that on in its properties, or"
                                + " with PutBucketNotificationConfiguration and an EventBridgeConfiguration.");
            }
        } catch (S3Exception e) {
            if (e.statusCode() == NOT_FOUND) {
                problems.add("bucket `" + bucket + "` does not exist in this account and Region. Correct its name.");
            } else {
                LOG.debug("Whether bucket {} tells EventBridge is not known: {}", bucket, e.getMessage());
            }
        }
    }

    private void checkAfter(String workflow, String name, StartCause.ExecutionEnded ended, List<String> problems) {
        if (ended.statuses().stream().anyMatch(status -> !status.ended())) {
            problems.add("it waits for the statuses " + ended.statuses()
                    + ", but an execution ends with SUCCEEDED, FAILED, TIMED_OUT or ABORTED alone.");
        }
        List<StartRule> others =
                rules.all().stream().filter(rule -> !rule.name().equals(name)).toList();
        List<String> ring = StartLoops.ring(workflow, ended.workflow(), others);
        if (!ring.isEmpty()) {
            problems.add("it closes a ring of workflows that start one another for ever: " + String.join(" → ", ring)
                    + ". Start one of them otherwise.");
        } else if (deployer.current(ended.workflow()).isEmpty()) {
            problems.add("workflow `" + ended.workflow()
                    + "` is not deployed, so that nothing tells of its executions. Deploy it first.");
        }
    }
}
