package io.crois.compile;

import io.crois.contract.Value;
import io.crois.workflow.Choose;
import io.crois.workflow.Comparand;
import io.crois.workflow.Condition;
import io.crois.workflow.Item;
import io.crois.workflow.Parameter;
import io.crois.workflow.Result;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Turns the conditions of one choice into JSONata, and gathers the values that they look at. */
final class Conditions {
    private static final Set<String> RESERVED = Set.of("and", "or", "in", "true", "false", "null", "function");

    private final Operands operands;
    private final List<String> loops;
    private final Map<String, Value> values = new LinkedHashMap<>();
    private final Map<Value, String> aliases = new HashMap<>();
    private final Map<Comparand, Value> read = new LinkedHashMap<>();

    Conditions(Operands operands, List<String> loops) {
        this.operands = operands;
        this.loops = loops;
    }

    /** Returns the values by the names that the expressions use. */
    Map<String, Value> values() {
        return values;
    }

    /** Returns what the conditions of a choose look at, after all of them were written. */
    Notes.Choice note(Choose choose) {
        return new Notes.Choice(
                choose.name(),
                choose.cases().stream().map(Choose.Case::condition).toList(),
                read);
    }

    String expression(Condition condition) {
        return "{% " + write(condition) + " %}";
    }

    private String write(Condition condition) {
        if (condition instanceof Condition.Comparison comparison) {
            return "$states.input.values." + alias(comparison.left()) + " " + operator(comparison.operator()) + " "
                    + comparison.right();
        }
        if (condition instanceof Condition.And and) {
            return "(" + write(and.left()) + " and " + write(and.right()) + ")";
        }
        if (condition instanceof Condition.Or or) {
            return "(" + write(or.left()) + " or " + write(or.right()) + ")";
        }
        return "$not(" + write(((Condition.Not) condition).condition()) + ")";
    }

    private String alias(Comparand comparand) {
        Value value = operands.value(comparand, loops);
        read.put(comparand, value);
        return aliases.computeIfAbsent(value, unknown -> {
            String alias = free(identifier(name(comparand)));
            values.put(alias, value);
            return alias;
        });
    }

    private String free(String wanted) {
        String alias = wanted;
        for (int i = 2; values.containsKey(alias); i++) {
            alias = wanted + "_" + i;
        }
        return alias;
    }

    private static String name(Comparand comparand) {
        if (comparand instanceof Parameter<?> parameter) {
            return parameter.name();
        }
        if (comparand instanceof Result<?> result) {
            return result.name();
        }
        Item.Field<?> field = (Item.Field<?>) comparand;
        return field.loop() + field.pointer();
    }

    private static String identifier(String name) {
        String plain = name.replaceAll("[^A-Za-z0-9_]", "_");
        return RESERVED.contains(plain) ? plain + "_" : plain;
    }

    private static String operator(Condition.Operator operator) {
        return switch (operator) {
            case EQUAL_TO -> "=";
            case AT_LEAST -> ">=";
            case AT_MOST -> "<=";
            case GREATER_THAN -> ">";
            case LESS_THAN -> "<";
        };
    }
}
