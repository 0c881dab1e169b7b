package io.crois.testkit.engine.internal;

import com.fasterxml.jackson.databind.JsonNode;
import io.crois.asl.ChoiceTest;
import io.crois.testkit.engine.internal.expression.Expressions;
import io.crois.testkit.engine.internal.expression.Template;
import java.util.List;

/** What has to hold for a rule of a Choice. */
@FunctionalInterface
interface Condition {

    boolean holds(Evaluation scope);

    /** Plans a test of either query language; errors of JSONata name the field. */
    static Condition of(ChoiceTest test, String field) {
        if (test instanceof ChoiceTest.Condition condition) {
            return jsonata(condition.condition(), field);
        }
        if (test instanceof ChoiceTest.And and) {
            List<Condition> all =
                    and.tests().stream().map(part -> of(part, field)).toList();
            return scope -> all.stream().allMatch(condition -> condition.holds(scope));
        }
        if (test instanceof ChoiceTest.Or or) {
            List<Condition> any =
                    or.tests().stream().map(part -> of(part, field)).toList();
            return scope -> any.stream().anyMatch(condition -> condition.holds(scope));
        }
        if (test instanceof ChoiceTest.Not not) {
            Condition turned = of(not.test(), field);
            return scope -> !turned.holds(scope);
        }
        return Comparisons.of((ChoiceTest.Comparison) test);
    }

    private static Condition jsonata(JsonNode condition, String field) {
        Template template = Expressions.jsonata(condition, field);
        String shown = condition.isTextual() ? Expressions.bare(condition.textValue()) : condition.toString();
        return scope -> {
            JsonNode value = template.evaluate(scope);
            if (!value.isBoolean()) {
                throw Expressions.unexpectedType(shown, field, "boolean", value);
            }
            return value.booleanValue();
        };
    }
}
