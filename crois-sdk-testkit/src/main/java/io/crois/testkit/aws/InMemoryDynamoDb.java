package io.crois.testkit.aws;

import io.crois.testkit.aws.internal.dynamodb.Condition;
import io.crois.testkit.aws.internal.dynamodb.DocumentPath;
import io.crois.testkit.aws.internal.dynamodb.Expressions;
import io.crois.testkit.aws.internal.dynamodb.ItemWrite;
import io.crois.testkit.aws.internal.dynamodb.KeyCondition;
import io.crois.testkit.aws.internal.dynamodb.Page;
import io.crois.testkit.aws.internal.dynamodb.Placeholders;
import io.crois.testkit.aws.internal.dynamodb.Projection;
import io.crois.testkit.aws.internal.dynamodb.Refusal;
import io.crois.testkit.aws.internal.dynamodb.Table;
import io.crois.testkit.aws.internal.dynamodb.TableStore;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.CreateTableResponse;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.DeleteTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteTableResponse;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableResponse;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ListTablesRequest;
import software.amazon.awssdk.services.dynamodb.model.ListTablesResponse;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;
import software.amazon.awssdk.services.dynamodb.model.Select;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateTimeToLiveRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateTimeToLiveResponse;

/**
 * Amazon DynamoDB: tables, items, expressions and transactions. Thread-safe.
 *
 * <p>Not in memory: secondary indexes, streams, PartiQL, backups, capacity. A time to live is accepted, and nothing
 * expires, as on AWS within the first days.
 */
final class InMemoryDynamoDb implements DynamoDbClient {

    private final TableStore store;
    private final DynamoDbTables tables;
    private final DynamoDbBatches batches;

    InMemoryDynamoDb(TableStore store, DynamoDbTables tables) {
        this.store = store;
        this.tables = tables;
        this.batches = new DynamoDbBatches(store);
    }

    @Override
    public String serviceName() {
        return "dynamodb";
    }

    @Override
    public void close() {
        // The store outlives its clients.
    }

    @Override
    public CreateTableResponse createTable(CreateTableRequest request) {
        return tables.create(request);
    }

    @Override
    public DescribeTableResponse describeTable(DescribeTableRequest request) {
        return tables.describe(request);
    }

    @Override
    public ListTablesResponse listTables(ListTablesRequest request) {
        return tables.list(request);
    }

    @Override
    public DeleteTableResponse deleteTable(DeleteTableRequest request) {
        return tables.delete(request);
    }

    @Override
    public UpdateTimeToLiveResponse updateTimeToLive(UpdateTimeToLiveRequest request) {
        store.read(view -> view.table(request.tableName()));
        return UpdateTimeToLiveResponse.builder()
                .timeToLiveSpecification(request.timeToLiveSpecification())
                .build();
    }

    @Override
    public BatchGetItemResponse batchGetItem(BatchGetItemRequest request) {
        return batches.get(request);
    }

    @Override
    public BatchWriteItemResponse batchWriteItem(BatchWriteItemRequest request) {
        return batches.write(request);
    }

    @Override
    public TransactGetItemsResponse transactGetItems(TransactGetItemsRequest request) {
        return batches.transactGet(request);
    }

    @Override
    public TransactWriteItemsResponse transactWriteItems(TransactWriteItemsRequest request) {
        return batches.transactWrite(request);
    }

    @Override
    public GetItemResponse getItem(GetItemRequest request) {
        Placeholders placeholders = new Placeholders(request.expressionAttributeNames(), Map.of());
        List<DocumentPath> paths = projection(request.projectionExpression(), placeholders);
        placeholders.refuseUnused();
        return store.read(view -> {
            Table table = view.table(request.tableName());
            table.definition().checkKey(request.key());
            Map<String, AttributeValue> item = table.get(request.key());
            return item == null
                    ? GetItemResponse.builder().build()
                    : GetItemResponse.builder().item(projected(item, paths)).build();
        });
    }

