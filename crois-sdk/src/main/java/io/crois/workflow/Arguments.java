package io.crois.workflow;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The values given for a workflow's parameters when it is submitted. Immutable.
 *
 * @param values name → JSON value
 * @param texts name → text as typed on a command line, read by the parameter's type
 */
public record Arguments(Map<String, JsonNode> values, Map<String, String> texts) {
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    public Arguments {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        texts = Collections.unmodifiableMap(new LinkedHashMap<>(texts));
    }

    /** Returns no arguments: every parameter takes its default. */
    public static Arguments none() {
        return new Arguments(Map.of(), Map.of());
    }

    /** Returns arguments as a command line gives them: texts as they are, numbers, booleans and JSON as JSON text. */
    public static Arguments ofText(Map<String, String> texts) {
        return new Arguments(Map.of(), texts);
    }

    /**
     * Returns the members of a JSON object.
     *
     * @throws IllegalArgumentException if {@code object} is no JSON object
     */
    public static Arguments ofJson(JsonNode object) {
        if (!object.isObject()) {
            throw new IllegalArgumentException(
                    "Arguments must be a JSON object, but were " + object.getNodeType() + ".");
        }
        Map<String, JsonNode> values = new LinkedHashMap<>();
        object.properties().forEach(member -> values.put(member.getKey(), member.getValue()));
        return new Arguments(values, Map.of());
    }

    /** Sets the value for a parameter. Replaces. */
    public <T> Arguments with(Parameter<T> parameter, T value) {
        Map<String, JsonNode> longer = new LinkedHashMap<>(values);
        longer.put(parameter.name(), JSON.valueToTree(value));
        Map<String, String> others = new LinkedHashMap<>(texts);
        others.remove(parameter.name());
        return new Arguments(longer, others);
    }

    /**
     * Returns the value of every parameter, defaults filled in, in the order of the workflow.
     *
     * @throws WorkflowValidationException with every problem at once: unknown, missing, of a wrong type, out of range
     */
    public Map<String, JsonNode> check(Workflow workflow) {
        Problems problems = new Problems();
        Map<String, Parameter<?>> declared = workflow.parameters().stream()
                .collect(Collectors.toMap(Parameter::name, p -> p, (a, b) -> a, LinkedHashMap::new));
        values.keySet().forEach(name -> checkKnown(name, declared, problems));
        texts.keySet().forEach(name -> checkKnown(name, declared, problems));
        Map<String, JsonNode> resolved = new LinkedHashMap<>();
        declared.values().forEach(parameter -> resolve(parameter, resolved, problems));
        problems.throwIfAny("Call of workflow `" + workflow.name() + "`");
        return Collections.unmodifiableMap(resolved);
    }

    private static void checkKnown(String name, Map<String, Parameter<?>> declared, Problems problems) {
        if (!declared.containsKey(name)) {
            String near = Problems.nearest(name, declared.keySet());
            problems.add(
                    "argument `" + name + "`",
                    "the workflow has no such parameter. "
                            + (near.isEmpty()
                                    ? "Its parameters are " + declared.keySet() + "."
                                    : "Did you mean `" + near + "`?"));
        }
    }

    private void resolve(Parameter<?> parameter, Map<String, JsonNode> resolved, Problems problems) {
        String name = parameter.name();
        String place = "argument `" + name + "`";
        JsonNode value = values.get(name);
        String text = texts.get(name);
        if (value == null && text != null) {
            value = parse(parameter, text);
        }
        if (value == null) {
            value = parameter.defaultValue();
        }
        if (value == null) {
            problems.add(place, "is missing and has no default. Give it a value of type " + parameter.type() + ".");
            return;
        }
        String problem = ParameterCheck.problem(parameter, value);
        if (problem != null) {
            problems.add(place, problem);
        }
        resolved.put(name, value);
    }

    /** Text that cannot be read stays text, so that the type check refuses it by its value. */
    private static JsonNode parse(Parameter<?> parameter, String text) {
        if (parameter.type() == ValueType.TEXT) {
            return TextNode.valueOf(text);
        }
        try {
            JsonNode value = JSON.readTree(text);
            return value.isMissingNode() ? TextNode.valueOf(text) : value;
        } catch (JsonProcessingException e) {
            return TextNode.valueOf(text);
        }
    }
}
