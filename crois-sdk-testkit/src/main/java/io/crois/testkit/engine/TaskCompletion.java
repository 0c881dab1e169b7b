package io.crois.testkit.engine;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** How a task tells its progress and its end. Only the first end counts. Must be called on the event loop. */
public interface TaskCompletion {

    /**
     * The service has accepted the request; becomes {@code TaskSubmitted}. For {@code .sync} and
     * {@code .waitForTaskToken} it comes before the end (with a task token the end comes from elsewhere).
     *
     * @param output the API's answer, with the field names of Step Functions (PascalCase)
     */
    void submitted(JsonNode output);

    /** The task ended well; becomes {@code TaskSucceeded}, or {@code LambdaFunctionSucceeded}. */
    void succeeded(JsonNode output);

    /**
     * The task failed; becomes {@code TaskFailed}, or {@code LambdaFunctionFailed}.
     *
     * @param error such as {@code States.TaskFailed} or {@code Lambda.ServiceException}
     * @param cause readable text or JSON text; {@code null} when there is none
     */
    void failed(String error, @Nullable String cause);
}