    @Override
    public PutItemResponse putItem(PutItemRequest request) {
        ItemWrite write = ItemWrite.parse(
                ItemWrite.Kind.PUT,
                request.tableName(),
                request.item(),
                null,
                request.conditionExpression(),
                request.expressionAttributeNames(),
                request.expressionAttributeValues());
        Outcome outcome = write(write, request.returnValuesOnConditionCheckFailure());
        return PutItemResponse.builder()
                .attributes(request.returnValues() == ReturnValue.ALL_OLD ? outcome.before() : null)
                .build();
    }

    @Override
    public DeleteItemResponse deleteItem(DeleteItemRequest request) {
        ItemWrite write = ItemWrite.parse(
                ItemWrite.Kind.DELETE,
                request.tableName(),
                request.key(),
                null,
                request.conditionExpression(),
                request.expressionAttributeNames(),
                request.expressionAttributeValues());
        Outcome outcome = write(write, request.returnValuesOnConditionCheckFailure());
        return DeleteItemResponse.builder()
                .attributes(request.returnValues() == ReturnValue.ALL_OLD ? outcome.before() : null)
                .build();
    }

    @Override
    public UpdateItemResponse updateItem(UpdateItemRequest request) {
        ItemWrite write = ItemWrite.parse(
                ItemWrite.Kind.UPDATE,
                request.tableName(),
                request.key(),
                request.updateExpression(),
                request.conditionExpression(),
                request.expressionAttributeNames(),
                request.expressionAttributeValues());
        Outcome outcome = write(write, request.returnValuesOnConditionCheckFailure());
        return UpdateItemResponse.builder()
                .attributes(returned(request.returnValues(), outcome, write.touched()))
                .build();
    }

    private static @Nullable Map<String, AttributeValue> returned(
            @Nullable ReturnValue wanted, Outcome outcome, List<DocumentPath> touched) {
        if (wanted == null) {
            return null;
        }
        Map<String, AttributeValue> before = outcome.before() == null ? Map.of() : outcome.before();
        Map<String, AttributeValue> after = outcome.after() == null ? Map.of() : outcome.after();
        return switch (wanted) {
            case ALL_OLD -> outcome.before();
            case ALL_NEW -> after;
            case UPDATED_OLD -> Projection.of(before, touched);
            case UPDATED_NEW -> Projection.of(after, touched);
            default -> null;
        };
    }

    /** The item before and after a write. */
    private record Outcome(
            @Nullable Map<String, AttributeValue> before,
            @Nullable Map<String, AttributeValue> after) {}

    private Outcome write(ItemWrite write, @Nullable ReturnValuesOnConditionCheckFailure onFailure) {
        return store.write(commit -> {
            write.check(commit);
            Map<String, AttributeValue> before = write.before(commit);
            if (!write.allowed(before)) {
                throw conditionFailed(onFailure == ReturnValuesOnConditionCheckFailure.ALL_OLD ? before : null);
            }
            return new Outcome(before, write.apply(commit, before));
        });
    }

    private static ConditionalCheckFailedException conditionFailed(@Nullable Map<String, AttributeValue> item) {
        String message = "The conditional request failed";
        return ConditionalCheckFailedException.builder()
                .item(item)
                .awsErrorDetails(Refusal.details("ConditionalCheckFailedException", message))
                .statusCode(400)
                .requestId("in-memory")
                .message(message)
                .build();
    }

