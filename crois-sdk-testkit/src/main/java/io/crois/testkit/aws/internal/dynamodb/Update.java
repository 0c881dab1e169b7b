package io.crois.testkit.aws.internal.dynamodb;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A parsed update. All actions read the item as it was before.
 *
 * @param actions what to do, in the order in which they stand
 */
public record Update(List<Action> actions) {

    /** Copies its actions. */
    public Update {
        actions = List.copyOf(actions);
    }

    /** One thing to do at one path. */
    sealed interface Action {

        DocumentPath path();

        void apply(Map<String, AttributeValue> before, Map<String, AttributeValue> after);
    }

    /** Sets a value. */
    record Set(DocumentPath path, Operand value) implements Action {

        @Override
        public void apply(Map<String, AttributeValue> before, Map<String, AttributeValue> after) {
            path.write(
                    after,
                    value.value(before)
                            .orElseThrow(() -> Refusal.validation(
                                    "The provided expression refers to an attribute that does not exist in the item")));
        }
    }

    /** Removes a value. */
    record Remove(DocumentPath path) implements Action {

        @Override
        public void apply(Map<String, AttributeValue> before, Map<String, AttributeValue> after) {
            path.remove(after);
        }
    }

    /** Adds to a number or a set. */
    record Add(DocumentPath path, AttributeValue value) implements Action {

        @Override
        public void apply(Map<String, AttributeValue> before, Map<String, AttributeValue> after) {
            Optional<AttributeValue> old = path.read(before);
            if (old.isEmpty()) {
                path.write(after, value);
            } else if (old.get().type() != value.type()) {
                throw wrongType();
            } else if (value.n() != null) {
                BigDecimal sum = new BigDecimal(old.get().n()).add(new BigDecimal(value.n()));
                path.write(after, AttributeValue.fromN(Values.plain(sum)));
            } else {
                path.write(after, combined(old.get(), value, true).orElseThrow());
            }
        }
    }

    /** Takes members out of a set; an empty set is removed. */
    record Delete(DocumentPath path, AttributeValue value) implements Action {

        @Override
        public void apply(Map<String, AttributeValue> before, Map<String, AttributeValue> after) {
            Optional<AttributeValue> old = path.read(before);
            if (old.isEmpty()) {
                return;
            }
            if (old.get().type() != value.type()) {
                throw wrongType();
            }
            combined(old.get(), value, false)
                    .ifPresentOrElse(rest -> path.write(after, rest), () -> path.remove(after));
        }
    }

    /** Returns the item after the update; the given one stays as it is. */
    public Map<String, AttributeValue> apply(Map<String, AttributeValue> item) {
        Map<String, AttributeValue> after = new HashMap<>(item);
        // Removals from lists go last and from behind, so that the indexes of the others still mean the same places.
        List<Action> inOrder = new ArrayList<>(actions);
        inOrder.sort((a, b) -> Boolean.compare(a instanceof Remove, b instanceof Remove));
        List<Action> removals =
                inOrder.stream().filter(Remove.class::isInstance).toList();
        inOrder.removeAll(removals);
        inOrder.forEach(action -> action.apply(item, after));
        removals.stream().sorted(Update::lastIndexFirst).forEach(action -> action.apply(item, after));
        return after;
    }

    private static int lastIndexFirst(Action a, Action b) {
        return Integer.compare(lastIndex(b), lastIndex(a));
    }

    private static int lastIndex(Action action) {
        List<DocumentPath.Element> elements = action.path().elements();
        return elements.get(elements.size() - 1) instanceof DocumentPath.Index index ? index.index() : -1;
    }

    private static Optional<AttributeValue> combined(AttributeValue old, AttributeValue change, boolean add) {
        return switch (old.type()) {
            case SS -> combined(old.ss(), change.ss(), add).map(AttributeValue::fromSs);
            case NS -> combined(old.ns(), change.ns(), add).map(AttributeValue::fromNs);
            case BS -> combined(old.bs(), change.bs(), add).map(AttributeValue::fromBs);
            default -> throw wrongType();
        };
    }

    private static <T> Optional<List<T>> combined(List<T> old, List<T> change, boolean add) {
        LinkedHashSet<T> members = new LinkedHashSet<>(old);
        if (add) {
            members.addAll(change);
        } else {
            change.forEach(members::remove);
        }
        return members.isEmpty() ? Optional.empty() : Optional.of(List.copyOf(members));
    }

    private static RuntimeException wrongType() {
        return Refusal.validation("An operand in the update expression has an incorrect data type");
    }
}
