package io.crois.testkit.aws;

import io.crois.testkit.aws.internal.dynamodb.TableStore;
import java.time.Clock;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

final class InMemoryDynamoDbTest extends DynamoDbContract {

    @Override
    DynamoDbClient client() {
        TableStore store = TableStore.inMemory();
        return new InMemoryDynamoDb(
                store, new DynamoDbTables(store, Clock.systemUTC(), "arn:aws:dynamodb:us-east-1:111111111111:table/"));
    }
}