    @Override
    public QueryResponse query(QueryRequest request) {
        refuseIndex(request.indexName());
        Placeholders placeholders =
                new Placeholders(request.expressionAttributeNames(), request.expressionAttributeValues());
        if (request.keyConditionExpression() == null) {
            throw Refusal.validation(
                    "Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.");
        }
        Condition keys =
                Expressions.condition("KeyConditionExpression", request.keyConditionExpression(), placeholders);
        Predicate<Map<String, AttributeValue>> filter = filter(request.filterExpression(), placeholders);
        List<DocumentPath> paths = projection(request.projectionExpression(), placeholders);
        placeholders.refuseUnused();
        checkLimit(request.limit());
        return store.read(view -> {
            Table table = view.table(request.tableName());
            KeyCondition condition = KeyCondition.of(keys, table.definition());
            boolean forward = !Boolean.FALSE.equals(request.scanIndexForward());
            Map<String, AttributeValue> start = request.hasExclusiveStartKey() ? request.exclusiveStartKey() : null;
            NavigableMap<AttributeValue, Map<String, AttributeValue>> partition =
                    table.partition(condition.partition());
            boolean startsWithin = start == null || condition.test(start);
            Iterator<Map<String, AttributeValue>> candidates = after(
                            table, startsWithin ? condition.narrow(partition) : partition, forward, start)
                    .filter(condition::test)
                    .iterator();
            Page page = Page.of(candidates, request.limit(), filter);
            return QueryResponse.builder()
                    .items(request.select() == Select.COUNT ? null : projected(page.items(), paths))
                    .count(page.items().size())
                    .scannedCount(page.scanned())
                    .lastEvaluatedKey(page.last() == null ? null : table.keyOf(page.last()))
                    .build();
        });
    }

    private static Stream<Map<String, AttributeValue>> after(
            Table table,
            NavigableMap<AttributeValue, Map<String, AttributeValue>> partition,
            boolean forward,
            @Nullable Map<String, AttributeValue> start) {
        NavigableMap<AttributeValue, Map<String, AttributeValue>> ordered =
                forward ? partition : partition.descendingMap();
        if (start != null && !partition.isEmpty()) {
            table.definition().checkKey(start);
            ordered = ordered.tailMap(table.sortKey(start), false);
        }
        return ordered.values().stream();
    }

    @Override
    public ScanResponse scan(ScanRequest request) {
        refuseIndex(request.indexName());
        Placeholders placeholders =
                new Placeholders(request.expressionAttributeNames(), request.expressionAttributeValues());
        Predicate<Map<String, AttributeValue>> filter = filter(request.filterExpression(), placeholders);
        List<DocumentPath> paths = projection(request.projectionExpression(), placeholders);
        placeholders.refuseUnused();
        checkLimit(request.limit());
        return store.read(view -> {
            Table table = view.table(request.tableName());
            Page page = Page.of(
                    table.scanAfter(request.hasExclusiveStartKey() ? request.exclusiveStartKey() : null),
                    request.limit(),
                    filter);
            return ScanResponse.builder()
                    .items(request.select() == Select.COUNT ? null : projected(page.items(), paths))
                    .count(page.items().size())
                    .scannedCount(page.scanned())
                    .lastEvaluatedKey(page.last() == null ? null : table.keyOf(page.last()))
                    .build();
        });
    }

    private static void refuseIndex(@Nullable String index) {
        if (index != null) {
            throw new UnsupportedOperationException("Secondary indexes of DynamoDB are not in memory.");
        }
    }

    private static void checkLimit(@Nullable Integer limit) {
        if (limit != null && limit < 1) {
            throw Refusal.validation("1 validation error detected: Value '" + limit
                    + "' at 'limit' failed to satisfy constraint: Member must have value greater than or equal to 1");
        }
    }

    private static Predicate<Map<String, AttributeValue>> filter(@Nullable String text, Placeholders placeholders) {
        return text == null ? item -> true : Expressions.condition("FilterExpression", text, placeholders)::test;
    }

    private static List<DocumentPath> projection(@Nullable String text, Placeholders placeholders) {
        return text == null ? List.of() : Expressions.projection(text, placeholders);
    }

    private static Map<String, AttributeValue> projected(Map<String, AttributeValue> item, List<DocumentPath> paths) {
        return paths.isEmpty() ? new HashMap<>(item) : Projection.of(item, paths);
    }

    private static List<Map<String, AttributeValue>> projected(
            List<Map<String, AttributeValue>> items, List<DocumentPath> paths) {
        return items.stream().map(item -> projected(item, paths)).toList();
    }
}
