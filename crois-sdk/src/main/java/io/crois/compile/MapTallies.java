package io.crois.compile;

import com.fasterxml.jackson.databind.JsonNode;
import io.crois.contract.ForEachSpec;
import io.crois.contract.StepSpec;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Counts what a Map takes: in the same execution, or with an execution for each item. */
final class MapTallies {
    private static final long OWN_EVENTS = 4;
    private static final long OWN_EVENTS_DISTRIBUTED = 6;
    private static final long EVENTS_OF_ITERATION = 2;
    private static final int MOST_LOOKED_AT = 100_000;

    private final Facts facts;
    private final Place place;

    MapTallies(Facts facts, Place place) {
        this.facts = facts;
        this.place = place;
    }

    /**
     * Iterations of which the same is known.
     *
     * @param outcome what one of them takes
     */
    private record Alike(Outcome outcome, Range count) {}

    Outcome of(String name, JsonNode state) {
        boolean distributed =
                state.at("/ItemProcessor/ProcessorConfig/Mode").asText().equals("DISTRIBUTED");
        boolean tolerant = state.has("ToleratedFailureCount") || state.has("ToleratedFailurePercentage");
        Tally success = Tally.state(distributed ? OWN_EVENTS_DISTRIBUTED : OWN_EVENTS);
        Tally any = success;
        boolean succeeds = true;
        boolean fails = facts.mayFail();
        for (Alike alike : iterations(name, state)) {
            Outcome one = within(alike.outcome(), distributed);
            Tally good = tolerant && distributed ? one.anyEnd() : one.success();
            any = any.plus(one.anyEnd().times(alike.count()));
            succeeds &= good != null || alike.count().least() == 0;
            success = good == null ? success : success.plus(good.times(alike.count()));
            fails |= one.failure() != null && alike.count().most() > 0;
        }
        return new Outcome(succeeds ? success : null, fails ? StateTallies.begun(any) : null);
    }

    private static Outcome within(Outcome iteration, boolean distributed) {
        return new Outcome(within(iteration.success(), distributed), within(iteration.failure(), distributed));
    }

    private static @Nullable Tally within(@Nullable Tally tally, boolean distributed) {
        if (tally == null) {
            return null;
        }
        return distributed ? tally.inChild() : tally.plusEvents(EVENTS_OF_ITERATION);
    }

    private List<Alike> iterations(String name, JsonNode state) {
        JsonNode processor = state.path("ItemProcessor");
        List<StepSpec> chain = facts.notes().chainOf(name);
        if (chain != null) {
            return chain.stream()
                    .map(spec -> alike(processor, place.at(spec), Range.exactly(1)))
                    .toList();
        }
        ForEachSpec loop = facts.notes().loopOf(name);
        if (loop != null) {
            return ofLoop(loop, processor);
        }
        String subWorkflow = facts.notes().subWorkflowOf(name);
        if (subWorkflow != null) {
            return List.of(alike(processor, place.in(subWorkflow, 0, null), Range.exactly(1)));
        }
        return List.of(alike(processor, place, written(state)));
    }

    private List<Alike> ofLoop(ForEachSpec loop, JsonNode processor) {
        Range count = facts.count(loop, place);
        if (!count.isExact() || count.most() > MOST_LOOKED_AT || !facts.differs(loop.name())) {
            return List.of(alike(processor, place.in(loop.name(), null, null), count));
        }
        List<Alike> each = new ArrayList<>();
        for (int i = 0; i < count.most(); i++) {
            each.add(alike(processor, place.in(loop.name(), i, facts.item(loop, place, i)), Range.exactly(1)));
        }
        return each;
    }

    /** Returns how many items an author wrote into a Map of his own; a batch of them is one iteration. */
    private static Range written(JsonNode state) {
        JsonNode items = state.path("Items");
        if (!items.isArray()) {
            return Range.ANY;
        }
        return state.has("ItemBatcher") ? new Range(0, items.size()) : Range.exactly(items.size());
    }

    private Alike alike(JsonNode processor, Place inside, Range count) {
        return new Alike(new Tallies(processor, facts, inside).whole(), count);
    }
}
