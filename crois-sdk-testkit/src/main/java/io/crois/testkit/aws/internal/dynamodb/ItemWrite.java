package io.crois.testkit.aws.internal.dynamodb;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * One conditional write, as the single-item operations and the members of a transaction have it: parsed from the
 * request before anything is read.
 */
public final class ItemWrite {

    private static final int MAX_ITEM = 400 * 1024;

    /** What the write does. */
    public enum Kind {
        /** Replaces the item. */
        PUT,
        /** Changes the item, or makes it. */
        UPDATE,
        /** Removes the item. */
        DELETE,
        /** Changes nothing. */
        CHECK
    }

    private final Kind kind;
    private final String table;
    private final Map<String, AttributeValue> itemOrKey;
    private final @Nullable Update update;
    private final @Nullable Condition condition;

    private ItemWrite(
            Kind kind,
            String table,
            Map<String, AttributeValue> itemOrKey,
            @Nullable Update update,
            @Nullable Condition condition) {
        this.kind = kind;
        this.table = table;
        this.itemOrKey = Values.checked(itemOrKey);
        this.update = update;
        this.condition = condition;
    }

    /**
     * Parses a write.
     *
     * @param itemOrKey the whole item of a put, the key of the others
     * @param update of an update; {@code null} makes an item of the key alone
     * @param condition that the item as it stands must fulfil
     */
    public static ItemWrite parse(
            Kind kind,
            String table,
            Map<String, AttributeValue> itemOrKey,
            @Nullable String update,
            @Nullable String condition,
            Map<String, String> names,
            Map<String, AttributeValue> values) {
        Placeholders placeholders = new Placeholders(names, values);
        Update parsedUpdate = update == null ? null : UpdateParser.parse(update, placeholders);
        Condition parsedCondition =
                condition == null ? null : Expressions.condition("ConditionExpression", condition, placeholders);
        placeholders.refuseUnused();
        return new ItemWrite(kind, table, itemOrKey, parsedUpdate, parsedCondition);
    }

    /** Refuses a key or an item that does not fit the table. */
    public void check(TableStore.View view) {
        TableDefinition definition = view.table(table).definition();
        if (kind == Kind.PUT) {
            definition.checkItem(itemOrKey);
            checkSize(itemOrKey, "Item size has exceeded the maximum allowed size");
        } else {
            definition.checkKey(itemOrKey);
        }
        if (update != null) {
            refuseKeyChanges(definition);
        }
    }

    private void refuseKeyChanges(TableDefinition definition) {
        for (Update.Action action : update == null ? List.<Update.Action>of() : update.actions()) {
            if (definition.keyNames().contains(action.path().root())) {
                throw Refusal.validation("One or more parameter values were invalid: Cannot update attribute "
                        + action.path().root() + ". This attribute is part of the key");
            }
        }
    }

    /** Returns the item as it stands before the write, or {@code null}. */
    public @Nullable Map<String, AttributeValue> before(TableStore.View view) {
        return view.table(table).get(itemOrKey);
    }

    /** Tells whether the condition holds for the item as it stands. */
    public boolean allowed(@Nullable Map<String, AttributeValue> before) {
        return condition == null || condition.test(before == null ? Map.of() : before);
    }

    /** Adds the write to the commit and returns the item as it stands after it; {@code null} after a deletion. */
    public @Nullable Map<String, AttributeValue> apply(
            TableStore.Commit commit, @Nullable Map<String, AttributeValue> before) {
        switch (kind) {
            case PUT -> {
                commit.put(table, itemOrKey);
                return itemOrKey;
            }
            case UPDATE -> {
                Map<String, AttributeValue> base = new HashMap<>(before == null ? itemOrKey : before);
                Map<String, AttributeValue> after = update == null ? base : update.apply(base);
                checkSize(after, "Item size to update has exceeded the maximum allowed size");
                commit.put(table, after);
                return after;
            }
            case DELETE -> {
                commit.delete(table, itemOrKey);
                return null;
            }
            default -> {
                return before;
            }
        }
    }

    private static void checkSize(Map<String, AttributeValue> item, String message) {
        if (Values.size(item) > MAX_ITEM) {
            throw Refusal.validation(message);
        }
    }

    /** Returns the table's name. */
    public String table() {
        return table;
    }

    /** Returns the table and the key that the write is about: no transaction may hold the same twice. */
    public Object target(TableStore.View view) {
        return List.of(table, view.table(table).keyOf(itemOrKey));
    }

    /** Returns the paths that an update touches. */
    public List<DocumentPath> touched() {
        return update == null
                ? List.of()
                : update.actions().stream().map(Update.Action::path).toList();
    }
}
