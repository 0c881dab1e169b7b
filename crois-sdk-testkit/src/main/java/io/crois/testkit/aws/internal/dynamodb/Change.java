package io.crois.testkit.aws.internal.dynamodb;

import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** One change of the tables; changes that belong together are committed together. */
public sealed interface Change {

    /** An item stands there now. */
    record Put(String table, Map<String, AttributeValue> item) implements Change {}

    /** An item is gone. */
    record Delete(String table, Map<String, AttributeValue> key) implements Change {}

    /** A table was created. */
    record Create(TableDefinition definition) implements Change {}

    /** A table was deleted with all its items. */
    record Drop(String table) implements Change {}
}
