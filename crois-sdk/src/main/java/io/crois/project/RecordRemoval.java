package io.crois.project;

import io.crois.contract.ItemKey;
import io.crois.project.PlannedChange.Action;
import io.crois.project.Step.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * Deletes a project's items of the table. Their partitions cannot be listed, so that the whole table is read for them;
 * it is done only on request.
 */
final class RecordRemoval {
    private static final int BATCH = 25;

    private final Site site;
    private final Calls calls;
    private final DynamoDbClient dynamoDb;
    private final String table;

    RecordRemoval(Site site) {
        this.site = site;
        this.calls = site.calls;
        this.dynamoDb = site.clients.dynamoDb();
        this.table = site.platform.settings().table();
    }

    /** Returns the step that deletes all of them, if there is one. */
    List<Step> steps() {
        boolean none = scan(page -> false) && mark().isEmpty();
        return none
                ? List.of()
                : List.of(new Step(
                        new PlannedChange(
                                Action.DELETE,
                                "AWS::DynamoDB::Item",
                                table + "/" + site.names.items() + "*",
                                "what is recorded of executions and deployments"),
                        Stage.RIGHTS,
                        this::delete));
    }

    /** Says whether executions of the project are recorded; reads one item. */
    boolean hasExecutions() {
        return calls.find(
                        "dynamodb:Query",
                        () -> dynamoDb.query(request -> request.tableName(table)
                                .keyConditionExpression("pk = :pk")
                                .projectionExpression("pk, sk")
                                .expressionAttributeValues(
                                        Map.of(":pk", AttributeValue.fromS(ItemKey.executions(site.project.name()))))
                                .limit(1)))
                .filter(found -> !found.items().isEmpty())
                .isPresent();
    }

    private Optional<Map<String, AttributeValue>> mark() {
        return calls.find(
                        "dynamodb:GetItem",
                        () -> dynamoDb.getItem(request ->
                                request.tableName(table).key(markKey()).projectionExpression("pk, sk")))
                .map(answer -> answer.item())
                .filter(item -> !item.isEmpty());
    }

    private Map<String, AttributeValue> markKey() {
        ItemKey key = ItemKey.project(site.project.name());
        return Map.of("pk", AttributeValue.fromS(key.pk()), "sk", AttributeValue.fromS(key.sk()));
    }

    private void delete() {
        scan(page -> {
            for (int from = 0; from < page.size(); from += BATCH) {
                deleteAll(page.subList(from, Math.min(from + BATCH, page.size())));
            }
            return true;
        });
        if (mark().isPresent()) {
            deleteAll(List.of(markKey()));
        }
    }

    /**
     * Reads the keys of the project's items in pages.
     *
     * @param page takes the keys of one page and says whether to go on
     * @return whether the whole table was read
     */
    private boolean scan(Predicate<List<Map<String, AttributeValue>>> page) {
        Map<String, AttributeValue> from = Map.of();
        do {
            Optional<ScanResponse> answer = read(from);
            List<Map<String, AttributeValue>> keys =
                    answer.map(ScanResponse::items).orElse(List.of());
            if (!keys.isEmpty() && !page.test(keys)) {
                return false;
            }
            from = answer.filter(ScanResponse::hasLastEvaluatedKey)
                    .map(ScanResponse::lastEvaluatedKey)
                    .orElse(Map.of());
        } while (!from.isEmpty());
        return true;
    }

    private Optional<ScanResponse> read(Map<String, AttributeValue> from) {
        return calls.find(
                "dynamodb:Scan",
                () -> dynamoDb.scan(request -> request.tableName(table)
                        .consistentRead(true)
                        .projectionExpression("pk, sk")
                        .filterExpression("begins_with(pk, :project)")
                        .expressionAttributeValues(Map.of(":project", AttributeValue.fromS(site.names.items())))
                        .exclusiveStartKey(from.isEmpty() ? null : from)));
    }

    private void deleteAll(List<Map<String, AttributeValue>> keys) {
        List<WriteRequest> left = new ArrayList<>(keys.stream()
                .map(key -> WriteRequest.builder()
                        .deleteRequest(delete -> delete.key(key))
                        .build())
                .toList());
        while (!left.isEmpty()) {
            List<WriteRequest> batch = List.copyOf(left);
            BatchWriteItemResponse answer = calls.writeAndGet(
                    "dynamodb:BatchWriteItem",
                    () -> dynamoDb.batchWriteItem(request -> request.requestItems(Map.of(table, batch))));
            left = new ArrayList<>(answer.unprocessedItems().getOrDefault(table, List.of()));
        }
    }
}
