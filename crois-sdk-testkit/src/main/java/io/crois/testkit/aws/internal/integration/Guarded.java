package io.crois.testkit.aws.internal.integration;

import io.crois.testkit.engine.TaskCompletion;
import io.crois.testkit.engine.TaskIntegration.Cancellation;
import io.crois.testkit.engine.TaskRequest;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;

/** Turns what a call throws into the failure of its task. */
final class Guarded {

    private Guarded() {}

    static Cancellation start(
            TaskRequest request, TaskCompletion completion, ErrorNames names, Supplier<Cancellation> work) {
        try {
            return work.get();
        } catch (ArgumentsRefused e) {
            completion.failed(
                    "States.Runtime",
                    "The Parameters '" + request.arguments() + "' could not be used to start the Task: ["
                            + e.getMessage() + "]");
        } catch (AwsServiceException e) {
            completion.failed(names.error(e), names.cause(e));
        } catch (SdkClientException e) {
            completion.failed(names.clientError(), e.getMessage());
        } catch (UnsupportedOperationException e) {
            completion.failed("States.TaskFailed", "`" + request.resource().arn() + "` failed: " + e.getMessage());
        }
        return Cancellation.NONE;
    }
}
