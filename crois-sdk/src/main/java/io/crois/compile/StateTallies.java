package io.crois.compile;

import com.fasterxml.jackson.databind.JsonNode;

/** Counts what single states take, with all that runs inside of them. */
final class StateTallies {
    private static final long DEFAULT_RETRIES = 3;

    private final Facts facts;
    private final Place place;

    StateTallies(Facts facts, Place place) {
        this.facts = facts;
        this.place = place;
    }

    Outcome of(String name, JsonNode state) {
        Outcome once = switch (state.path("Type").asText()) {
            case "Fail" -> Outcome.failing(Tally.state(1));
            case "Task" -> plain(task(state));
            case "Parallel" -> parallel(state);
            case "Map" -> new MapTallies(facts, place).of(name, state);
            default -> plain(Tally.state(2));
        };
        long tries = 1 + retries(state);
        return facts.mayFail() && tries > 1 ? again(once, tries) : once;
    }

    /** Returns the tally of a failure: as little as entering the state, or all of it. */
    static Tally begun(Tally most) {
        return most.or(Tally.state(1));
    }

    private Outcome plain(Tally tally) {
        return new Outcome(tally, facts.mayFail() ? begun(tally) : null);
    }

    private static Outcome again(Outcome once, long tries) {
        Tally success = once.success();
        Tally failure = once.failure();
        Tally most = once.anyEnd();
        return new Outcome(
                success == null ? null : success.or(most.upTo(tries)),
                failure == null ? null : failure.or(most.upTo(tries)));
    }

    private static long retries(JsonNode state) {
        long retries = 0;
        for (JsonNode retrier : state.path("Retry")) {
            retries += retrier.path("MaxAttempts").asLong(DEFAULT_RETRIES);
        }
        return retries;
    }

    /** A service that is waited for says in an entry of its own that it was asked. */
    private static Tally task(JsonNode state) {
        String resource = state.path("Resource").asText();
        boolean waits = resource.contains(".sync") || resource.endsWith(".waitForTaskToken");
        Tally tally = Tally.state(waits ? 6 : 5);
        if (resource.contains(":lambda:invoke") || resource.contains(":function:")) {
            return tally.calling(1);
        }
        boolean starts = resource.contains(":ecs:runTask") || resource.contains(":batch:submitJob");
        return starts ? tally.running("") : tally;
    }

    private Outcome parallel(JsonNode state) {
        Tally success = Tally.state(4);
        Tally begun = Tally.NONE;
        boolean succeeds = true;
        boolean fails = facts.mayFail();
        for (JsonNode branch : state.path("Branches")) {
            Outcome outcome = new Tallies(branch, facts, place).whole();
            begun = begun.plus(outcome.anyEnd());
            Tally good = outcome.success();
            succeeds &= good != null;
            success = good == null ? success : success.plus(good);
            fails |= outcome.failure() != null;
        }
        return new Outcome(
                succeeds ? success : null, fails ? begun(Tally.state(4).plus(begun)) : null);
    }
}
