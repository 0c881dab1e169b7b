package io.crois.testkit.engine.internal;

import com.fasterxml.jackson.databind.JsonNode;
import io.crois.asl.ChoiceOperator;
import io.crois.asl.ChoiceTest;
import io.crois.testkit.engine.internal.expression.Expressions;
import io.crois.testkit.engine.internal.expression.StatesError;
import io.crois.testkit.engine.internal.expression.Template;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.function.BiPredicate;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The operators of JSONPath choices. Values of another type than the operator's compare as false. */
final class Comparisons {

    private Comparisons() {}

    static Condition of(ChoiceTest.Comparison test) {
        Template variable = Expressions.path(test.variable());
        Predicate<JsonNode> kind = kind(test.operator());
        if (test.operator() == ChoiceOperator.IS_PRESENT) {
            boolean wanted = test.operand().asBoolean();
            return scope -> isPresent(variable, scope) == wanted;
        }
        if (kind != null) {
            boolean wanted = test.operand().asBoolean();
            return scope -> kind.test(read(variable, scope, test.variable())) == wanted;
        }
        if (test.operandIsPath()) {
            String path = test.operand().asText();
            Template operand = Expressions.path(path);
            BiPredicate<JsonNode, JsonNode> comparison = comparison(test.operator());
            return scope -> comparison.test(read(variable, scope, test.variable()), read(operand, scope, path));
        }
        return fixed(test, variable);
    }

    private static Condition fixed(ChoiceTest.Comparison test, Template variable) {
        JsonNode operand = test.operand();
        if (test.operator() == ChoiceOperator.STRING_MATCHES) {
            Wildcard pattern = Wildcard.of(operand.asText());
            return scope -> {
                JsonNode value = read(variable, scope, test.variable());
                return value.isTextual() && pattern.matches(value.textValue());
            };
        }
        BiPredicate<JsonNode, JsonNode> comparison = comparison(test.operator());
        return scope -> comparison.test(read(variable, scope, test.variable()), operand);
    }

    private static boolean isPresent(Template variable, Evaluation scope) {
        try {
            return !variable.evaluate(scope).isMissingNode();
        } catch (StatesError absent) {
            return false;
        }
    }

    private static JsonNode read(Template variable, Evaluation scope, String path) {
        try {
            return variable.evaluate(scope);
        } catch (StatesError absent) {
            throw StatesError.runtime(
                    "Invalid path '" + path + "': The choice state's condition path references an invalid value.");
        }
    }

    private static @Nullable Predicate<JsonNode> kind(ChoiceOperator operator) {
        return switch (operator) {
            case IS_BOOLEAN -> JsonNode::isBoolean;
            case IS_NULL -> JsonNode::isNull;
            case IS_NUMERIC -> JsonNode::isNumber;
            case IS_STRING -> JsonNode::isTextual;
            case IS_TIMESTAMP -> value -> value.isTextual() && Timestamps.parse(value.textValue()) != null;
            default -> null;
        };
    }

    private static BiPredicate<JsonNode, JsonNode> comparison(ChoiceOperator operator) {
        return switch (operator) {
            case BOOLEAN_EQUALS ->
                (left, right) -> left.isBoolean() && right.isBoolean() && left.booleanValue() == right.booleanValue();
            case NUMERIC_EQUALS -> numeric(sign -> sign == 0);
            case NUMERIC_GREATER_THAN -> numeric(sign -> sign > 0);
            case NUMERIC_GREATER_THAN_EQUALS -> numeric(sign -> sign >= 0);
            case NUMERIC_LESS_THAN -> numeric(sign -> sign < 0);
            case NUMERIC_LESS_THAN_EQUALS -> numeric(sign -> sign <= 0);
            case STRING_EQUALS -> textual(sign -> sign == 0);
            case STRING_GREATER_THAN -> textual(sign -> sign > 0);
            case STRING_GREATER_THAN_EQUALS -> textual(sign -> sign >= 0);
            case STRING_LESS_THAN -> textual(sign -> sign < 0);
            case STRING_LESS_THAN_EQUALS -> textual(sign -> sign <= 0);
            case TIMESTAMP_EQUALS -> timestamps(sign -> sign == 0);
            case TIMESTAMP_GREATER_THAN -> timestamps(sign -> sign > 0);
            case TIMESTAMP_GREATER_THAN_EQUALS -> timestamps(sign -> sign >= 0);
            case TIMESTAMP_LESS_THAN -> timestamps(sign -> sign < 0);
            case TIMESTAMP_LESS_THAN_EQUALS -> timestamps(sign -> sign <= 0);
            default -> throw new IllegalArgumentException("`" + operator.text() + "` compares nothing.");
        };
    }

    private static BiPredicate<JsonNode, JsonNode> numeric(IntPredicate wanted) {
        return (left, right) -> {
            if (left.isInt() && right.isInt()) {
                return wanted.test(Integer.compare(left.intValue(), right.intValue()));
            }
            return left.isNumber()
                    && right.isNumber()
                    && wanted.test(decimal(left).compareTo(decimal(right)));
        };
    }

    private static BigDecimal decimal(JsonNode number) {
        return number.decimalValue();
    }

    private static BiPredicate<JsonNode, JsonNode> textual(IntPredicate wanted) {
        return (left, right) -> left.isTextual()
                && right.isTextual()
                && wanted.test(left.textValue().compareTo(right.textValue()));
    }

    private static BiPredicate<JsonNode, JsonNode> timestamps(IntPredicate wanted) {
        return (left, right) -> {
            Instant first = left.isTextual() ? Timestamps.parse(left.textValue()) : null;
            Instant second = right.isTextual() ? Timestamps.parse(right.textValue()) : null;
            return first != null && second != null && wanted.test(first.compareTo(second));
        };
    }
}
