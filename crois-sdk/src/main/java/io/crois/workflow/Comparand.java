package io.crois.workflow;

import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.crois.workflow.Condition.Comparison;
import io.crois.workflow.Condition.Operator;

/** An operand that a {@link Condition} can look at. */
public sealed interface Comparand extends Operand permits Parameter, Result, Item.Field {

    /** Returns the type of the value. */
    ValueType type();

    /** Holds when the number is {@code limit} or more. */
    default Condition atLeast(double limit) {
        return number(Operator.AT_LEAST, limit);
    }

    /** Holds when the number is {@code limit} or less. */
    default Condition atMost(double limit) {
        return number(Operator.AT_MOST, limit);
    }

    /** Holds when the number is more than {@code limit}. */
    default Condition greaterThan(double limit) {
        return number(Operator.GREATER_THAN, limit);
    }

    /** Holds when the number is less than {@code limit}. */
    default Condition lessThan(double limit) {
        return number(Operator.LESS_THAN, limit);
    }

    /** Holds when the number is exactly {@code number}. */
    default Condition equalTo(double number) {
        return number(Operator.EQUAL_TO, number);
    }

    /** Holds when the text is exactly {@code text}. */
    default Condition equalTo(String text) {
        return new Comparison(this, Operator.EQUAL_TO, TextNode.valueOf(text));
    }

    /** Holds when the value is {@code true}. */
    default Condition isTrue() {
        return new Comparison(this, Operator.EQUAL_TO, BooleanNode.TRUE);
    }

    /** Holds when the value is {@code false}. */
    default Condition isFalse() {
        return new Comparison(this, Operator.EQUAL_TO, BooleanNode.FALSE);
    }

    private Condition number(Operator operator, double limit) {
        return new Comparison(this, operator, DoubleNode.valueOf(limit));
    }
}
