package io.crois.runtime.lambda;

import io.crois.contract.PlatformSettings;
import io.crois.table.CroisTable;
import java.time.Clock;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;

/** Opens the table that the environment of a Lambda function names; its clients live as long as the function. */
final class LambdaTable {

    private LambdaTable() {}

    static CroisTable create() {
        SdkHttpClient http = UrlConnectionHttpClient.create();
        return CroisTable.create(
                DynamoDbClient.builder().httpClient(http).build(),
                S3Client.builder().httpClient(http).build(),
                PlatformSettings.fromEnvironment(System.getenv()),
                Clock.systemUTC());
    }
}
