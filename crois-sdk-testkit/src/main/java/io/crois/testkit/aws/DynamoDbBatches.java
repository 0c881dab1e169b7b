package io.crois.testkit.aws;

import io.crois.testkit.aws.internal.dynamodb.DocumentPath;
import io.crois.testkit.aws.internal.dynamodb.Expressions;
import io.crois.testkit.aws.internal.dynamodb.ItemWrite;
import io.crois.testkit.aws.internal.dynamodb.Placeholders;
import io.crois.testkit.aws.internal.dynamodb.Projection;
import io.crois.testkit.aws.internal.dynamodb.Refusal;
import io.crois.testkit.aws.internal.dynamodb.Table;
import io.crois.testkit.aws.internal.dynamodb.TableStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.Get;
import software.amazon.awssdk.services.dynamodb.model.IdempotentParameterMismatchException;
import software.amazon.awssdk.services.dynamodb.model.ItemResponse;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItem;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** The operations of Amazon DynamoDB on several items: batches, which are not atomic, and transactions, which are. */
final class DynamoDbBatches {

    private static final int MAX_TRANSACTION = 100;
    private static final int MAX_TOKENS = 10_000;

    private final TableStore store;
    private final Map<String, List<TransactWriteItem>> tokens = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, List<TransactWriteItem>> eldest) {
            return size() > MAX_TOKENS;
        }
    };

    DynamoDbBatches(TableStore store) {
        this.store = store;
    }

    BatchGetItemResponse get(BatchGetItemRequest request) {
        int keys = request.requestItems().values().stream()
                .mapToInt(wanted -> wanted.keys().size())
                .sum();
        if (keys > 100) {
            throw Refusal.validation("Too many items requested for the BatchGetItem call");
        }
        return store.read(view -> {
            Map<String, List<Map<String, AttributeValue>>> found = new HashMap<>();
            request.requestItems().forEach((name, wanted) -> found.put(name, get(view.table(name), wanted)));
            return BatchGetItemResponse.builder()
                    .responses(found)
                    .unprocessedKeys(Map.of())
                    .build();
        });
    }

    private static List<Map<String, AttributeValue>> get(Table table, KeysAndAttributes wanted) {
        if (new HashSet<>(wanted.keys()).size() != wanted.keys().size()) {
            throw Refusal.validation("Provided list of item keys contains duplicates");
        }
        Placeholders placeholders = new Placeholders(wanted.expressionAttributeNames(), Map.of());
        List<DocumentPath> paths = wanted.projectionExpression() == null
                ? List.of()
                : Expressions.projection(wanted.projectionExpression(), placeholders);
        placeholders.refuseUnused();
        List<Map<String, AttributeValue>> found = new ArrayList<>();
        for (Map<String, AttributeValue> key : wanted.keys()) {
            table.definition().checkKey(key);
            Map<String, AttributeValue> item = table.get(key);
            if (item != null) {
                found.add(paths.isEmpty() ? item : Projection.of(item, paths));
            }
        }
        return found;
    }

    BatchWriteItemResponse write(BatchWriteItemRequest request) {
        List<ItemWrite> writes = new ArrayList<>();
        request.requestItems().forEach((table, each) -> each.forEach(write -> writes.add(parse(table, write))));
        if (writes.size() > 25) {
            throw Refusal.validation("Too many items requested for the BatchWriteItem call");
        }
        return store.write(commit -> {
            writes.forEach(write -> write.check(commit));
            refuseRepeated(commit, writes, "Provided list of item keys contains duplicates");
            writes.forEach(write -> write.apply(commit, write.before(commit)));
            return BatchWriteItemResponse.builder().unprocessedItems(Map.of()).build();
        });
    }

    private static ItemWrite parse(String table, WriteRequest write) {
        return write.putRequest() != null
                ? ItemWrite.parse(ItemWrite.Kind.PUT, table, write.putRequest().item(), null, null, Map.of(), Map.of())
                : ItemWrite.parse(
                        ItemWrite.Kind.DELETE, table, write.deleteRequest().key(), null, null, Map.of(), Map.of());
    }

    private static void refuseRepeated(TableStore.View view, List<ItemWrite> writes, String message) {
        Set<Object> targets = new HashSet<>();
        for (ItemWrite write : writes) {
            if (!targets.add(write.target(view))) {
                throw Refusal.validation(message);
            }
        }
    }

    TransactGetItemsResponse transactGet(TransactGetItemsRequest request) {
        return store.read(view -> TransactGetItemsResponse.builder()
                .responses(request.transactItems().stream()
                        .map(TransactGetItem::get)
                        .map(get -> transactGet(view, get))
                        .toList())
                .build());
    }

    private static ItemResponse transactGet(TableStore.View view, Get get) {
        KeysAndAttributes one = KeysAndAttributes.builder()
                .keys(List.of(get.key()))
                .projectionExpression(get.projectionExpression())
                .expressionAttributeNames(get.hasExpressionAttributeNames() ? get.expressionAttributeNames() : null)
                .build();
        List<Map<String, AttributeValue>> found = get(view.table(get.tableName()), one);
        return ItemResponse.builder()
                .item(found.isEmpty() ? null : found.get(0))
                .build();
    }

    TransactWriteItemsResponse transactWrite(TransactWriteItemsRequest request) {
        List<Member> members = request.transactItems().stream().map(Member::of).toList();
        if (members.isEmpty() || members.size() > MAX_TRANSACTION) {
            throw Refusal.validation(
                    "1 validation error detected: Value at 'transactItems' failed to satisfy constraint:"
                            + " Member must have length less than or equal to 100, and at least 1");
        }
        List<ItemWrite> writes = members.stream().map(Member::write).toList();
        return store.write(commit -> {
            if (!repeated(request)) {
                writes.forEach(write -> write.check(commit));
                refuseRepeated(commit, writes, "Transaction request cannot include multiple operations on one item");
                cancelUnlessAllowed(commit, members);
                writes.forEach(write -> write.apply(commit, write.before(commit)));
            }
            return TransactWriteItemsResponse.builder().build();
        });
    }

    /** Tells whether the token's request was done already; the store's lock is held. */
    private boolean repeated(TransactWriteItemsRequest request) {
        String token = request.clientRequestToken();
        if (token == null) {
            return false;
        }
        List<TransactWriteItem> earlier = tokens.get(token);
        if (earlier != null && !earlier.equals(request.transactItems())) {
            throw IdempotentParameterMismatchException.builder()
                    .awsErrorDetails(Refusal.details(
                            "IdempotentParameterMismatchException",
                            "The same ClientRequestToken was used with another request."))
                    .statusCode(400)
                    .build();
        }
        tokens.put(token, request.transactItems());
        return earlier != null;
    }

    private static void cancelUnlessAllowed(TableStore.View view, List<Member> members) {
        List<CancellationReason> reasons =
                members.stream().map(member -> member.reason(view)).toList();
        if (reasons.stream().allMatch(reason -> reason.code().equals("None"))) {
            return;
        }
        String message = reasons.stream()
                .map(CancellationReason::code)
                .collect(Collectors.joining(
                        ", ", "Transaction cancelled, please refer cancellation reasons for specific reasons [", "]"));
        throw TransactionCanceledException.builder()
                .cancellationReasons(reasons)
                .awsErrorDetails(Refusal.details("TransactionCanceledException", message))
                .statusCode(400)
                .requestId("in-memory")
                .message(message)
                .build();
    }

    /** One write of a transaction. */
    private record Member(ItemWrite write, @Nullable ReturnValuesOnConditionCheckFailure onFailure) {

        private static Member of(TransactWriteItem item) {
            if (item.put() != null) {
                return new Member(
                        ItemWrite.parse(
                                ItemWrite.Kind.PUT,
                                item.put().tableName(),
                                item.put().item(),
                                null,
                                item.put().conditionExpression(),
                                item.put().expressionAttributeNames(),
                                item.put().expressionAttributeValues()),
                        item.put().returnValuesOnConditionCheckFailure());
            }
            if (item.update() != null) {
                return new Member(
                        ItemWrite.parse(
                                ItemWrite.Kind.UPDATE,
                                item.update().tableName(),
                                item.update().key(),
                                item.update().updateExpression(),
                                item.update().conditionExpression(),
                                item.update().expressionAttributeNames(),
                                item.update().expressionAttributeValues()),
                        item.update().returnValuesOnConditionCheckFailure());
            }
            if (item.delete() != null) {
                return new Member(
                        ItemWrite.parse(
                                ItemWrite.Kind.DELETE,
                                item.delete().tableName(),
                                item.delete().key(),
                                null,
                                item.delete().conditionExpression(),
                                item.delete().expressionAttributeNames(),
                                item.delete().expressionAttributeValues()),
                        item.delete().returnValuesOnConditionCheckFailure());
            }
            return new Member(
                    ItemWrite.parse(
                            ItemWrite.Kind.CHECK,
                            item.conditionCheck().tableName(),
                            item.conditionCheck().key(),
                            null,
                            item.conditionCheck().conditionExpression(),
                            item.conditionCheck().expressionAttributeNames(),
                            item.conditionCheck().expressionAttributeValues()),
                    item.conditionCheck().returnValuesOnConditionCheckFailure());
        }

        private CancellationReason reason(TableStore.View view) {
            Map<String, AttributeValue> before = write.before(view);
            if (write.allowed(before)) {
                return CancellationReason.builder().code("None").build();
            }
            return CancellationReason.builder()
                    .code("ConditionalCheckFailed")
                    .message("The conditional request failed")
                    .item(onFailure == ReturnValuesOnConditionCheckFailure.ALL_OLD ? before : null)
                    .build();
        }
    }
}
