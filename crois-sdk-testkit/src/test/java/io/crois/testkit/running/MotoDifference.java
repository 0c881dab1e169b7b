package io.crois.testkit.running;

import java.util.function.Predicate;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;

/**
 * In what moto 5 differs from AWS as far as running workflows sees it, and why; each is looked for, so that none
 * outlives. What it lacks is tried in memory alone.
 */
enum MotoDifference {
    VERSIONS_ARE_NOT_LISTED(
            "moto/stepfunctions/responses.py: there is no ListStateMachineVersions; MotoStepFunctions asks for one"
                    + " version after the other",
            account -> fails(
                    () -> account.sfn.listStateMachineVersions(request -> request.stateMachineArn(account.machine)))),
    VERSIONS_ARE_NOT_STARTED(
            "moto/stepfunctions/models.py, StepFunctionBackend.start_execution: what describe_state_machine finds for"
                    + " a version has no start_execution; MotoStepFunctions starts the machine",
            account -> fails(() -> account.sfn.startExecution(
                    request -> request.stateMachineArn(account.machine + ":1").name("version")))),
    VERSIONS_ARE_NOT_DELETED(
            "moto/stepfunctions/responses.py: there is no DeleteStateMachineVersion, so that nothing is pruned",
            account -> fails(() -> account.sfn.deleteStateMachineVersion(
                    request -> request.stateMachineVersionArn(account.machine + ":1")))),
    EXECUTIONS_ARE_NOT_REDRIVEN(
            "moto/stepfunctions/responses.py: there is no RedriveExecution",
            account -> fails(() -> account.sfn.redriveExecution(request -> request.executionArn(account.stopped())))),
    REASONS_ARE_NOT_KEPT(
            "moto/stepfunctions/models.py, Execution.stop: forgets why an execution was stopped",
            account -> account.describe(account.stopped()).cause() == null),
    NOTHING_RUNS(
            "moto/stepfunctions/models.py: a machine goes through its states only where a configuration says so, and"
                    + " then Lambda and Batch need Docker; a test reads what the services were told",
            account ->
                    account.describe(account.started("going")).statusAsString().equals("RUNNING")),
    BUCKETS_DO_NOT_TELL_OF_EVENTS(
            "moto/s3/responses.py, the answer of GetBucketNotificationConfiguration: has no EventBridgeConfiguration,"
                    + " though the bucket's events are sent; MotoBuckets remembers it",
            account -> !account.tellsOfEvents("incoming"));

    private final String reason;
    private final Predicate<Account> difference;

    MotoDifference(String reason, Predicate<Account> difference) {
        this.reason = reason;
        this.difference = difference;
    }

    String reason() {
        return reason;
    }

    /** Looks whether it is there. */
    boolean isThere(Account account) {
        return difference.test(account);
    }

    private static boolean fails(Runnable call) {
        try {
            call.run();
            return false;
        } catch (SdkServiceException e) {
            return true;
        }
    }

    /** An account with a machine that does nothing, in one version. */
    static final class Account {
        private static final String NOTHING =
                "{\"StartAt\":\"Nothing\",\"States\":{\"Nothing\":{\"Type\":\"Succeed\"}}}";

        private final SfnClient sfn;
        private final S3Client s3;
        private final String machine;

        Account(SfnClient sfn, S3Client s3) {
            this.sfn = sfn;
            this.s3 = s3;
            this.machine = sfn.createStateMachine(request -> request.name("nothing")
                            .roleArn("arn:aws:iam::123456789012:role/crois/flow")
                            .definition(NOTHING)
                            .publish(true))
                    .stateMachineArn();
        }

        private String started(String name) {
            return sfn.startExecution(
                            request -> request.stateMachineArn(machine).name(name))
                    .executionArn();
        }

        private String stopped() {
            String execution = started("stopped");
            sfn.stopExecution(
                    request -> request.executionArn(execution).error("Stopped").cause("Wrong data."));
            return execution;
        }

        private DescribeExecutionResponse describe(String execution) {
            return sfn.describeExecution(request -> request.executionArn(execution));
        }

        private boolean tellsOfEvents(String bucket) {
            s3.createBucket(request -> request.bucket(bucket));
            s3.putBucketNotificationConfiguration(request ->
                    request.bucket(bucket).notificationConfiguration(to -> to.eventBridgeConfiguration(all -> {})));
            return s3.getBucketNotificationConfiguration(request -> request.bucket(bucket))
                            .eventBridgeConfiguration()
                    != null;
        }
    }
}
