package io.crois.compile;

import com.fasterxml.jackson.databind.JsonNode;
import io.crois.contract.RetryRule;
import io.crois.contract.StepSpec;

/**
 * The states of a step, seen as one.
 *
 * @param reuse the entry of {@code Catch} by which prepare leaves when outputs are reused
 */
record StepWay(JsonNode prepare, boolean choosesBackend, JsonNode store, JsonNode reuse) {
    private static final long TRIES_OF_LAMBDA = 9;
    private static final long TRIES_OF_PLATFORM = 5;
    private static final long EVENTS_OF_FUNCTION = 5;
    private static final long EVENTS_OF_CONTAINER = 6;
    private static final long EVENTS_OF_PLAIN = 2;

    static StepWay of(JsonNode states, String first) {
        JsonNode prepare = states.path(first);
        JsonNode next = states.path(prepare.path("Next").asText());
        boolean chooses = next.path("Type").asText().equals("Choice");
        JsonNode run = chooses ? states.path(next.path("Default").asText()) : next;
        JsonNode store = states.path(run.path("Next").asText());
        return new StepWay(prepare, chooses, store, prepare.path("Catch").path(0));
    }

    /** Returns what one attempt takes that goes well. */
    Tally goodAttempt(String path) {
        Tally tally = Tally.state(EVENTS_OF_FUNCTION)
                .calling(1)
                .plus(Tally.state(EVENTS_OF_CONTAINER).running(path))
                .plus(Tally.state(EVENTS_OF_FUNCTION).calling(1));
        return choosesBackend ? tally.plus(Tally.state(EVENTS_OF_PLAIN)) : tally;
    }

    Tally reused() {
        return Tally.state(EVENTS_OF_FUNCTION).calling(1);
    }

    /** Returns what all attempts take that the rules can allow, with all that Lambda may repeat. */
    Tally mostAttempts(StepSpec spec, String path) {
        Tally function = function();
        Tally attempt = function.plus(Tally.state(EVENTS_OF_CONTAINER).running(path))
                .plus(function)
                .plus(function)
                .plus(Tally.state(EVENTS_OF_PLAIN));
        Tally whole = choosesBackend ? attempt.plus(Tally.state(EVENTS_OF_PLAIN)) : attempt;
        return whole.times(Range.exactly(attempts(spec)));
    }

    /** Each rule has attempts of its own, and so has the platform for what no rule speaks of. */
    static long attempts(StepSpec spec) {
        return 1
                + TRIES_OF_PLATFORM
                + spec.retry().stream().mapToLong(RetryRule::maxAttempts).sum();
    }

    private static Tally function() {
        long events = EVENTS_OF_PLAIN + TRIES_OF_LAMBDA * (EVENTS_OF_FUNCTION - EVENTS_OF_PLAIN);
        Tally tries = Tally.state(events).calling(TRIES_OF_LAMBDA);
        return new Tally(
                Range.exactly(TRIES_OF_LAMBDA),
                tries.events(),
                tries.functionCalls(),
                tries.children(),
                tries.childEvents(),
                tries.containers());
    }
}
