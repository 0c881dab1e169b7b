package io.crois.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;

import com.amazonaws.services.dynamodbv2.local.embedded.DynamoDBEmbedded;
import com.amazonaws.services.dynamodbv2.local.shared.access.AmazonDynamoDBLocal;
import io.crois.contract.ExecutionItem;
import io.crois.contract.ExecutionStatus;
import io.crois.contract.FeedEvent;
import io.crois.contract.ItemKey;
import io.crois.contract.PlatformSettings;
import io.crois.contract.Run;
import io.crois.contract.StepItem;
import io.crois.contract.StepStatus;
import io.crois.workflow.Backend;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

final class CroisTableTest {
    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");
    private static final Run RUN = Run.of("demo", "run-1");
    private static AmazonDynamoDBLocal server;

    private final Map<String, byte[]> objects = new HashMap<>();
    private DynamoDbClient dynamoDb;
    private CroisTable table;

    @BeforeAll
    static void start() {
        server = DynamoDBEmbedded.create(true);
    }

    @AfterAll
    static void stop() {
        server.shutdown();
    }

    @BeforeEach
    void createTable() {
        dynamoDb = server.dynamoDbClient();
        dynamoDb.listTables().tableNames().forEach(name -> dynamoDb.deleteTable(request -> request.tableName(name)));
        dynamoDb.createTable(request -> request.tableName("crois")
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(text("pk"), text("sk"))
                .keySchema(key("pk", KeyType.HASH), key("sk", KeyType.RANGE)));
        table = at(NOON);
    }

    @Test
    void an_item_is_read_as_it_was_written_and_is_written_once() {
        ItemKey key = ItemKey.artifact(RUN, "", "model");

        assertThat(table.read(key, Run.class)).isEmpty();
        assertThat(table.putIfAbsent(key, RUN)).isTrue();
        assertThat(table.putIfAbsent(key, Run.of("demo", "other"))).isFalse();
        assertThat(table.read(key, Run.class)).contains(RUN);
    }

    @Test
    void a_large_body_goes_to_the_bucket_and_comes_back() {
        Run large = Run.of("demo", "x".repeat(400 * 1024));
        ItemKey key = ItemKey.result(RUN, "", "large");

        table.put(key, large);

        assertThat(objects.keySet())
                .singleElement()
                .asString()
                .matches("crois/_control/demo/run-1/overflow/[0-9a-f]{64}");
        assertThat(table.read(key, Run.class)).contains(large);
    }

    @Test
    void a_status_never_goes_back_whatever_the_order_of_the_writes() {
        List<StepStatus> statuses = List.of(StepStatus.PREPARED, StepStatus.RUNNING, StepStatus.RETRYING);
        Random random = new Random(7);

        for (int round = 0; round < 100; round++) {
            Run run = Run.of("demo", "run-" + round);
            table.advance(step(run, StepStatus.PREPARED, 2), List.of());
            for (int write = 0; write < 5; write++) {
                StepStatus status = statuses.get(random.nextInt(statuses.size()));
                assertThat(table.advance(step(run, status, 1), List.of())).isFalse();
            }

            assertThat(table.read(ItemKey.step(run, "train"), StepItem.class))
                    .contains(step(run, StepStatus.PREPARED, 2));
        }
    }

    @Test
    void a_status_that_is_refused_leaves_no_event() {
        Feed feed = Feed.since(table, "demo", NOON);
        table.advance(step(RUN, StepStatus.SUCCEEDED, 1), List.of(event(FeedEvent.Type.STEP_SUCCEEDED, NOON)));

        boolean late =
                table.advance(step(RUN, StepStatus.RUNNING, 1), List.of(event(FeedEvent.Type.STEP_STARTED, NOON)));

        assertThat(late).isFalse();
        assertThat(feed.poll(NOON)).extracting(FeedEvent::type).containsExactly(FeedEvent.Type.STEP_SUCCEEDED);
    }

    @Test
    void the_feed_gives_each_event_once_also_when_it_is_late_or_repeated() {
        Feed feed = Feed.since(table, "demo", NOON);
        table.append(event(FeedEvent.Type.STEP_PREPARED, NOON));

        assertThat(feed.poll(NOON.plusSeconds(20))).hasSize(1);

        at(NOON.plusSeconds(21)).append(event(FeedEvent.Type.STEP_PREPARED, NOON));
        at(NOON.plusSeconds(6)).append(event(FeedEvent.Type.STEP_STARTED, NOON));
        at(NOON.plusSeconds(22)).append(event(FeedEvent.Type.STEP_SUCCEEDED, NOON));
        assertThat(feed.poll(NOON.plusSeconds(22)))
                .extracting(FeedEvent::type)
                .containsExactly(FeedEvent.Type.STEP_SUCCEEDED);
        assertThat(feed.poll(NOON.plusSeconds(50)))
                .extracting(FeedEvent::type)
                .containsExactly(FeedEvent.Type.STEP_STARTED);
        assertThat(feed.poll(NOON.plusSeconds(80))).isEmpty();
    }

