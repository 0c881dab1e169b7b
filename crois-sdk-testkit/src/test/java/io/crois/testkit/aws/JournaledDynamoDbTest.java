package io.crois.testkit.aws;

import io.crois.testkit.aws.internal.dynamodb.Journal;
import io.crois.testkit.aws.internal.dynamodb.TableStore;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

final class JournaledDynamoDbTest extends DynamoDbContract {

    @TempDir
    private Path folder;

    @Override
    DynamoDbClient client() {
        TableStore store = TableStore.over(Journal.open(folder, "tables"));
        return new InMemoryDynamoDb(
                store, new DynamoDbTables(store, Clock.systemUTC(), "arn:aws:dynamodb:us-east-1:111111111111:table/"));
    }
}
