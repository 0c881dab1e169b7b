package io.crois.asl.internal;

import java.util.List;
import java.util.stream.IntStream;

/** The entries of {@code Retry} and {@code Catch}. */
final class HandlerRules {
    private static final String ALL = "States.ALL";

    private static final Shape RETRIER = Shape.builder()
            .field("ErrorEquals", HandlerRules::checkErrors)
            .field("Comment", ValueRules.TEXT)
            .field("IntervalSeconds", ValueRules.integer(0, ValueRules.MOST))
            .field("MaxAttempts", ValueRules.integer(0, ValueRules.MOST))
            .field("BackoffRate", ValueRules.decimal("1.0", String.valueOf(Double.MAX_VALUE)))
            .field("MaxDelaySeconds", ValueRules.integer(1, 31_622_400))
            .field("JitterStrategy", ValueRules.oneOf("NONE", "FULL"))
            .required("ErrorEquals")
            .build();

    private static final Shape CATCHER = Shape.builder()
            .field("ErrorEquals", HandlerRules::checkErrors)
            .field("Comment", ValueRules.TEXT)
            .field("Next", ValueRules.TEXT)
            .jsonPath("ResultPath", ValueRules.RESULT_PATH)
            .jsonata("Output", Payloads::check)
            .field("Assign", VariableNames::check)
            .required("ErrorEquals", "Next")
            .build();

    private HandlerRules() {}

    static void checkRetry(Part list) {
        check(list, RETRIER);
    }

    static void checkCatch(Part list) {
        check(list, CATCHER);
    }

    private static void check(Part list, Shape shape) {
        if (!list.require(list.node().isArray(), "ARRAY")) {
            return;
        }
        List<Part> entries = list.elements();
        entries.forEach(shape::check);
        for (int i = 0; i < entries.size(); i++) {
            checkAll(entries.get(i).at("ErrorEquals"), i == entries.size() - 1);
        }
    }

    private static void checkAll(Part errors, boolean isLast) {
        List<Part> names = errors.elements();
        IntStream.range(0, names.size())
                .mapToObj(names::get)
                .filter(name -> name.node().asText().equals(ALL))
                .filter(name -> !isLast || names.size() > 1)
                .forEach(name -> name.report("States.ALL must appear alone and at end of list"));
    }

    private static void checkErrors(Part errors) {
        if (errors.requireElements()) {
            errors.elements().forEach(ValueRules.TEXT::check);
        }
    }
}