    @Test
    void what_is_known_of_a_step_is_joined_in_any_order_and_told_in_the_order_of_its_way() {
        StepItem ended = StepItem.unknown(RUN, "train", 1)
                .moved(StepStatus.SUCCEEDED, null, NOON.plusSeconds(9))
                .ended(StepStatus.SUCCEEDED, NOON.plusSeconds(60), null, 0);
        StepItem running = StepItem.unknown(RUN, "train", 1).moved(StepStatus.RUNNING, "arn:task", NOON.plusSeconds(5));
        FeedEvent succeeded = event(FeedEvent.Type.STEP_SUCCEEDED, NOON.plusSeconds(60));

        assertThat(table.note(step(RUN, StepStatus.PREPARED, 1), "model-building", List.of()))
                .isTrue();
        assertThat(at(NOON.minusSeconds(3)).note(ended, "model-building", List.of(succeeded)))
                .isTrue();
        assertThat(table.note(running, "model-building", List.of())).isTrue();
        assertThat(table.note(running, "model-building", List.of())).isFalse();
        assertThat(table.note(ended, "model-building", List.of(succeeded))).isFalse();

        assertThat(table.read(ItemKey.step(RUN, "train"), StepItem.class))
                .contains(step(RUN, StepStatus.PREPARED, 1).joined(running).joined(ended));
        assertThat(Feed.since(table, "demo", NOON.minusSeconds(9)).poll(NOON.plusSeconds(60)))
                .extracting(FeedEvent::type)
                .containsExactly(
                        FeedEvent.Type.STEP_PREPARED,
                        FeedEvent.Type.STEP_QUEUED,
                        FeedEvent.Type.STEP_STARTED,
                        FeedEvent.Type.STEP_SUCCEEDED);
    }

    @Test
    void many_writers_at_once_lose_nothing_of_what_each_of_them_knows() throws Exception {
        List<StepItem> known = List.of(
                step(RUN, StepStatus.PREPARED, 1),
                StepItem.unknown(RUN, "train", 1).moved(StepStatus.QUEUED, "arn:task", null),
                StepItem.unknown(RUN, "train", 1).moved(StepStatus.RUNNING, null, NOON.plusSeconds(5)),
                StepItem.unknown(RUN, "train", 1).ended(StepStatus.STOPPED, NOON.plusSeconds(8), null, 3));
        ExecutorService threads = Executors.newFixedThreadPool(8);
        List<Callable<Boolean>> calls = IntStream.range(0, 64)
                .mapToObj(call -> (Callable<Boolean>)
                        () -> table.note(known.get(call % known.size()), "model-building", List.of()))
                .toList();

        for (Future<Boolean> call : threads.invokeAll(calls)) {
            call.get();
        }
        threads.shutdown();

        assertThat(table.read(ItemKey.step(RUN, "train"), StepItem.class))
                .contains(known.stream().reduce(StepItem::joined).orElseThrow());
        assertThat(Feed.since(table, "demo", NOON).poll(NOON.plusSeconds(60)))
                .extracting(FeedEvent::type)
                .contains(FeedEvent.Type.STEP_QUEUED, FeedEvent.Type.STEP_STARTED)
                .doesNotHaveDuplicates();
    }

    @Test
    void an_execution_is_marked_as_open_until_it_has_succeeded() {
        ExecutionItem submitted =
                ExecutionItem.submitted("demo", "run-1", "model-building", Map.of(), null, "arn", NOON);
        table.note(submitted, NOON);
        assertThat(table.entries(ItemKey.openExecutions("demo"), "", Instant.class))
                .extracting(entry -> entry.key().sk())
                .containsExactly("run-1");

        table.note(submitted.ended(ExecutionStatus.SUCCEEDED, NOON.plusSeconds(9), null, null), NOON);
        assertThat(table.entries(ItemKey.openExecutions("demo"), "", Instant.class))
                .isEmpty();

        table.note(submitted.moved(ExecutionStatus.RUNNING, 1, null, null, null), NOON);
        assertThat(table.entries(ItemKey.openExecutions("demo"), "", Instant.class))
                .hasSize(1);
    }

