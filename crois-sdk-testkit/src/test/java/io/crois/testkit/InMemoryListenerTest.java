package io.crois.testkit;

import io.crois.testkit.aws.InMemoryAws;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

final class InMemoryListenerTest extends ListenerContract {

    @Override
    DynamoDbClient client() {
        return InMemoryAws.builder().eventLoop(loop).build().dynamoDb();
    }
}
