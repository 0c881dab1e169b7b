package io.crois.testkit.aws;

import io.crois.testkit.aws.internal.dynamodb.Refusal;
import io.crois.testkit.aws.internal.dynamodb.Table;
import io.crois.testkit.aws.internal.dynamodb.TableDefinition;
import io.crois.testkit.aws.internal.dynamodb.TableStore;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.CreateTableResponse;
import software.amazon.awssdk.services.dynamodb.model.DeleteTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteTableResponse;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableResponse;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ListTablesRequest;
import software.amazon.awssdk.services.dynamodb.model.ListTablesResponse;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;

/** The operations of Amazon DynamoDB on tables; a table is active as soon as it is created. */
final class DynamoDbTables {

    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_.-]{3,255}");

    private final TableStore store;
    private final Clock clock;
    private final String arnPrefix;

    /** Works on a store; the prefix, such as {@code arn:aws:dynamodb:us-east-1:111111111111:table/}, begins ARNs. */
    DynamoDbTables(TableStore store, Clock clock, String arnPrefix) {
        this.store = store;
        this.clock = clock;
        this.arnPrefix = arnPrefix;
    }

    CreateTableResponse create(CreateTableRequest request) {
        if (request.hasGlobalSecondaryIndexes() || request.hasLocalSecondaryIndexes()) {
            throw new UnsupportedOperationException("Secondary indexes of DynamoDB are not in memory.");
        }
        TableDefinition definition = definition(request);
        return store.write(commit -> {
            if (commit.names().contains(definition.name())) {
                String message = "Table already exists: " + definition.name();
                throw ResourceInUseException.builder()
                        .awsErrorDetails(Refusal.details("ResourceInUseException", message))
                        .statusCode(400)
                        .requestId("in-memory")
                        .message(message)
                        .build();
            }
            commit.create(definition);
            return CreateTableResponse.builder()
                    .tableDescription(describe(definition, 0, TableStatus.ACTIVE))
                    .build();
        });
    }

    private TableDefinition definition(CreateTableRequest request) {
        if (request.tableName() == null || !NAME.matcher(request.tableName()).matches()) {
            throw Refusal.validation("TableName must be at least 3 characters long and at most 255 characters long,"
                    + " and hold nothing but letters, digits, `_`, `.` and `-`");
        }
        Map<String, String> types = request.attributeDefinitions().stream()
                .collect(Collectors.toMap(
                        AttributeDefinition::attributeName, AttributeDefinition::attributeTypeAsString));
        String partitionKey = key(request, KeyType.HASH);
        if (partitionKey == null) {
            throw Refusal.validation("Invalid KeySchema: The first KeySchemaElement is not a HASH key type");
        }
        String sortKey = key(request, KeyType.RANGE);
        List<String> keys = sortKey == null ? List.of(partitionKey) : List.of(partitionKey, sortKey);
        if (!types.keySet().containsAll(keys)) {
            throw Refusal.validation("One or more parameter values were invalid: Some index key attributes are not"
                    + " defined in AttributeDefinitions. Keys: " + keys + ", AttributeDefinitions: "
                    + types.keySet());
        }
        if (types.size() != keys.size()) {
            throw Refusal.validation("One or more parameter values were invalid: Number of attributes in KeySchema does"
                    + " not exactly match number of attributes defined in AttributeDefinitions");
        }
        return new TableDefinition(
                request.tableName(),
                partitionKey,
                String.valueOf(types.get(partitionKey)),
                sortKey,
                sortKey == null ? null : types.get(sortKey),
                clock.millis());
    }

    private static @Nullable String key(CreateTableRequest request, KeyType type) {
        return request.keySchema().stream()
                .filter(element -> element.keyType() == type)
                .map(KeySchemaElement::attributeName)
                .findFirst()
                .orElse(null);
    }

    DescribeTableResponse describe(DescribeTableRequest request) {
        return store.read(view -> {
            Table table = view.table(request.tableName());
            return DescribeTableResponse.builder()
                    .table(describe(table.definition(), table.items(), TableStatus.ACTIVE))
                    .build();
        });
    }

    ListTablesResponse list(ListTablesRequest request) {
        List<String> names = store.read(TableStore.View::names);
        String after = request.exclusiveStartTableName();
        int limit = request.limit() == null ? 100 : request.limit();
        List<String> page = names.stream()
                .filter(name -> after == null || name.compareTo(after) > 0)
                .limit(limit + 1L)
                .toList();
        boolean more = page.size() > limit;
        return ListTablesResponse.builder()
                .tableNames(more ? page.subList(0, limit) : page)
                .lastEvaluatedTableName(more ? page.get(limit - 1) : null)
                .build();
    }

    DeleteTableResponse delete(DeleteTableRequest request) {
        return store.write(commit -> {
            Table table = commit.table(request.tableName());
            commit.drop(request.tableName());
            return DeleteTableResponse.builder()
                    .tableDescription(describe(table.definition(), table.items(), TableStatus.DELETING))
                    .build();
        });
    }

    private TableDescription describe(TableDefinition definition, long items, TableStatus status) {
        List<KeySchemaElement> schema = new ArrayList<>();
        List<AttributeDefinition> attributes = new ArrayList<>();
        add(schema, attributes, definition.partitionKey(), KeyType.HASH, definition.partitionKeyType());
        if (definition.sortKey() != null) {
            add(schema, attributes, definition.sortKey(), KeyType.RANGE, String.valueOf(definition.sortKeyType()));
        }
        return TableDescription.builder()
                .tableName(definition.name())
                .tableArn(arnPrefix + definition.name())
                .tableStatus(status)
                .itemCount(items)
                .keySchema(schema)
                .attributeDefinitions(attributes)
                .billingModeSummary(summary -> summary.billingMode(BillingMode.PAY_PER_REQUEST))
                .creationDateTime(Instant.ofEpochMilli(definition.createdAt()))
                .build();
    }

    private static void add(
            List<KeySchemaElement> schema,
            List<AttributeDefinition> attributes,
            String name,
            KeyType keyType,
            String type) {
        schema.add(
                KeySchemaElement.builder().attributeName(name).keyType(keyType).build());
        attributes.add(AttributeDefinition.builder()
                .attributeName(name)
                .attributeType(ScalarAttributeType.fromValue(type))
                .build());
    }
}
