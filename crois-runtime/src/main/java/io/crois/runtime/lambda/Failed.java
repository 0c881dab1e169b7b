package io.crois.runtime.lambda;

import io.crois.contract.TaskReport;
import io.crois.workflow.FailureClass;
import org.jspecify.annotations.Nullable;

/**
 * Why an attempt failed.
 *
 * @param exitCode of the container, {@code null} where it never ran or is not known
 * @param message a sentence for the author, without data
 */
record Failed(FailureClass failureClass, @Nullable Integer exitCode, String message) {

    /** Returns this failure as it stands in step items. */
    TaskReport.Failure failure() {
        return new TaskReport.Failure(failureClass, message);
    }
}
