package io.crois.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crois.contract.Json;
import java.util.Locale;

/** A template under construction. Not thread-safe. */
final class Stack {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final String project;
    private final ObjectNode parameters = JSON.objectNode();
    private final ObjectNode conditions = JSON.objectNode();
    private final ObjectNode resources = JSON.objectNode();
    private final ObjectNode outputs = JSON.objectNode();

    Stack(String project) {
        this.project = project;
    }

    /** Adds a parameter that stays what it is when it stands there already. */
    ObjectNode parameter(String name, String description) {
        return parameters.putObject(name).put("Type", "String").put("Description", description);
    }

    void condition(String name, JsonNode test) {
        conditions.set(name, test);
    }

    /** Adds a resource, unless it is there: workflows share definitions. Returns its other members to fill. */
    ObjectNode resource(String id, String type, ObjectNode properties) {
        ObjectNode resource = JSON.objectNode().put("Type", type);
        resource.set("Properties", properties);
        if (!resources.has(id)) {
            resources.set(id, resource);
        }
        return resource;
    }

    void output(String name, String description, JsonNode value) {
        outputs.putObject(name).put("Description", description).set("Value", value);
    }

    ObjectNode toTree() {
        ObjectNode tree = JSON.objectNode()
                .put("AWSTemplateFormatVersion", "2010-09-09")
                .put("Description", "Crois: project " + project + " and its workflows");
        tree.set("Parameters", parameters);
        tree.set("Conditions", conditions);
        tree.set("Resources", resources);
        tree.set("Outputs", outputs);
        return tree;
    }

    /**
     * Returns a logical id: the letters and digits of a name, and a digest of all of it where something was left out.
     */
    static String id(String kind, String name) {
        String plain = name.replaceAll("[^A-Za-z0-9]", "");
        String capital = plain.isEmpty() ? "" : plain.substring(0, 1).toUpperCase(Locale.ROOT) + plain.substring(1);
        String cut = capital.substring(0, Math.min(capital.length(), 40));
        return kind
                + cut
                + (plain.equals(name) && cut.equals(capital)
                        ? ""
                        : Json.digest(name).substring(0, 8));
    }

    static ObjectNode ref(String id) {
        return JSON.objectNode().put("Ref", id);
    }

    static ObjectNode attribute(String id, String attribute) {
        ObjectNode function = JSON.objectNode();
        function.putArray("Fn::GetAtt").add(id).add(attribute);
        return function;
    }
}
