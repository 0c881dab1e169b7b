package io.crois.platform.internal;

import java.util.LinkedHashMap;
import java.util.Map;

/** A CloudFormation template under construction. Not thread-safe. */
public final class Template {
    private final Map<String, Object> parameters = new LinkedHashMap<>();
    private final Map<String, Object> mappings = new LinkedHashMap<>();
    private final Map<String, Object> conditions = new LinkedHashMap<>();
    private final Map<String, Object> resources = new LinkedHashMap<>();
    private final Map<String, Object> outputs = new LinkedHashMap<>();

    /** Adds a parameter. */
    public void parameter(String name, Map<String, Object> definition) {
        add(parameters, name, definition);
    }

    /** Adds a table of values, {@code {key: {column: value}}}. */
    public void mapping(String name, Map<String, Object> rows) {
        add(mappings, name, rows);
    }

    /** Adds a condition. */
    public void condition(String name, Map<String, Object> definition) {
        add(conditions, name, definition);
    }

    /** Adds a resource that goes when the stack goes. */
    public void resource(String id, String type, Map<String, Object> properties) {
        add(resources, id, Cfn.object("Type", type, "Properties", properties));
    }

    /** Adds a resource that is there only where a condition holds. */
    public void resourceIf(String condition, String id, String type, Map<String, Object> properties) {
        add(resources, id, Cfn.object("Type", type, "Condition", condition, "Properties", properties));
    }

    /** Adds a resource that holds data: it outlives the stack, unless the stack was never completed. */
    public void keptResource(String id, String type, Map<String, Object> properties) {
        add(
                resources,
                id,
                Cfn.object(
                        "Type",
                        type,
                        "DeletionPolicy",
                        "RetainExceptOnCreate",
                        "UpdateReplacePolicy",
                        "Retain",
                        "Properties",
                        properties));
    }

    /** Adds a value that tells those who use the platform what something is called. */
    public void output(String name, String description, Object value) {
        add(outputs, name, Cfn.object("Description", description, "Value", value));
    }

    /** Returns the whole template. */
    public Map<String, Object> toTree() {
        return Cfn.object(
                "AWSTemplateFormatVersion",
                "2010-09-09",
                "Description",
                "Crois: what an account needs once to run container workflows",
                "Parameters",
                parameters,
                "Mappings",
                mappings,
                "Conditions",
                conditions,
                "Resources",
                resources,
                "Outputs",
                outputs);
    }

    private static void add(Map<String, Object> section, String name, Object value) {
        if (section.putIfAbsent(name, value) != null) {
            throw new IllegalStateException("`" + name + "` stands twice. This is a bug in Crois, please report it.");
        }
    }
}
