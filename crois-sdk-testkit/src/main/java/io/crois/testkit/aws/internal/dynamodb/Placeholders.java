package io.crois.testkit.aws.internal.dynamodb;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The names and values that a request gives for its expressions; refuses those that no expression uses. */
public final class Placeholders {

    private final Map<String, String> names;
    private final Map<String, AttributeValue> values;
    private final Set<String> used = new HashSet<>();

    /** Takes those of a request. */
    public Placeholders(Map<String, String> names, Map<String, AttributeValue> values) {
        this.names = names;
        this.values = Values.checked(values);
    }

    String name(String placeholder, String expressionKind) {
        String name = names.get(placeholder);
        if (name == null) {
            throw Refusal.validation("Invalid " + expressionKind
                    + ": An expression attribute name used in the document path is not defined; attribute name: "
                    + placeholder);
        }
        used.add(placeholder);
        return name;
    }

    AttributeValue value(String placeholder, String expressionKind) {
        AttributeValue value = values.get(placeholder);
        if (value == null) {
            throw Refusal.validation("Invalid " + expressionKind
                    + ": An expression attribute value used in expression is not defined; attribute value: "
                    + placeholder);
        }
        used.add(placeholder);
        return value;
    }

    /** Refuses what no expression used; called when all of them are parsed. */
    public void refuseUnused() {
        refuseUnused("ExpressionAttributeValues", values.keySet());
        refuseUnused("ExpressionAttributeNames", names.keySet());
    }

    private void refuseUnused(String parameter, Set<String> given) {
        Set<String> unused = new TreeSet<>(given);
        unused.removeAll(used);
        if (!unused.isEmpty()) {
            throw Refusal.validation("Value provided in " + parameter + " unused in expressions: keys: {"
                    + String.join(", ", unused) + "}");
        }
    }
}
