package io.crois.testkit.aws.internal.dynamodb;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A parsed condition, filter or key condition. */
public sealed interface Condition {

    /** Tells whether an item fulfils it; an item that is not there is an empty one. */
    boolean test(Map<String, AttributeValue> item);

    /** All of them. */
    record And(Condition left, Condition right) implements Condition {

        @Override
        public boolean test(Map<String, AttributeValue> item) {
            return left.test(item) && right.test(item);
        }
    }

    /** One of them. */
    record Or(Condition left, Condition right) implements Condition {

        @Override
        public boolean test(Map<String, AttributeValue> item) {
            return left.test(item) || right.test(item);
        }
    }

    /** Not it. */
    record Not(Condition condition) implements Condition {

        @Override
        public boolean test(Map<String, AttributeValue> item) {
            return !condition.test(item);
        }
    }

    /** {@code = <> < <= > >=}. */
    record Comparison(Operand left, String operator, Operand right) implements Condition {

        @Override
        public boolean test(Map<String, AttributeValue> item) {
            Optional<AttributeValue> a = left.value(item);
            Optional<AttributeValue> b = right.value(item);
            if (a.isEmpty() || b.isEmpty()) {
                return operator.equals("<>") && a.isPresent() != b.isPresent();
            }
            if (operator.equals("=")) {
                return Values.same(a.get(), b.get());
            }
            if (operator.equals("<>")) {
                return !Values.same(a.get(), b.get());
            }
            OptionalInt order = Values.compare(a.get(), b.get());
            return order.isPresent() && inOrder(order.getAsInt());
        }

        private boolean inOrder(int order) {
            return switch (operator) {
                case "<" -> order < 0;
                case "<=" -> order <= 0;
                case ">" -> order > 0;
                default -> order >= 0;
            };
        }
    }

    /** {@code a BETWEEN b AND c}, both ends included. */
    record Between(Operand operand, Operand low, Operand high) implements Condition {

        @Override
        public boolean test(Map<String, AttributeValue> item) {
            return new Comparison(operand, ">=", low).test(item) && new Comparison(operand, "<=", high).test(item);
        }
    }

    /** {@code a IN (b, c)}. */
    record In(Operand operand, List<Operand> members) implements Condition {

        @Override
        public boolean test(Map<String, AttributeValue> item) {
            return members.stream().anyMatch(member -> new Comparison(operand, "=", member).test(item));
        }
    }

    /** {@code attribute_exists(path)}. */
    record Exists(DocumentPath path) implements Condition {

        @Override
        public boolean test(Map<String, AttributeValue> item) {
            return path.read(item).isPresent();
        }
    }

    /** {@code attribute_type(path, :type)}. */
    record HasType(DocumentPath path, Operand type) implements Condition {

        @Override
        public boolean test(Map<String, AttributeValue> item) {
            String wanted = type.value(item).map(AttributeValue::s).orElse("");
            return path.read(item)
                    .filter(value -> Values.type(value).equals(wanted))
                    .isPresent();
        }
    }

    /** {@code begins_with(path, prefix)}. */
    record BeginsWith(Operand operand, Operand prefix) implements Condition {

        @Override
        public boolean test(Map<String, AttributeValue> item) {
            Optional<AttributeValue> value = operand.value(item);
            Optional<AttributeValue> first = prefix.value(item);
            return value.isPresent() && first.isPresent() && Values.beginsWith(value.get(), first.get());
        }
    }

    /** {@code contains(path, operand)}. */
    record Contains(Operand container, Operand member) implements Condition {

        @Override
        public boolean test(Map<String, AttributeValue> item) {
            Optional<AttributeValue> whole = container.value(item);
            Optional<AttributeValue> part = member.value(item);
            return whole.isPresent() && part.isPresent() && Values.contains(whole.get(), part.get());
        }
    }
}
