package io.crois.testkit.container;

import com.amazonaws.services.dynamodbv2.local.server.DynamoDBProxyServer;
import com.amazonaws.services.dynamodbv2.local.server.LocalDynamoDBRequestHandler;
import com.amazonaws.services.dynamodbv2.local.server.LocalDynamoDBServerHandler;
import io.crois.contract.PlatformSettings;
import io.crois.table.CroisTable;
import io.crois.testkit.moto.MotoServer;
import java.net.URI;
import java.util.Map;
import org.eclipse.jetty.server.ServerConnector;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** What an agent in a container calls: S3Proxy, DynamoDB Local, and Secrets Manager by moto, all on the loopback. */
final class ContainerServices implements AutoCloseable {
    private static final String LOOPBACK = "http://127.0.0.1:";

    private final S3Proxy s3Server;
    private final DynamoDBProxyServer dynamoDbServer;
    private final MotoServer moto;
    private final SdkHttpClient http =
            ApacheHttpClient.builder().expectContinueEnabled(false).build();
    private final int dynamoDbPort;

    final S3Client s3;
    final DynamoDbClient dynamoDb;
    final SecretsManagerClient secrets;

    ContainerServices(MotoServer moto) throws Exception {
        this.moto = moto;
        s3Server = S3Proxy.builder()
                .blobStore(new TransientNio2BlobStore())
                .endpoint(URI.create(LOOPBACK + "0"))
                .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, "identity", "credential")
                .build();
        s3Server.start();
        LocalDynamoDBServerHandler handler =
                new LocalDynamoDBServerHandler(new LocalDynamoDBRequestHandler(0, true, null, true, false), null);
        dynamoDbServer = new DynamoDBProxyServer(0, handler);
        dynamoDbServer.safeStart();
        dynamoDbPort = ((ServerConnector) handler.getServer().getConnectors()[0]).getLocalPort();
        s3 = client(S3Client.builder().forcePathStyle(true), s3Server.getPort());
        dynamoDb = client(DynamoDbClient.builder(), dynamoDbPort);
        secrets = moto.client(SecretsManagerClient.builder());
        s3.createBucket(request -> request.bucket("crois"));
        createTable();
    }

    private <B extends AwsClientBuilder<B, C>, C> C client(B builder, int port) {
        var sync = (software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder<?, ?>) builder;
        var unused = sync.httpClient(http);
        return builder.endpointOverride(URI.create(LOOPBACK + port))
                .region(Region.US_EAST_1)
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create("identity", "credential")))
                .build();
    }

    private void createTable() {
        dynamoDb.createTable(request -> request.tableName("crois")
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(
                        name -> name.attributeName("pk").attributeType("S"),
                        name -> name.attributeName("sk").attributeType("S"))
                .keySchema(
                        key -> key.attributeName("pk").keyType("HASH"),
                        key -> key.attributeName("sk").keyType("RANGE")));
    }

    CroisTable table() {
        return CroisTable.create(dynamoDb, s3, PlatformSettings.defaults(), java.time.Clock.systemUTC());
    }

    /** Returns what tells an agent where these services are; on ECS the platform does. */
    Map<String, String> environment() {
        return Map.of(
                "AWS_REGION",
                "us-east-1",
                "AWS_ACCESS_KEY_ID",
                "identity",
                "AWS_SECRET_ACCESS_KEY",
                "credential",
                "AWS_ENDPOINT_URL_S3",
                LOOPBACK + s3Server.getPort(),
                "AWS_ENDPOINT_URL_DYNAMODB",
                LOOPBACK + dynamoDbPort,
                "AWS_ENDPOINT_URL_SECRETS_MANAGER",
                moto.endpoint().toString());
    }

    @Override
    public void close() throws Exception {
        dynamoDbServer.stop();
        s3Server.stop();
        http.close();
    }
}
