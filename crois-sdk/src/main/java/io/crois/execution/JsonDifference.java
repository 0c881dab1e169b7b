package io.crois.execution;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.crois.contract.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Tells in lines how one JSON value differs from another: the path of a member, what it was, what it is. */
final class JsonDifference {
    private static final int LONGEST = 120;

    private final Set<String> passedOver;
    private final List<String> lines = new ArrayList<>();

    private JsonDifference(Set<String> passedOver) {
        this.passedOver = passedOver;
    }

    /**
     * Returns a line for each difference, in the order of the paths.
     *
     * @param passedOver names of members that do not count
     */
    static List<String> lines(JsonNode before, JsonNode after, Set<String> passedOver) {
        JsonDifference difference = new JsonDifference(passedOver);
        difference.compare("", before, after);
        return difference.lines;
    }

    private void compare(String path, JsonNode before, JsonNode after) {
        if (before.isObject() && after.isObject()) {
            Set<String> names = new TreeSet<>();
            before.fieldNames().forEachRemaining(names::add);
            after.fieldNames().forEachRemaining(names::add);
            names.removeAll(passedOver);
            names.forEach(name ->
                    compare(path.isEmpty() ? name : path + "." + name, member(before, name), member(after, name)));
        } else if (before.isArray() && after.isArray() && before.size() == after.size()) {
            for (int i = 0; i < before.size(); i++) {
                compare(path + "[" + i + "]", before.get(i), after.get(i));
            }
        } else if (!before.equals(after)) {
            lines.add(path + ": " + shown(before) + " → " + shown(after));
        }
    }

    private static JsonNode member(JsonNode object, String name) {
        JsonNode member = object.get(name);
        return member == null ? MissingNode.getInstance() : member;
    }

    private static String shown(JsonNode json) {
        if (json.isMissingNode()) {
            return "(none)";
        }
        String text = json.isTextual() ? json.textValue() : Json.write(json);
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }
}
