package io.crois.testkit.aws;

import com.fasterxml.jackson.databind.node.TextNode;
import io.crois.contract.ArtifactProduct;
import io.crois.contract.ItemKey;
import io.crois.contract.OrderLocation;
import io.crois.contract.PlatformSettings;
import io.crois.contract.ResultProduct;
import io.crois.contract.Run;
import io.crois.contract.TaskOrder;
import io.crois.contract.TaskReport;
import io.crois.table.CroisTable;
import io.crois.testkit.aws.internal.dynamodb.TableStore;
import io.crois.testkit.aws.internal.s3.MemoryShelf;
import io.crois.testkit.container.ContainerPlatform;
import io.crois.testkit.time.VirtualEventLoop;
import io.crois.workflow.ArtifactKind;
import java.util.List;
import java.util.Map;
import java.util.Random;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.s3.S3Client;

/** The table, the bucket and the time on which containers live, and orders for them. */
final class Platform {

    static final String REGION = "us-east-1";
    static final String ACCOUNT = "111111111111";
    static final PlatformSettings SETTINGS = PlatformSettings.defaults();

    final VirtualEventLoop loop = VirtualEventLoop.create();
    final TableStore tables = TableStore.inMemory();
    final DynamoDbClient dynamoDb = new InMemoryDynamoDb(
            tables, new DynamoDbTables(tables, loop.clock(), "arn:aws:dynamodb:us-east-1:111111111111:table/"));
    final S3Client s3 = new InMemoryS3(new MemoryShelf(), loop.clock(), REGION);
    final CroisTable table = CroisTable.create(dynamoDb, s3, SETTINGS, loop.clock());
    final ContainerPlatform containers = new ContainerPlatform(
            loop, dynamoDb, s3, InMemorySecretsManager.create(loop.clock(), new Random(7), REGION, ACCOUNT), SETTINGS);

    Platform() {
        s3.createBucket(request -> request.bucket(SETTINGS.bucket()));
        dynamoDb.createTable(request -> request.tableName(SETTINGS.table())
                .billingMode("PAY_PER_REQUEST")
                .attributeDefinitions(
                        attribute -> attribute.attributeName("pk").attributeType("S"),
                        attribute -> attribute.attributeName("sk").attributeType("S"))
                .keySchema(
                        key -> key.attributeName("pk").keyType(KeyType.HASH),
                        key -> key.attributeName("sk").keyType(KeyType.RANGE)));
    }

    /** Writes an order that declares nothing, and returns the value of {@code CROIS_ORDER}. */
    String order(String scope, String step, int attempt, String... command) {
        return order(scope, step, attempt, List.of(), List.of(), 86_400, command);
    }

    String order(
            String scope,
            String step,
            int attempt,
            List<ArtifactProduct> artifacts,
            List<ResultProduct> results,
            long runBudget,
            String... command) {
        Run run = new Run("demo", "run-1", scope);
        List<TaskOrder.Output> outputs = artifacts.stream()
                .map(artifact -> new TaskOrder.Output(
                        artifact.artifact(),
                        artifact.kind(),
                        artifact.optional(),
                        SETTINGS.bucket(),
                        "demo/run-1/" + scope + step + "/" + attempt + "/" + artifact.artifact()
                                + (artifact.kind() == ArtifactKind.FOLDER ? "/" : "")))
                .toList();
        TaskOrder order = new TaskOrder(
                run,
                "story",
                step,
                attempt,
                List.of(command),
                Map.of(),
                null,
                Map.of("greeting", TextNode.valueOf("hello")),
                List.of(),
                outputs,
                results,
                List.of(),
                runBudget,
                null);
        ItemKey key = ItemKey.order(run, step, attempt);
        table.put(key, order);
        return new OrderLocation(SETTINGS.table(), key).text();
    }

    TaskReport report(String scope, String step, int attempt) {
        return table.read(ItemKey.report(new Run("demo", "run-1", scope), step, attempt), TaskReport.class)
                .orElseThrow();
    }

    boolean hasReport(String scope, String step, int attempt) {
        return table.read(ItemKey.report(new Run("demo", "run-1", scope), step, attempt), TaskReport.class)
                .isPresent();
    }
}
