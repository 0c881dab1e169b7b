package io.crois.testkit.aws.internal.integration;

import io.crois.testkit.aws.internal.lambda.FunctionHost;
import io.crois.testkit.engine.TaskIntegration;
import io.crois.testkit.engine.TaskIntegrations;
import io.crois.testkit.engine.TaskResource;
import io.crois.testkit.engine.TaskResource.Kind;
import io.crois.testkit.engine.TaskResource.WaitPattern;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.batch.BatchClient;
import software.amazon.awssdk.services.batch.model.JobDetail;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * What Task states reach: {@code lambda:invoke} and functions by their ARN, {@code ecs:runTask},
 * {@code batch:submitJob}, the items of DynamoDB, {@code events:putEvents}, {@code sqs:sendMessage},
 * {@code sns:publish}, and every operation of the clients through {@code aws-sdk}.
 */
public final class ServiceIntegrations implements TaskIntegrations {

    private static final Set<String> ITEM_ACTIONS = Set.of("getItem", "putItem", "updateItem", "deleteItem");

    private final Map<String, TaskIntegration> optimized;
    private final Map<String, SdkService> services;

    private ServiceIntegrations(Builder builder) {
        this.optimized = Map.copyOf(builder.optimized);
        this.services = Map.copyOf(builder.services);
    }

    /** Returns a builder of integrations that reach nothing. */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public Optional<TaskIntegration> find(TaskResource resource) {
        if (resource.kind() == Kind.FUNCTION) {
            return Optional.ofNullable(optimized.get("lambda:invoke"));
        }
        if (resource.service().startsWith("aws-sdk:")) {
            SdkService service = services.get(resource.service().substring("aws-sdk:".length()));
            return service == null || isSync(resource) ? Optional.empty() : service.find(resource.action());
        }
        String name = resource.service() + ":" + resource.action();
        return Optional.ofNullable(
                optimized.get(isSync(resource) ? name + resource.pattern().suffix() : name));
    }

    private static boolean isSync(TaskResource resource) {
        return resource.pattern() == WaitPattern.SYNC || resource.pattern() == WaitPattern.SYNC_2;
    }

    /** Collects what Task states reach. Not safe for use by several threads. */
    public static final class Builder {

        private final Map<String, TaskIntegration> optimized = new HashMap<>();
        private final Map<String, SdkService> services = new HashMap<>();

        private Builder() {}

        /** Reaches functions. */
        public Builder functions(FunctionHost host) {
            optimized.put("lambda:invoke", new LambdaFunctions(host));
            return this;
        }

        /** Reaches tasks of ECS, and everything of its client through {@code aws-sdk:ecs}. */
        public Builder ecs(EcsClient client, Endings<Task> endings) {
            EcsTasks tasks = new EcsTasks(client, endings);
            optimized.put("ecs:runTask", tasks);
            optimized.put("ecs:runTask.sync", tasks);
            return sdk("ecs", EcsClient.class, client);
        }

        /** Reaches jobs of Batch, and everything of its client through {@code aws-sdk:batch}. */
        public Builder batch(BatchClient client, Endings<JobDetail> endings) {
            BatchJobs jobs = new BatchJobs(client, endings);
            optimized.put("batch:submitJob", jobs);
            optimized.put("batch:submitJob.sync", jobs);
            return sdk("batch", BatchClient.class, client);
        }

        /** Reaches items of DynamoDB, and everything of its client through {@code aws-sdk:dynamodb}. */
        public Builder dynamoDb(DynamoDbClient client) {
            for (String action : ITEM_ACTIONS) {
                optimized(DynamoDbClient.class, client, "dynamodb", action, ErrorNames.DYNAMO_DB);
            }
            return sdk("dynamodb", DynamoDbClient.class, client);
        }

        /** Reaches event buses, and everything of their client through {@code aws-sdk:eventbridge}. */
        public Builder eventBridge(EventBridgeClient client) {
            optimized.put("events:putEvents", new PutEvents(client));
            return sdk("eventbridge", EventBridgeClient.class, client);
        }

        /** Reaches queues, and everything of their client through {@code aws-sdk:sqs}. */
        public Builder sqs(SqsClient client) {
            optimized.put(
                    "sqs:sendMessage",
                    new SentMessage(operation(SqsClient.class, client, "sendMessage"), "MessageBody", ErrorNames.SQS));
            return sdk("sqs", SqsClient.class, client);
        }

        /** Reaches topics, and everything of their client through {@code aws-sdk:sns}. */
        public Builder sns(SnsClient client) {
            optimized.put(
                    "sns:publish",
                    new SentMessage(operation(SnsClient.class, client, "publish"), "Message", ErrorNames.SNS));
            return sdk("sns", SnsClient.class, client);
        }

        /** Reaches objects of Amazon S3 through {@code aws-sdk:s3}. */
        public Builder s3(S3Client client) {
            S3Operations streams = new S3Operations(client);
            SdkService service = SdkService.of(S3Client.class, client);
            services.put(
                    "s3",
                    action -> streams.find(action)
                            .<TaskIntegration>map(operation -> new ApiCall(operation, ErrorNames.ofSdk(S3Client.class)))
                            .or(() -> service.find(action)));
            return this;
        }

        /**
         * Reaches every operation of a client.
         *
         * @param service the service's name in resources, such as {@code secretsmanager}
         */
        public <C> Builder sdk(String service, Class<C> type, C client) {
            services.put(service.toLowerCase(Locale.ROOT), SdkService.of(type, client));
            return this;
        }

        private <C> void optimized(Class<C> type, C client, String service, String action, ErrorNames names) {
            Operation operation = operation(type, client, action);
            optimized.put(
                    service + ":" + action,
                    new ApiCall(arguments -> SdkMetadata.add(operation.call(arguments), "in-memory", 200), names));
        }

        private static <C> Operation operation(Class<C> type, C client, String action) {
            return SdkOperation.find(type, client, action, SdkJson.optimized())
                    .orElseThrow(() -> new IllegalStateException("No operation `" + action + "` in " + type + "."));
        }

        /** Returns the integrations. */
        public ServiceIntegrations build() {
            return new ServiceIntegrations(this);
        }
    }
}
