package io.crois.platform.internal;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Literals of a CloudFormation template: objects that keep the order of their members, and intrinsic functions. */
public final class Cfn {
    private Cfn() {}

    /**
     * Returns an object with the given members.
     *
     * @param namesAndValues a name, its value, the next name, …
     * @throws IllegalArgumentException if a name stands without a value, or is no text
     */
    public static Map<String, Object> object(Object... namesAndValues) {
        if (namesAndValues.length % 2 != 0) {
            throw new IllegalArgumentException("The last name has no value.");
        }
        Map<String, Object> members = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            if (!(namesAndValues[i] instanceof String name)) {
                throw new IllegalArgumentException("Member " + i / 2 + " has a name that is no text.");
            }
            members.put(name, namesAndValues[i + 1]);
        }
        return members;
    }

    /** Returns {@code {"Ref": id}}: the name of a resource, or the value of a parameter. */
    public static Map<String, Object> ref(String id) {
        return object("Ref", id);
    }

    /** Returns {@code {"Fn::GetAtt": [id, attribute]}}. */
    public static Map<String, Object> attribute(String id, String attribute) {
        return object("Fn::GetAtt", List.of(id, attribute));
    }

    /** Returns the ARN of a resource that has an attribute {@code Arn}. */
    public static Map<String, Object> arn(String id) {
        return attribute(id, "Arn");
    }

    /** Returns {@code {"Fn::Sub": text}}, in which <code>${Name}</code> stands for a parameter or a resource. */
    public static Map<String, Object> sub(String text) {
        return object("Fn::Sub", text);
    }

    /** Returns the list in a parameter whose members are separated by commas. */
    public static Map<String, Object> split(String parameter) {
        return object("Fn::Split", List.of(",", ref(parameter)));
    }

    /** Returns tags: the cost tag that everything of the platform carries, and a name. */
    public static List<Map<String, Object>> tags(String name) {
        return List.of(
                object("Key", "crois:platform", "Value", ref("Prefix")),
                object("Key", "Name", "Value", sub("${Prefix}-" + name)));
    }
}
