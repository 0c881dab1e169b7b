package io.crois.testkit.aws.internal.access;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** Amazon DynamoDB, with the partition keys that a call touches as {@code dynamodb:LeadingKeys}. */
final class DynamoDbAccess implements AccessRules {

    private static final Pattern EQUALITY = Pattern.compile("\\(?\\s*([#\\w.]+)\\s*=\\s*(:\\w+)\\s*\\)?");
    private static final List<String> TRANSACTED = List.of("Put", "Update", "Delete", "ConditionCheck", "Get");

    private final DynamoDbClient dynamoDb;
    private final Site site;

    DynamoDbAccess(DynamoDbClient dynamoDb, Site site) {
        this.dynamoDb = dynamoDb;
        this.site = site;
    }

    @Override
    public List<Access> of(Call call) {
        return switch (call.operation()) {
            case "ListTables" -> List.of(Access.of("dynamodb:ListTables", "*"));
            case "BatchGetItem" -> batch(call, "dynamodb:BatchGetItem");
            case "BatchWriteItem" -> batch(call, "dynamodb:BatchWriteItem");
            case "TransactWriteItems", "TransactGetItems" -> transaction(call);
            default -> List.of(single("dynamodb:" + call.operation(), call));
        };
    }

    private Access single(String action, Call call) {
        String table = call.text("TableName");
        String index = call.find("IndexName").map(name -> "/index/" + name).orElse("");
        return leading(
                        Access.of(action, site.arnOf("dynamodb", "table/", table) + index),
                        partition(call, hashKey(table)).stream().toList())
                .with("dynamodb:Select", select(call))
                .with("dynamodb:Attributes", AttributeNames.of(call).toArray(String[]::new));
    }

    /** A query or scan that names no attributes asks for all of them. */
    private static Optional<String> select(Call call) {
        boolean reads = call.operation().equals("Query") || call.operation().equals("Scan");
        boolean projected = call.find("ProjectionExpression").isPresent();
        return call.find("Select")
                .or(() -> Optional.of(projected ? "SPECIFIC_ATTRIBUTES" : "ALL_ATTRIBUTES")
                        .filter(any -> reads));
    }

    private static Access leading(Access access, List<String> keys) {
        return keys.isEmpty() ? access : access.with("dynamodb:LeadingKeys", keys.toArray(String[]::new));
    }

    private Optional<String> partition(Call call, String hashKey) {
        Optional<Map<String, AttributeValue>> item =
                call.get("Key").or(() -> call.get("Item")).map(DynamoDbAccess::attributes);
        return item.isPresent() ? item.map(found -> text(found.get(hashKey))) : queried(call, hashKey);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, AttributeValue> attributes(Object map) {
        return (Map<String, AttributeValue>) map;
    }

    private static String text(@org.jspecify.annotations.Nullable AttributeValue value) {
        if (value == null) {
            return "";
        }
        return value.s() != null ? value.s() : String.valueOf(value.n());
    }

    private static Optional<String> queried(Call call, String hashKey) {
        Map<String, AttributeValue> values = call.get("ExpressionAttributeValues")
                .map(DynamoDbAccess::attributes)
                .orElse(Map.of());
        Map<String, String> names = call.texts("ExpressionAttributeNames");
        Matcher equality = EQUALITY.matcher(call.text("KeyConditionExpression"));
        while (equality.find()) {
            String name = names.getOrDefault(equality.group(1), equality.group(1));
            if (name.equals(hashKey)) {
                return Optional.ofNullable(values.get(equality.group(2))).map(DynamoDbAccess::text);
            }
        }
        return Optional.empty();
    }

    @SuppressWarnings("unchecked")
    private List<Access> batch(Call call, String action) {
        List<Access> needed = new ArrayList<>();
        call.get("RequestItems")
                .map(items -> (Map<String, ?>) items)
                .orElse(Map.of())
                .forEach((table, asked) -> {
                    String hashKey = hashKey(table);
                    List<String> keys = asked instanceof KeysAndAttributes read
                            ? read.keys().stream()
                                    .map(key -> text(key.get(hashKey)))
                                    .toList()
                            : ((List<WriteRequest>) asked)
                                    .stream()
                                            .map(write -> text(written(write).get(hashKey)))
                                            .toList();
                    needed.add(leading(
                            Access.of(action, site.arnOf("dynamodb", "table/", table)),
                            keys.stream().distinct().toList()));
                });
        return needed;
    }

    private static Map<String, AttributeValue> written(WriteRequest write) {
        return write.putRequest() != null
                ? write.putRequest().item()
                : write.deleteRequest().key();
    }

    private List<Access> transaction(Call call) {
        List<Access> needed = new ArrayList<>();
        for (SdkPojo item : call.things("TransactItems")) {
            for (String kind : TRANSACTED) {
                Call.within(item)
                        .get(kind)
                        .ifPresent(
                                part -> needed.add(single("dynamodb:" + kind + "Item", Call.within((SdkPojo) part))));
            }
        }
        return needed;
    }

    private String hashKey(String table) {
        try {
            return dynamoDb.describeTable(describe -> describe.tableName(table)).table().keySchema().stream()
                    .filter(key -> key.keyType() == KeyType.HASH)
                    .map(key -> key.attributeName())
                    .findFirst()
                    .orElse("");
        } catch (DynamoDbException missing) {
            return "";
        }
    }
}
