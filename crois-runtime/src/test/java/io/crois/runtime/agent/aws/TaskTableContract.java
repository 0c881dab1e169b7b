package io.crois.runtime.agent.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.dynamodbv2.local.main.ServerRunner;
import com.amazonaws.services.dynamodbv2.local.server.DynamoDBProxyServer;
import com.fasterxml.jackson.databind.node.TextNode;
import io.crois.contract.FeedEvent;
import io.crois.contract.ItemKey;
import io.crois.contract.PlatformSettings;
import io.crois.contract.Run;
import io.crois.contract.TaskOrder;
import io.crois.contract.TaskReport;
import io.crois.table.CroisTable;
import io.crois.table.Feed;
import io.crois.workflow.FailureClass;
import java.io.IOException;
import java.net.BindException;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;

/** What both ways to the table promise, over the wire: each reads what the SDK wrote, and the SDK what each wrote. */
abstract class TaskTableContract {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC);
    private static final PlatformSettings SETTINGS = PlatformSettings.defaults();

    private static DynamoDBProxyServer server;
    private static LocalS3 s3;
    private static DynamoDbClient dynamoDb;
    private static URI endpoint;

    private final Run run = Run.of("demo", "run-" + UUID.randomUUID());
    private final ItemKey key = ItemKey.report(run, "train", 1);
    private final CroisTable sdk = CroisTable.create(dynamoDb, s3.client(), SETTINGS, CLOCK);

    abstract TaskTable table(CroisTable sdk, URI endpoint, LocalS3 s3, PlatformSettings settings, Clock clock);

    @BeforeAll
    static void start() throws Exception {
        endpoint = startServer();
        s3 = LocalS3.start();
        s3.client().createBucket(request -> request.bucket(SETTINGS.bucket()));
        dynamoDb = DynamoDbClient.builder()
                .endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create(LocalS3.ID, LocalS3.SECRET)))
                .httpClient(UrlConnectionHttpClient.create())
                .build();
        dynamoDb.createTable(request -> request.tableName(SETTINGS.table())
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(attribute("pk"), attribute("sk"))
                .keySchema(keyElement("pk", "HASH"), keyElement("sk", "RANGE")));
    }

    /** The server cannot say which port it chose; a free one may be taken before it listens there, then another is. */
    private static URI startServer() throws Exception {
        while (true) {
            int port = freePort();
            server = ServerRunner.createServerFromCommandLineArgs(
                    new String[] {"-inMemory", "-disableTelemetry", "-port", Integer.toString(port)});
            try {
                server.start();
                return URI.create("http://127.0.0.1:" + port);
            } catch (IOException e) {
                assertThat(e).hasRootCauseInstanceOf(BindException.class);
                server.stop();
            }
        }
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static AttributeDefinition attribute(String name) {
        return AttributeDefinition.builder()
                .attributeName(name)
                .attributeType("S")
                .build();
    }

    private static KeySchemaElement keyElement(String name, String type) {
        return KeySchemaElement.builder().attributeName(name).keyType(type).build();
    }

    @AfterAll
    static void stop() throws Exception {
        dynamoDb.close();
        server.stop();
        s3.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 400_000})
    void an_order_is_read_as_it_was_written_also_a_large_one(int length) {
        TaskOrder order = order("ü".repeat(length));

        sdk.put(key, order);

        assertThat(table().order(key)).contains(order);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 400_000})
    void what_it_writes_others_read_and_writing_it_twice_changes_nothing(int length) {
        TaskReport report = report("日".repeat(length));

        table().report(key, report);
        table().report(key, report);

        assertThat(sdk.read(key, TaskReport.class)).contains(report);
    }

    @Test
    void an_order_that_is_not_there_is_empty() {
        assertThat(table().order(key)).isEmpty();
    }

    @Test
    void an_item_that_is_no_order_is_refused_without_repeating_it() {
        sdk.put(key, report("secret"));

        assertThatThrownBy(() -> table().order(key))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching("(?s).*(TaskOrder|task order).*")
                .hasMessageNotContaining("secret");
    }

    @Test
    void an_event_stands_in_the_feed_and_is_deleted_after_thirty_days() {
        Run project = Run.of("p" + UUID.randomUUID().toString().substring(0, 8), "run-1");
        FeedEvent event = FeedEvent.ofStep(
                FeedEvent.Type.STEP_PROGRESS, CLOCK.instant(), project, "w", "train", 1, TextNode.valueOf("x"));

        table().append(event);

        assertThat(Feed.since(sdk, project.project(), CLOCK.instant()).poll(CLOCK.instant()))
                .containsExactly(event);
        ItemKey feed = ItemKey.feed(event, CLOCK.instant());
        assertThat(dynamoDb.query(request -> request.tableName(SETTINGS.table())
                                .keyConditionExpression("pk = :pk")
                                .expressionAttributeValues(Map.of(":pk", AttributeValue.fromS(feed.pk()))))
                        .items())
                .singleElement()
                .satisfies(item -> assertThat(item.get("ttl").n())
                        .isEqualTo(Long.toString(
                                Instant.parse("2026-02-01T03:04:05Z").getEpochSecond())));
    }

    private TaskOrder order(String text) {
        return new TaskOrder(
                run,
                "w",
                "train",
                1,
                List.of(text),
                Map.of("A", "b"),
                null,
                Map.of("p", TextNode.valueOf(text)),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                60,
                null);
    }

    private TaskReport report(String text) {
        TaskReport.Failure failure = new TaskReport.Failure(FailureClass.EXIT_CODE, text);
        return new TaskReport(run, "train", 1, 1, failure, List.of(), Map.of(), Map.of(), 0, 0, 0, 0);
    }

    private TaskTable table() {
        return table(sdk, endpoint, s3, SETTINGS, CLOCK);
    }
}
