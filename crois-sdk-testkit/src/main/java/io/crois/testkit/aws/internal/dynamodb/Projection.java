package io.crois.testkit.aws.internal.dynamodb;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Picks parts of an item. */
public final class Projection {

    private Projection() {}

    /** Returns what the paths name, in the shape of the item; list members close up. */
    public static Map<String, AttributeValue> of(Map<String, AttributeValue> item, List<DocumentPath> paths) {
        Node root = new Node();
        for (DocumentPath path : paths) {
            Node node = root;
            for (DocumentPath.Element element : path.elements()) {
                node = node.child(element);
            }
        }
        return map(item, root);
    }

    private static Map<String, AttributeValue> map(Map<String, AttributeValue> map, Node node) {
        Map<String, AttributeValue> picked = new HashMap<>();
        node.names.forEach((name, child) -> {
            AttributeValue value = map.get(name);
            AttributeValue part = value == null ? null : pick(value, child);
            if (part != null) {
                picked.put(name, part);
            }
        });
        return picked;
    }

    private static @Nullable AttributeValue pick(AttributeValue value, Node node) {
        if (node.isLeaf()) {
            return value;
        }
        if (value.hasM() && !node.names.isEmpty()) {
            Map<String, AttributeValue> picked = map(value.m(), node);
            return picked.isEmpty() ? null : AttributeValue.fromM(picked);
        }
        if (value.hasL() && !node.indexes.isEmpty()) {
            List<AttributeValue> picked = new ArrayList<>();
            node.indexes.forEach((index, child) -> {
                AttributeValue part = index < value.l().size() ? pick(value.l().get(index), child) : null;
                if (part != null) {
                    picked.add(part);
                }
            });
            return picked.isEmpty() ? null : AttributeValue.fromL(picked);
        }
        return null;
    }

    /** The paths as a tree. */
    private static final class Node {

        private final Map<String, Node> names = new HashMap<>();
        private final Map<Integer, Node> indexes = new TreeMap<>();

        private Node child(DocumentPath.Element element) {
            return element instanceof DocumentPath.Name name
                    ? names.computeIfAbsent(name.name(), key -> new Node())
                    : indexes.computeIfAbsent(((DocumentPath.Index) element).index(), key -> new Node());
        }

        private boolean isLeaf() {
            return names.isEmpty() && indexes.isEmpty();
        }
    }
}
