package io.crois.testkit.aws.internal.integration;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crois.testkit.aws.internal.lambda.FunctionAnswer;
import io.crois.testkit.aws.internal.lambda.FunctionHost;
import io.crois.testkit.engine.TaskCompletion;
import io.crois.testkit.engine.TaskIntegration;
import io.crois.testkit.engine.TaskRequest;
import io.crois.testkit.engine.TaskResource.Kind;
import io.crois.testkit.engine.TaskResource.WaitPattern;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import software.amazon.awssdk.services.lambda.model.InvokeRequest;

/**
 * {@code lambda:invoke}, and functions named by their ARN. A function that fails fails the task: the error is the type
 * of the exception, the cause is what the function's runtime says of it. An invocation goes on when nobody waits for
 * it.
 */
final class LambdaFunctions implements TaskIntegration {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final FunctionHost host;

    LambdaFunctions(FunctionHost host) {
        this.host = host;
    }

    @Override
    public Cancellation start(TaskRequest request, TaskCompletion completion) {
        return Guarded.start(request, completion, ErrorNames.LAMBDA, () -> {
            if (request.resource().kind() == Kind.FUNCTION) {
                host.start(
                        request.resource().arn(),
                        SdkBytes.fromUtf8String(request.arguments().toString()),
                        told(completion, completion::succeeded));
            } else {
                invoke(request, completion);
            }
            return Cancellation.NONE;
        });
    }

    private void invoke(TaskRequest request, TaskCompletion completion) {
        ObjectNode arguments = object(request.arguments());
        JsonNode payload = arguments.remove("Payload");
        InvokeRequest invocation = (InvokeRequest) SdkArguments.read(arguments, InvokeRequest.builder());
        SdkBytes bytes = bytes(payload);
        if (invocation.invocationType() == InvocationType.EVENT) {
            host.queue(invocation.functionName(), bytes);
            completion.succeeded(answer(NullNode.getInstance(), "in-memory", 202));
            return;
        }
        boolean waits = request.resource().pattern() == WaitPattern.WAIT_FOR_TASK_TOKEN;
        host.start(
                invocation.functionName(),
                bytes,
                end -> told(completion, output -> {
                            ObjectNode answer =
                                    answer(output, end.requestId(), 200).put("ExecutedVersion", "$LATEST");
                            if (waits) {
                                completion.submitted(answer);
                            } else {
                                completion.succeeded(answer);
                            }
                        })
                        .accept(end));
    }

    /** A text is the payload as it stands; nothing is sent for {@code null}. */
    private static @Nullable SdkBytes bytes(@Nullable JsonNode payload) {
        if (payload == null || payload.isNull()) {
            return null;
        }
        return SdkBytes.fromUtf8String(payload.isTextual() ? payload.textValue() : payload.toString());
    }

    private static ObjectNode object(JsonNode arguments) {
        return arguments instanceof ObjectNode object ? object.deepCopy() : JsonNodeFactory.instance.objectNode();
    }

    private static ObjectNode answer(JsonNode payload, String requestId, int status) {
        ObjectNode answer = MAPPER.createObjectNode();
        answer.set("Payload", payload);
        return SdkMetadata.add(answer, requestId, status).put("StatusCode", status);
    }

    private static Consumer<FunctionAnswer> told(TaskCompletion completion, Consumer<JsonNode> output) {
        return end -> {
            if (end.errorType() != null) {
                completion.failed(end.errorType(), end.text());
                return;
            }
            JsonNode answer;
            try {
                answer = end.text().isEmpty() ? NullNode.getInstance() : MAPPER.readTree(end.text());
            } catch (JsonProcessingException e) {
                completion.failed(
                        "States.Runtime", "The answer of the function is not JSON: " + e.getOriginalMessage());
                return;
            }
            output.accept(answer);
        };
    }
}
