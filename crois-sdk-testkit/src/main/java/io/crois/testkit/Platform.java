package io.crois.testkit;

import io.crois.contract.PlatformSettings;
import io.crois.contract.ProjectNames;
import io.crois.contract.SecretUse;
import io.crois.execution.AwsClients;
import io.crois.execution.ProjectSettings;
import io.crois.runtime.lambda.PrepareFunction;
import io.crois.runtime.lambda.ReconcileFunction;
import io.crois.runtime.lambda.RouteFunction;
import io.crois.runtime.lambda.StartFunction;
import io.crois.runtime.lambda.StatusFunction;
import io.crois.runtime.lambda.StoreFunction;
import io.crois.table.CroisTable;
import io.crois.testkit.aws.InMemoryAws;
import java.time.Clock;
import java.util.List;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.kms.model.NotFoundException;

/** Puts into an account in memory what Crois needs there: table, bucket, cluster, queues, functions, event rule. */
final class Platform {
    private static final String RULE = "crois-status";
    private static final String EVENTS = "{\"source\": [\"aws.ecs\", \"aws.batch\", \"aws.states\"]}";

    private final InMemoryAws aws;
    private final PlatformSettings settings = PlatformSettings.defaults();

    private Platform(InMemoryAws aws) {
        this.aws = aws;
    }

    /** Installs the platform; what a store holds already stays. */
    static void install(InMemoryAws aws) {
        Platform platform = new Platform(aws);
        platform.createTable();
        platform.createBucket();
        platform.createMachines();
        platform.createFunctions();
    }

    static CroisTable table(InMemoryAws aws) {
        return CroisTable.create(
                aws.dynamoDb(),
                aws.s3(),
                PlatformSettings.defaults(),
                aws.eventLoop().clock());
    }

    static AwsClients clients(InMemoryAws aws) {
        return new AwsClients(
                aws.sfn(),
                aws.dynamoDb(),
                aws.s3(),
                aws.ecs(),
                aws.batch(),
                aws.kms(),
                aws.scheduler(),
                aws.eventBridge(),
                aws.logs());
    }

    /**
     * Returns the settings of a project, with a key that lives as long as the account in memory.
     *
     * @param owner who deploys: state machines live as long as their owner, so that another one deploys again
     */
    static ProjectSettings project(InMemoryAws aws, String name, String owner) {
        String role = "arn:aws:iam::111111111111:role/crois-" + name;
        String key = key(aws, new ProjectNames(name).keyAlias());
        return new ProjectSettings(
                name, role + "-flow-" + owner, role + "-task", role + "-execution", "crois/agent:1", key);
    }

    private static String key(InMemoryAws aws, String alias) {
        try {
            return aws.kms()
                    .describeKey(request -> request.keyId(alias))
                    .keyMetadata()
                    .arn();
        } catch (NotFoundException none) {
            String arn = aws.kms().createKey().keyMetadata().arn();
            aws.kms().createAlias(request -> request.aliasName(alias).targetKeyId(arn));
            return arn;
        }
    }

    static void putSecret(InMemoryAws aws, String project, String name, String value) {
        String id = new SecretUse(name, null, name).secretId(project);
        aws.secretsManager().createSecret(request -> request.name(id).secretString(value));
    }

    private void createTable() {
        DynamoDbClient dynamoDb = aws.dynamoDb();
        try {
            dynamoDb.createTable(request -> request.tableName(settings.table())
                    .billingMode("PAY_PER_REQUEST")
                    .attributeDefinitions(
                            attribute -> attribute.attributeName("pk").attributeType("S"),
                            attribute -> attribute.attributeName("sk").attributeType("S"))
                    .keySchema(
                            key -> key.attributeName("pk").keyType(KeyType.HASH),
                            key -> key.attributeName("sk").keyType(KeyType.RANGE)));
        } catch (ResourceInUseException madeByAnEarlierProcess) {
            // The store has it.
        }
    }

    private void createBucket() {
        boolean there = aws.s3().listBuckets().buckets().stream()
                .anyMatch(bucket -> bucket.name().equals(settings.bucket()));
        if (!there) {
            aws.s3().createBucket(request -> request.bucket(settings.bucket()));
        }
    }

    private void createMachines() {
        aws.ecs().createCluster(request -> request.clusterName(settings.cluster()));
        for (String queue : List.of(settings.onDemandQueue(), settings.spotQueue())) {
            aws.batch()
                    .createJobQueue(
                            request -> request.jobQueueName(queue).priority(1).computeEnvironmentOrder(List.of()));
        }
    }

    private void createFunctions() {
        CroisTable table = table(aws);
        Clock clock = aws.eventLoop().clock();
        aws.lambdaFunction("crois-prepare", new PrepareFunction(table, settings, clock));
        aws.lambdaFunction("crois-store", new StoreFunction(table, clock));
        aws.lambdaFunction("crois-route", new RouteFunction(table, settings, aws.sfn(), aws.ecs(), aws.batch(), clock));
        aws.lambdaFunction("crois-status", new StatusFunction(table, aws.sfn(), clock));
        aws.lambdaFunction(
                "crois-reconcile", new ReconcileFunction(table, settings, aws.sfn(), aws.ecs(), aws.batch(), clock));
        aws.lambdaFunction("crois-start", new StartFunction(table, aws.sfn(), clock));
        String status = aws.lambda()
                .getFunction(request -> request.functionName("crois-status"))
                .configuration()
                .functionArn();
        aws.eventBridge().putRule(request -> request.name(RULE).eventPattern(EVENTS));
        aws.eventBridge()
                .putTargets(request ->
                        request.rule(RULE).targets(target -> target.id(RULE).arn(status)));
    }
}
