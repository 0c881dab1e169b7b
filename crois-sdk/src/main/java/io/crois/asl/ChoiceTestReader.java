package io.crois.asl;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds the one test among the fields of a rule. */
final class ChoiceTestReader {
    private ChoiceTestReader() {}

    /** Reads the one test among {@code fields}. */
    static ChoiceTest read(Fields fields) {
        List<String> found =
                fields.names().stream().filter(ChoiceTestReader::isTest).toList();
        if (found.size() != 1) {
            throw new AslFormatException(
                    fields.place(), "A rule needs one test, but has " + found.size() + ": " + found + ".");
        }
        String name = found.get(0);
        return switch (name) {
            case "And" -> new ChoiceTest.And(fields.list(name, (value, place) -> read(new Fields(value, place))));
            case "Or" -> new ChoiceTest.Or(fields.list(name, (value, place) -> read(new Fields(value, place))));
            case "Not" -> new ChoiceTest.Not(read(new Fields(fields.required(name), fields.placeOf(name))));
            case "Condition" -> new ChoiceTest.Condition(fields.required(name));
            default -> comparison(fields, name);
        };
    }

    private static boolean isTest(String name) {
        return Set.of("And", "Or", "Not", "Condition").contains(name)
                || operator(name).isPresent();
    }

    private static Optional<ChoiceOperator> operator(String name) {
        Optional<ChoiceOperator> plain = ChoiceOperator.of(name);
        if (plain.isPresent() || !name.endsWith("Path")) {
            return plain;
        }
        return ChoiceOperator.of(name.substring(0, name.length() - "Path".length()))
                .filter(ChoiceOperator::hasPathForm);
    }

    private static ChoiceTest.Comparison comparison(Fields fields, String name) {
        ChoiceOperator operator = operator(name).orElseThrow();
        boolean path = !operator.text().equals(name);
        return new ChoiceTest.Comparison(fields.requiredText("Variable"), operator, fields.required(name), path);
    }
}
