package io.crois.asl.internal;

import io.crois.asl.ChoiceOperator;
import io.crois.asl.QueryLanguage;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The rules of a Choice state. */
final class ChoiceRules {
    private static final List<String> TESTS = List.of("And", "Or", "Not", "Variable", "Condition");
    private static final Set<String> OF_JSONPATH = Set.of("And", "Or", "Not", "Variable");
    private static final Set<String> OF_TOP = Set.of("Next", "Assign", "Output");
    private static final List<String> COMPARISONS = comparisons();

    private ChoiceRules() {}

    private static List<String> comparisons() {
        List<String> names = new ArrayList<>();
        for (ChoiceOperator operator : ChoiceOperator.values()) {
            names.add(operator.text());
            if (operator.hasPathForm()) {
                names.add(operator.text() + "Path");
            }
        }
        return List.copyOf(names);
    }

    static void check(Part choices) {
        if (choices.requireElements()) {
            choices.elements().forEach(rule -> checkRule(rule, true));
        }
    }

    private static void checkRule(Part rule, boolean isTop) {
        if (!rule.requireObject()) {
            return;
        }
        if (isTop) {
            rule.requireFields("Next");
        }
        rule.node().fieldNames().forEachRemaining(field -> checkField(rule, field, isTop));
        if (TESTS.stream().filter(rule::has).count() != 1) {
            rule.report("The object must have only one of the following fields, " + TESTS);
        } else if (rule.has("Variable") && !rule.isJsonata()) {
            rule.requireExactlyOne(COMPARISONS);
        }
    }

    private static void checkField(Part rule, String field, boolean isTop) {
        Part value = rule.at(field);
        if (OF_TOP.contains(field) && !isTop) {
            rule.reportUnsupported(field);
        } else if (OF_JSONPATH.contains(field) && rule.isJsonata()) {
            rule.report(Shape.wrongLanguage(field, QueryLanguage.JSONATA, QueryLanguage.JSONPATH));
        } else if ((field.equals("Condition") || field.equals("Output")) && !rule.isJsonata()) {
            rule.report(Shape.wrongLanguage(field, QueryLanguage.JSONPATH, QueryLanguage.JSONATA));
        } else {
            checkValue(rule, field, value);
        }
    }

    private static void checkValue(Part rule, String field, Part value) {
        switch (field) {
            case "And", "Or" -> checkRules(value);
            case "Not" -> checkRule(value, false);
            case "Variable" -> ValueRules.REFERENCE_PATH.check(value);
            case "Condition" -> checkCondition(value);
            case "Next", "Comment" -> ValueRules.TEXT.check(value);
            case "Assign" -> VariableNames.check(value);
            case "Output" -> Payloads.check(value);
            default -> checkComparison(rule, field, value);
        }
    }

    private static void checkRules(Part rules) {
        if (rules.requireElements()) {
            rules.elements().forEach(rule -> checkRule(rule, false));
        }
    }

    private static void checkCondition(Part condition) {
        if (!condition.node().isBoolean() && condition.require(condition.node().isTextual(), "STRING")) {
            Payloads.check(condition);
        }
    }

    private static void checkComparison(Part rule, String operator, Part operand) {
        if (!COMPARISONS.contains(operator) || rule.isJsonata()) {
            rule.reportUnsupported(operator);
        } else if (operator.endsWith("Path")) {
            ValueRules.REFERENCE_PATH.check(operand);
        } else if (operator.startsWith("Numeric")) {
            ValueRules.NUMBER.check(operand);
        } else if (operator.startsWith("String")) {
            ValueRules.TEXT.check(operand);
        } else if (operator.startsWith("Timestamp")) {
            ValueRules.TIMESTAMP_TEXT.check(operand);
        } else {
            ValueRules.FLAG.check(operand);
        }
    }
}
