package io.crois.runtime.lambda;

import static org.mockito.Mockito.mock;

import com.amazonaws.services.dynamodbv2.local.embedded.DynamoDBEmbedded;
import com.amazonaws.services.dynamodbv2.local.shared.access.AmazonDynamoDBLocal;
import io.crois.contract.FeedEvent;
import io.crois.contract.PlatformSettings;
import io.crois.table.CroisTable;
import io.crois.table.Feed;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.s3.S3Client;

/** The table in DynamoDB local, at noon. */
final class LocalTable implements AutoCloseable {
    static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");
    static final Clock CLOCK = Clock.fixed(NOON, ZoneOffset.UTC);

    private final AmazonDynamoDBLocal server = DynamoDBEmbedded.create(true);
    final CroisTable table;

    LocalTable() {
        DynamoDbClient client = server.dynamoDbClient();
        client.createTable(create -> create.tableName("crois")
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(attribute("pk"), attribute("sk"))
                .keySchema(key("pk", "HASH"), key("sk", "RANGE")));
        table = CroisTable.create(client, mock(S3Client.class), PlatformSettings.defaults(), CLOCK);
    }

    /** Returns all events of project {@code demo}. */
    List<FeedEvent> events() {
        return Feed.since(table, "demo", NOON).poll(NOON.plusSeconds(1));
    }

    @Override
    public void close() {
        server.shutdown();
    }

    private static AttributeDefinition attribute(String name) {
        return AttributeDefinition.builder()
                .attributeName(name)
                .attributeType("S")
                .build();
    }

    private static KeySchemaElement key(String name, String type) {
        return KeySchemaElement.builder().attributeName(name).keyType(type).build();
    }
}
