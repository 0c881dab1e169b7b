package io.crois.testkit.aws.internal.dynamodb;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A place in an item, such as {@code a.b[2]}.
 *
 * @param elements the first is a name; the others are names and indexes (from 0)
 */
public record DocumentPath(List<Element> elements) {

    /** One step of a path. */
    public sealed interface Element {}

    /** Into a map. */
    public record Name(String name) implements Element {

        @Override
        public String toString() {
            return name;
        }
    }

    /** Into a list. */
    public record Index(int index) implements Element {

        @Override
        public String toString() {
            return "[" + index + "]";
        }
    }

    /** Copies its elements. */
    public DocumentPath {
        elements = List.copyOf(elements);
    }

    /** Returns the attribute that the path begins with. */
    public String root() {
        return ((Name) elements.get(0)).name();
    }

    Optional<AttributeValue> read(Map<String, AttributeValue> item) {
        AttributeValue value = item.get(root());
        for (int i = 1; value != null && i < elements.size(); i++) {
            value = step(value, elements.get(i));
        }
        return Optional.ofNullable(value);
    }

    private static @Nullable AttributeValue step(AttributeValue value, Element element) {
        if (element instanceof Name name && value.hasM()) {
            return value.m().get(name.name());
        }
        if (element instanceof Index index
                && value.hasL()
                && index.index() < value.l().size()) {
            return value.l().get(index.index());
        }
        return null;
    }

    /** Returns whether one of the two paths begins with the other. */
    boolean overlaps(DocumentPath other) {
        int shared = Math.min(elements.size(), other.elements.size());
        return elements.subList(0, shared).equals(other.elements.subList(0, shared));
    }

    /** Sets the value at this path in an item that may be changed; lists grow at their end. */
    void write(Map<String, AttributeValue> item, AttributeValue value) {
        item.put(root(), elements.size() == 1 ? value : written(parent(item), 1, value));
    }

    private AttributeValue parent(Map<String, AttributeValue> item) {
        AttributeValue parent = item.get(root());
        if (parent == null) {
            throw invalidForUpdate();
        }
        return parent;
    }

    private AttributeValue written(AttributeValue container, int depth, AttributeValue value) {
        boolean last = depth == elements.size() - 1;
        if (elements.get(depth) instanceof Name name && container.hasM()) {
            Map<String, AttributeValue> map = new HashMap<>(container.m());
            map.put(name.name(), last ? value : written(orInvalid(map.get(name.name())), depth + 1, value));
            return AttributeValue.fromM(map);
        }
        if (elements.get(depth) instanceof Index index && container.hasL()) {
            List<AttributeValue> list = new ArrayList<>(container.l());
            if (index.index() >= list.size()) {
                if (!last) {
                    throw invalidForUpdate();
                }
                list.add(value);
            } else {
                list.set(index.index(), last ? value : written(list.get(index.index()), depth + 1, value));
            }
            return AttributeValue.fromL(list);
        }
        throw invalidForUpdate();
    }

    /** Removes what is at this path; nothing there is no error, as long as the way to it exists. */
    void remove(Map<String, AttributeValue> item) {
        if (elements.size() == 1) {
            item.remove(root());
        } else {
            item.put(root(), removed(parent(item), 1));
        }
    }

    private AttributeValue removed(AttributeValue container, int depth) {
        boolean last = depth == elements.size() - 1;
        if (elements.get(depth) instanceof Name name && container.hasM()) {
            Map<String, AttributeValue> map = new HashMap<>(container.m());
            if (last) {
                map.remove(name.name());
            } else {
                map.put(name.name(), removed(orInvalid(map.get(name.name())), depth + 1));
            }
            return AttributeValue.fromM(map);
        }
        if (elements.get(depth) instanceof Index index && container.hasL()) {
            List<AttributeValue> list = new ArrayList<>(container.l());
            if (index.index() < list.size()) {
                if (last) {
                    list.remove(index.index());
                } else {
                    list.set(index.index(), removed(list.get(index.index()), depth + 1));
                }
            }
            return AttributeValue.fromL(list);
        }
        throw invalidForUpdate();
    }

    private static AttributeValue orInvalid(@Nullable AttributeValue value) {
        if (value == null) {
            throw invalidForUpdate();
        }
        return value;
    }

    private static RuntimeException invalidForUpdate() {
        return Refusal.validation("The document path provided in the update expression is invalid for update");
    }

    @Override
    public String toString() {
        return elements.stream().map(Object::toString).collect(Collectors.joining(", ", "[", "]"));
    }
}
