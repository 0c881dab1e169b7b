package io.crois.testkit.aws;

import com.amazonaws.services.dynamodbv2.local.embedded.DynamoDBEmbedded;
import com.amazonaws.services.dynamodbv2.local.shared.access.AmazonDynamoDBLocal;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Holds the contract to the real thing, so that the fake is not held to a dream. */
final class DynamoDbLocalTest extends DynamoDbContract {

    private static AmazonDynamoDBLocal local;

    @BeforeAll
    static void start() {
        local = DynamoDBEmbedded.create(true);
    }

    @AfterAll
    static void stop() {
        local.shutdownNow();
    }

    @Override
    DynamoDbClient client() {
        return local.dynamoDbClient();
    }
}
