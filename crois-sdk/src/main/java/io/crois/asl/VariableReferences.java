package io.crois.asl;

import com.fasterxml.jackson.databind.JsonNode;
import io.crois.asl.internal.ReadVariables;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which variables each state of a machine reads, as DescribeStateMachine answers it. */
public final class VariableReferences {
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
                .filter(field -> !ReadVariables.UNREAD.contains(field))
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
            variables.addAll(ReadVariables.in(value.textValue()));
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
}
