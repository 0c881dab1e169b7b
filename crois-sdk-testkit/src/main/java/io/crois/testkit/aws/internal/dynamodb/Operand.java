package io.crois.testkit.aws.internal.dynamodb;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Something in an expression that has a value. */
sealed interface Operand {

    /** Returns its value for an item; empty where the item has none. */
    Optional<AttributeValue> value(Map<String, AttributeValue> item);

    /** An attribute or a part of one. */
    record Path(DocumentPath path) implements Operand {

        @Override
        public Optional<AttributeValue> value(Map<String, AttributeValue> item) {
            return path.read(item);
        }
    }

    /** A value given with the request. */
    record Literal(AttributeValue literal) implements Operand {

        @Override
        public Optional<AttributeValue> value(Map<String, AttributeValue> item) {
            return Optional.of(literal);
        }
    }

    /** {@code size(path)}. */
    record Size(DocumentPath path) implements Operand {

        @Override
        public Optional<AttributeValue> value(Map<String, AttributeValue> item) {
            return path.read(item)
                    .map(Values::length)
                    .filter(length -> length.isPresent())
                    .map(length -> AttributeValue.fromN(String.valueOf(length.getAsInt())));
        }
    }

    /** {@code if_not_exists(path, operand)}, in updates only. */
    record IfNotExists(DocumentPath path, Operand otherwise) implements Operand {

        @Override
        public Optional<AttributeValue> value(Map<String, AttributeValue> item) {
            return path.read(item).or(() -> otherwise.value(item));
        }
    }

    /** {@code list_append(list, list)}, in updates only. */
    record ListAppend(Operand first, Operand second) implements Operand {

        @Override
        public Optional<AttributeValue> value(Map<String, AttributeValue> item) {
            List<AttributeValue> members = new ArrayList<>(list(first, item));
            members.addAll(list(second, item));
            return Optional.of(AttributeValue.fromL(members));
        }

        private static List<AttributeValue> list(Operand operand, Map<String, AttributeValue> item) {
            AttributeValue value = operand.value(item).orElseThrow(Operand::missing);
            if (!value.hasL()) {
                throw wrongType();
            }
            return value.l();
        }
    }

    /** {@code a + b} and {@code a - b}, in updates only. */
    record Sum(Operand left, boolean plus, Operand right) implements Operand {

        @Override
        public Optional<AttributeValue> value(Map<String, AttributeValue> item) {
            BigDecimal a = number(left, item);
            BigDecimal b = number(right, item);
            return Optional.of(AttributeValue.fromN(Values.plain(plus ? a.add(b) : a.subtract(b))));
        }

        private BigDecimal number(Operand operand, Map<String, AttributeValue> item) {
            AttributeValue value = operand.value(item).orElseThrow(Operand::missing);
            if (value.n() == null) {
                throw wrongType();
            }
            return new BigDecimal(value.n());
        }
    }

    private static RuntimeException missing() {
        return Refusal.validation("The provided expression refers to an attribute that does not exist in the item");
    }

    private static RuntimeException wrongType() {
        return Refusal.validation("An operand in the update expression has an incorrect data type");
    }
}
