package io.crois.runtime.lambda;

import io.crois.contract.PlatformSettings;
import io.crois.table.CroisTable;
import java.time.Clock;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;

/** Opens the table that the environment of a Lambda function names; its clients live as long as the function. */
final class LambdaTable {

    private LambdaTable() {}

    static CroisTable create() {
        CroisTable table = CroisTable.create(
                LambdaClients.create(DynamoDbClient.builder()),
                LambdaClients.onDemand(S3Client::builder),
                PlatformSettings.fromEnvironment(System.getenv()),
                Clock.systemUTC());
        SnapStart.warmUp(table);
        return table;
    }
}
