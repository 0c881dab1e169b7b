package io.crois.testkit.aws.internal.dynamodb;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What a table was created with.
 *
 * @param name of the table
 * @param partitionKey the attribute
 * @param partitionKeyType {@code S}, {@code N} or {@code B}
 * @param sortKey the attribute, or {@code null}
 * @param sortKeyType {@code S}, {@code N} or {@code B}, or {@code null}
 * @param createdAt epoch milliseconds
 */
public record TableDefinition(
        String name,
        String partitionKey,
        String partitionKeyType,
        @Nullable String sortKey,
        @Nullable String sortKeyType,
        long createdAt) {

    private static final int MAX_PARTITION_KEY = 2_048;
    private static final int MAX_SORT_KEY = 1_024;

    /** Returns the names of the key attributes. */
    public List<String> keyNames() {
        return sortKey == null ? List.of(partitionKey) : List.of(partitionKey, sortKey);
    }

    /** Refuses an item whose key attributes are missing or of another type. */
    public void checkItem(Map<String, AttributeValue> item) {
        for (String name : keyNames()) {
            AttributeValue value = item.get(name);
            if (value == null) {
                throw Refusal.validation(
                        "One or more parameter values were invalid: Missing the key " + name + " in the item");
            }
            if (!Values.type(value).equals(type(name))) {
                throw Refusal.validation("One or more parameter values were invalid: Type mismatch for key " + name
                        + " expected: " + type(name) + " actual: " + Values.type(value));
            }
            checkSize(name, value);
        }
    }

    /** Refuses a key that is not exactly this table's. */
    public void checkKey(Map<String, AttributeValue> key) {
        boolean fits = key.size() == keyNames().size()
                && keyNames().stream()
                        .allMatch(name -> key.containsKey(name)
                                && Values.type(key.get(name)).equals(type(name)));
        if (!fits) {
            throw Refusal.validation("The provided key element does not match the schema");
        }
        key.forEach(this::checkSize);
    }

    private void checkSize(String name, AttributeValue value) {
        int size = Values.size(Map.of("", value));
        if (size == 0) {
            throw Refusal.validation(
                    "One or more parameter values are not valid. The AttributeValue for a key attribute"
                            + " cannot contain an empty " + (value.s() != null ? "string" : "binary") + " value. Key: "
                            + name);
        }
        boolean partition = name.equals(partitionKey);
        int limit = partition ? MAX_PARTITION_KEY : MAX_SORT_KEY;
        if (size > limit) {
            throw Refusal.validation("One or more parameter values were invalid: Size of "
                    + (partition ? "hashkey" : "rangekey") + " has exceeded the maximum size limit of" + limit
                    + " bytes");
        }
    }

    private @Nullable String type(String name) {
        return name.equals(partitionKey) ? partitionKeyType : sortKeyType;
    }
}
