package io.crois.testkit.policy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crois.project.ProjectClients;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** Every policy that goes through clients, whatever the call and the member that carries it. */
final class RecordedPolicies {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Map<String, String> documents = new LinkedHashMap<>();

    /** Returns the documents, by the calls that carried them. */
    Map<String, String> documents() {
        return documents;
    }

    /** Returns the document that a call carried. */
    String of(String operation) {
        return documents.entrySet().stream()
                .filter(document -> document.getKey().startsWith(operation))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow();
    }

    /** Returns the same clients, watched. */
    ProjectClients watching(ProjectClients real) {
        return new ProjectClients(
                watched(IamClient.class, real.iam()),
                watched(KmsClient.class, real.kms()),
                watched(SecretsManagerClient.class, real.secretsManager()),
                watched(S3Client.class, real.s3()),
                real.sfn(),
                real.eventBridge(),
                real.scheduler(),
                real.ecs(),
                real.batch(),
                real.dynamoDb());
    }

    private <C> C watched(Class<C> type, C client) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    if (method.isDefault() && !(arguments[0] instanceof AwsRequest)) {
                        return java.lang.reflect.InvocationHandler.invokeDefault(proxy, method, arguments);
                    }
                    if (arguments != null && arguments.length > 0 && arguments[0] instanceof AwsRequest request) {
                        record(request);
                    }
                    try {
                        return method.invoke(client, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }

    private void record(AwsRequest request) {
        for (SdkField<?> field : request.sdkFields()) {
            Object value = field.getValueOrDefault(request);
            if (value instanceof String text && isPolicy(text)) {
                documents.put(
                        request.getClass().getSimpleName() + "/" + field.memberName() + "/" + documents.size(), text);
            }
        }
    }

    private static boolean isPolicy(String text) {
        if (!text.startsWith("{")) {
            return false;
        }
        try {
            JsonNode json = MAPPER.readTree(text);
            return json.has("Statement");
        } catch (JsonProcessingException none) {
            return false;
        }
    }
}
