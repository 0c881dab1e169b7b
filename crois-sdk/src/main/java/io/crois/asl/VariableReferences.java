package io.crois.asl;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which variables each state of a machine reads, as DescribeStateMachine answers it. */
public final class VariableReferences {
    private static final Set<String> NO_REFERENCES =
            Set.of("Result", "ResultPath", "Comment", "Branches", "ItemProcessor", "Iterator");
    /** A name behind one dollar sign, and whether it is called or bound. */
    private static final Pattern TOKEN =
            Pattern.compile("\\$\\$+|\\$(?<name>[\\p{L}_][\\p{L}\\p{N}_]*+)(?<after>\\s*+(?:\\(|:=)?+)");

    private static final Pattern FUNCTION = Pattern.compile("(?:function|\u03bb)\\s*+\\(([^)]*+)\\)");
    private static final Pattern NAME = Pattern.compile("\\$([\\p{L}_][\\p{L}\\p{N}_]*+)");

    private final boolean rootIsJsonata;
    private final Map<String, Set<String>> read = new TreeMap<>();

    private VariableReferences(boolean rootIsJsonata) {
        this.rootIsJsonata = rootIsJsonata;
    }

    /**
     * Returns the variables that each state reads, by the state's name, both in alphabetical order. States that read
     * none are left out; states of machines inside states are there under their own names.
     */
    public static Map<String, List<String>> of(StateMachine machine) {
        boolean jsonata =
                machine.queryLanguage().filter(QueryLanguage.JSONATA::equals).isPresent();
        VariableReferences references = new VariableReferences(jsonata);
        references.addMachine(machine);
        Map<String, List<String>> lists = new TreeMap<>();
        references.read.forEach((state, variables) -> lists.put(state, List.copyOf(variables)));
        return Collections.unmodifiableMap(lists);
    }

    private void addMachine(StateMachine machine) {
        machine.states().forEach(this::addState);
    }

    private void addState(String name, State state) {
        boolean jsonata =
                state.queryLanguage().map(QueryLanguage.JSONATA::equals).orElse(rootIsJsonata);
        Set<String> variables = new TreeSet<>();
        state.fields.names().stream()
                .filter(field -> !NO_REFERENCES.contains(field))
                .forEach(field -> addValue(field, state.fields.required(field), jsonata, variables));
        if (!variables.isEmpty()) {
            read.computeIfAbsent(name, added -> new TreeSet<>()).addAll(variables);
        }
        if (state instanceof ParallelState parallel) {
            parallel.branches().forEach(this::addMachine);
        } else if (state instanceof MapState map) {
            map.itemProcessor().ifPresent(this::addMachine);
        }
    }

    private static void addValue(String field, JsonNode value, boolean jsonata, Set<String> variables) {
        if (value.isTextual() && (jsonata ? isExpression(value.textValue()) : isPath(field))) {
            addText(value.textValue(), variables);
        } else if (value.isArray()) {
            value.forEach(element -> addValue("", element, jsonata, variables));
        } else {
            value.properties().forEach(inner -> addValue(inner.getKey(), inner.getValue(), jsonata, variables));
        }
    }

    private static boolean isExpression(String text) {
        return text.startsWith("{%") && text.endsWith("%}");
    }

    private static boolean isPath(String field) {
        return field.endsWith(".$")
                || field.equals("Variable")
                || (field.endsWith("Path") && !field.equals("ResultPath"));
    }

    private static void addText(String expression, Set<String> variables) {
        String text = QuotedText.blank(expression);
        Set<String> read = new TreeSet<>();
        Set<String> bound = new TreeSet<>(Set.of("states"));
        Matcher token = TOKEN.matcher(text);
        while (token.find()) {
            String name = token.group("name");
            if (name != null && token.group("after").endsWith(":=")) {
                bound.add(name);
            } else if (name != null && !token.group("after").endsWith("(")) {
                read.add(name);
            }
        }
        FUNCTION.matcher(text)
                .results()
                .forEach(function ->
                        NAME.matcher(function.group(1)).results().forEach(parameter -> bound.add(parameter.group(1))));
        read.removeAll(bound);
        read.removeAll(JsonataFunctions.NAMES);
        variables.addAll(read);
    }
}
