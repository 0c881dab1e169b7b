package io.crois.testkit.aws.internal.dynamodb;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The key condition of a query: the value of the partition key, and a condition on the sort key.
 *
 * @param partition the value
 * @param sort on the sort key, or {@code null} for all of the partition
 */
public record KeyCondition(
        AttributeValue partition, @Nullable Condition sort) {

    /** Comes after all that a sort key of 1,024 bytes can hold behind a prefix. */
    private static final String LAST =
            Character.toString(Character.MAX_CODE_POINT).repeat(257);

    /** Takes a parsed condition apart and refuses what a key condition may not say. */
    public static KeyCondition of(Condition condition, TableDefinition table) {
        List<Condition> parts = new ArrayList<>();
        collect(condition, parts);
        AttributeValue partition = null;
        Condition sort = null;
        for (Condition part : parts) {
            String attribute = attribute(part);
            if (attribute.equals(table.partitionKey()) && partition == null) {
                partition = equalTo(part);
            } else if (attribute.equals(table.sortKey()) && sort == null) {
                sort = part;
            } else if (table.keyNames().contains(attribute)) {
                throw Refusal.validation("KeyConditionExpressions must only contain one condition per key");
            } else {
                throw missed(partition == null ? table.partitionKey() : String.valueOf(table.sortKey()));
            }
        }
        if (partition == null) {
            throw missed(table.partitionKey());
        }
        return new KeyCondition(partition, sort);
    }

    private static void collect(Condition condition, List<Condition> parts) {
        if (condition instanceof Condition.And and) {
            collect(and.left(), parts);
            collect(and.right(), parts);
        } else {
            parts.add(condition);
        }
    }

    private static String attribute(Condition part) {
        Operand operand;
        if (part instanceof Condition.Comparison comparison
                && !comparison.operator().equals("<>")) {
            operand = comparison.left();
        } else if (part instanceof Condition.Between between) {
            operand = between.operand();
        } else if (part instanceof Condition.BeginsWith begins) {
            operand = begins.operand();
        } else {
            throw Refusal.validation("Invalid operator used in KeyConditionExpression");
        }
        if (operand instanceof Operand.Path path && path.path().elements().size() == 1) {
            return path.path().root();
        }
        throw Refusal.validation("Invalid KeyConditionExpression: a key attribute must stand on the left");
    }

    private static AttributeValue equalTo(Condition part) {
        if (part instanceof Condition.Comparison comparison
                && comparison.operator().equals("=")) {
            return comparison.right().value(Map.of()).orElseThrow();
        }
        throw Refusal.validation("Query key condition not supported");
    }

    private static RuntimeException missed(String key) {
        return Refusal.validation("Query condition missed key schema element: " + key);
    }

    /** Returns a part of a partition that holds everything wanted: small where a text begins the sort key. */
    public <T> NavigableMap<AttributeValue, T> narrow(NavigableMap<AttributeValue, T> items) {
        AttributeValue prefix = sort instanceof Condition.BeginsWith begins
                ? begins.prefix().value(Map.of()).orElse(null)
                : null;
        if (prefix == null || prefix.s() == null) {
            return items;
        }
        return items.subMap(prefix, true, AttributeValue.fromS(prefix.s() + LAST), true);
    }

    /** Tells whether an item of the partition is wanted. */
    public boolean test(Map<String, AttributeValue> item) {
        return sort == null || sort.test(item);
    }
}