    @Test
    void what_was_told_is_not_told_again_after_a_restart() {
        Feed feed = Feed.since(table, "demo", NOON);
        table.append(event(FeedEvent.Type.STEP_PREPARED, NOON));
        table.append(event(FeedEvent.Type.STEP_QUEUED, NOON));
        Bookmark bookmark = Bookmark.at("demo", NOON);
        List<FeedEntry> read = feed.poll(NOON.plusSeconds(1), 100);
        bookmark.tell(read.get(0));

        Bookmark again = Bookmark.parse(bookmark.text(), "demo");

        assertThat(Feed.since(table, "demo", again.from()).poll(NOON.plusSeconds(2), 100))
                .filteredOn(entry -> !again.isTold(entry))
                .containsExactly(read.get(1));
        assertThatThrownBy(() -> Bookmark.parse(bookmark.text(), "other"))
                .hasMessageContaining("expected one of project `other`");
        assertThatThrownBy(() -> Bookmark.parse("?", "demo")).hasMessageContaining("is not a token");
    }

    @Test
    void many_items_are_read_in_batches() {
        Map<ItemKey, Run> items = new HashMap<>();
        IntStream.range(0, 230)
                .forEach(index -> items.put(ItemKey.item(RUN, "tune", index), Run.of("demo", "x" + index)));
        table.putAll(items);
        List<ItemKey> wanted = new ArrayList<>(items.keySet());
        wanted.add(ItemKey.item(RUN, "tune", 1_000));

        assertThat(table.readAll(wanted, Run.class)).isEqualTo(items);
    }

    @Test
    void the_feed_goes_on_over_midnight() {
        Feed feed = Feed.since(table, "demo", NOON);
        Instant nextDay = NOON.plusSeconds(86_400);
        at(nextDay).append(event(FeedEvent.Type.STEP_STARTED, nextDay));

        assertThat(feed.poll(nextDay.plusSeconds(1))).hasSize(1);
    }

    @Test
    void a_query_gives_all_items_below_a_prefix_over_many_pages() {
        Run padding = Run.of("demo", "x".repeat(200 * 1024));
        for (int index = 0; index < 12; index++) {
            table.put(ItemKey.item(RUN, "tune", index), padding);
        }
        table.put(ItemKey.execution(RUN), RUN);

        assertThat(table.query(ItemKey.partition(RUN), "ITEM#", Run.class))
                .hasSize(12)
                .allMatch(padding::equals);
    }

    private static StepItem step(Run run, StepStatus status, int attempt) {
        return new StepItem(run, "train", status, attempt, Backend.FARGATE, null, null, NOON, null, null, null, null);
    }

    private static FeedEvent event(FeedEvent.Type type, Instant time) {
        return FeedEvent.ofStep(type, time, RUN, "model-building", "train", 1, null);
    }

    private CroisTable at(Instant instant) {
        return CroisTable.create(dynamoDb, bucket(), PlatformSettings.defaults(), Clock.fixed(instant, ZoneOffset.UTC));
    }

    @SuppressWarnings("unchecked")
    private S3Client bucket() {
        S3Client s3 = mock(S3Client.class);
        Mockito.when(s3.putObject(any(Consumer.class), any(RequestBody.class))).thenAnswer(call -> {
            PutObjectRequest.Builder request = PutObjectRequest.builder();
            call.<Consumer<PutObjectRequest.Builder>>getArgument(0).accept(request);
            byte[] bytes = call.<RequestBody>getArgument(1)
                    .contentStreamProvider()
                    .newStream()
                    .readAllBytes();
            objects.put(request.build().bucket() + "/" + request.build().key(), bytes);
            return null;
        });
        Mockito.when(s3.getObjectAsBytes(any(Consumer.class))).thenAnswer(call -> {
            GetObjectRequest.Builder request = GetObjectRequest.builder();
            call.<Consumer<GetObjectRequest.Builder>>getArgument(0).accept(request);
            String key = request.build().bucket() + "/" + request.build().key();
            return ResponseBytes.fromByteArray(GetObjectResponse.builder().build(), objects.get(key));
        });
        return s3;
    }

    private static AttributeDefinition text(String name) {
        return AttributeDefinition.builder()
                .attributeName(name)
                .attributeType(ScalarAttributeType.S)
                .build();
    }

    private static KeySchemaElement key(String name, KeyType type) {
        return KeySchemaElement.builder().attributeName(name).keyType(type).build();
    }
}
