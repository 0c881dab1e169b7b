package io.crois.testkit.engine.internal;

import com.fasterxml.jackson.databind.JsonNode;
import io.crois.asl.ChoiceRule;
import io.crois.asl.ChoiceState;
import io.crois.asl.QueryLanguage;
import io.crois.testkit.engine.internal.DataFlow.Exit;
import io.crois.testkit.engine.internal.expression.StatesError;
import io.crois.testkit.engine.internal.expression.Template;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Goes on with the state of the first rule that holds. */
final class ChoicePlan extends PlannedState {

    private final Rule[] rules;
    private final @Nullable String otherwiseName;
    private @Nullable PlannedState otherwise;

    ChoicePlan(Basics basics, ChoiceState state, QueryLanguage language) {
        super(basics);
        this.rules = IntStream.range(0, state.choices().size())
                .mapToObj(i -> new Rule(state.choices().get(i), "Choices[" + i + "]/", language))
                .toArray(Rule[]::new);
        this.otherwiseName = state.otherwise().orElse(null);
    }

    @Override
    void link(Function<String, PlannedState> states) {
        super.link(states);
        for (Rule rule : rules) {
            rule.next = states.apply(rule.nextName);
        }
        if (otherwiseName != null) {
            otherwise = states.apply(otherwiseName);
        }
    }

    @Override
    void begin(Frame frame) {
        Evaluation scope = frame.evaluation();
        for (Rule rule : rules) {
            if (rule.condition.holds(scope)) {
                frame.leave(exit(frame, scope, rule), Objects.requireNonNull(rule.next));
                return;
            }
        }
        if (otherwise == null) {
            throw StatesError.runtime(
                    "Failed to transition out of the state. The state does not point to a next state.");
        }
        frame.leave(flow().exit(frame, frame.effectiveInput(), null), otherwise);
    }

    private Exit exit(Frame frame, Evaluation scope, Rule rule) {
        JsonNode input = frame.effectiveInput();
        return flow() instanceof JsonPathFlow jsonPath
                ? jsonPath.exitOfRule(frame, input, rule.assign)
                : JsonataFlow.exit(scope, rule.output, rule.assign, null, input);
    }

    /** An entry of {@code Choices}. */
    private static final class Rule {
        private final Condition condition;
        private final @Nullable Template assign;
        private final @Nullable Template output;
        private final String nextName;
        private @Nullable PlannedState next;

        private Rule(ChoiceRule rule, String place, QueryLanguage language) {
            boolean isJsonata = language == QueryLanguage.JSONATA;
            this.condition = Condition.of(rule.test(), place + "Condition");
            this.assign = isJsonata
                    ? JsonataFlow.template(rule.assign(), place + "Assign")
                    : JsonPathFlow.template(rule.assign());
            this.output = isJsonata ? JsonataFlow.template(rule.output(), place + "Output") : null;
            this.nextName = rule.next();
        }
    }
}
