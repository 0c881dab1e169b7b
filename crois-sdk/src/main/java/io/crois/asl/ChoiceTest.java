package io.crois.asl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** What has to hold for a rule of a Choice: a JSONata condition, a comparison, or tests put together. */
public sealed interface ChoiceTest {
    /** Returns the fields that this test is written as. */
    ObjectNode toJsonNode();

    /**
     * A JSONata test, {@code Condition}.
     *
     * @param condition a JSONata text between {@code {%} and {@code %}}, or a plain boolean
     */
    record Condition(JsonNode condition) implements ChoiceTest {
        /** Keeps a copy of its own. */
        public Condition {
            condition = condition.deepCopy();
        }

        @Override
        public ObjectNode toJsonNode() {
            return JsonNodeFactory.instance.objectNode().set("Condition", condition);
        }
    }

    /**
     * A JSONPath test of one value.
     *
     * @param variable the path of the value
     * @param operator what is compared
     * @param operand what it is compared with, a path where {@code operandIsPath}
     * @param operandIsPath whether the operator's {@code …Path} form is meant
     */
    record Comparison(String variable, ChoiceOperator operator, JsonNode operand, boolean operandIsPath)
            implements ChoiceTest {
        /** Refuses a path for an operator that takes none. */
        public Comparison {
            if (operandIsPath && !operator.hasPathForm()) {
                throw new IllegalArgumentException("`" + operator.text() + "` has no form that takes a path.");
            }
            operand = operand.deepCopy();
        }

        @Override
        public ObjectNode toJsonNode() {
            ObjectNode json = JsonNodeFactory.instance.objectNode().put("Variable", variable);
            return json.set(operator.text() + (operandIsPath ? "Path" : ""), operand);
        }
    }

    /**
     * Holds when all tests hold.
     *
     * @param tests in their order, at least one
     */
    record And(List<ChoiceTest> tests) implements ChoiceTest {
        /** Keeps a copy of its own. */
        public And {
            tests = List.copyOf(tests);
        }

        @Override
        public ObjectNode toJsonNode() {
            return of("And", tests);
        }
    }

    /**
     * Holds when one test holds.
     *
     * @param tests in their order, at least one
     */
    record Or(List<ChoiceTest> tests) implements ChoiceTest {
        /** Keeps a copy of its own. */
        public Or {
            tests = List.copyOf(tests);
        }

        @Override
        public ObjectNode toJsonNode() {
            return of("Or", tests);
        }
    }

    /**
     * Holds when the test does not.
     *
     * @param test the test turned round
     */
    record Not(ChoiceTest test) implements ChoiceTest {
        @Override
        public ObjectNode toJsonNode() {
            return JsonNodeFactory.instance.objectNode().set("Not", test.toJsonNode());
        }
    }

    private static ObjectNode of(String name, List<ChoiceTest> tests) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode array = json.putArray(name);
        tests.forEach(test -> array.add(test.toJsonNode()));
        return json;
    }
}
