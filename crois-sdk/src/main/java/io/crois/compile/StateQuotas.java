package io.crois.compile;

import com.fasterxml.jackson.databind.JsonNode;
import io.crois.compile.QuotaProblem.Severity;
import io.crois.contract.ForEachSpec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Looks at each state of a machine, and of the machines inside it, for what AWS allows a state. */
final class StateQuotas {
    static final int STATE_BYTES = 262_144;
    static final long HISTORY_EVENTS = 25_000;
    static final long INLINE_AT_ONCE = 40;
    static final long DISTRIBUTED_AT_ONCE = 10_000;
    static final long OPEN_MAP_RUNS = 1_000;

    private final Facts facts;
    private final List<QuotaProblem> problems = new ArrayList<>();

    StateQuotas(Facts facts) {
        this.facts = facts;
    }

    List<QuotaProblem> check(JsonNode definition) {
        machine(definition, Place.TOP, 1);
        return problems;
    }

    /** Takes how many such machines may run at once in an execution. */
    private void machine(JsonNode machine, Place place, long atOnce) {
        machine.path("States").properties().forEach(entry -> state(entry.getKey(), entry.getValue(), place, atOnce));
    }

    private void state(String name, JsonNode state, Place place, long atOnce) {
        constants(name, state.path("Arguments"));
        state.path("Branches").forEach(branch -> machine(branch, place, atOnce));
        if (state.path("Type").asText().equals("Map")) {
            map(name, state, place, atOnce);
        }
    }

    private void constants(String name, JsonNode arguments) {
        int bytes = arguments.isMissingNode() ? 0 : arguments.toString().getBytes(StandardCharsets.UTF_8).length;
        if (bytes > STATE_BYTES) {
            tell(
                    Severity.ERROR,
                    name,
                    "Its values have %,d bytes, but a state takes %,d. Give large ones as a parameter, or as a file that "
                            + "a step reads.",
                    bytes,
                    STATE_BYTES);
        }
    }

    private void map(String name, JsonNode state, Place place, long atOnce) {
        JsonNode processor = state.path("ItemProcessor");
        boolean distributed = processor.at("/ProcessorConfig/Mode").asText().equals("DISTRIBUTED");
        ForEachSpec loop = facts.notes().loopOf(name);
        String sub = facts.notes().subWorkflowOf(name);
        Place inside = loop != null ? place.in(loop.name(), null, null) : sub != null ? place.in(sub, 0, null) : place;
        long count = loop != null ? facts.count(loop, place).most() : Range.UNBOUNDED;
        long limit = state.path("MaxConcurrency").asLong(distributed ? DISTRIBUTED_AT_ONCE : INLINE_AT_ONCE);
        if (distributed) {
            children(name, processor, inside);
            runs(name, atOnce);
        } else if (loop != null && count != Range.UNBOUNDED && count > INLINE_AT_ONCE && !state.has("MaxConcurrency")) {
            tell(
                    Severity.WARNING,
                    name,
                    "It has %,d items, but an inline forEach runs %d at once. Use mode DISTRIBUTED for more, or set the "
                            + "concurrency to say that so many are meant.",
                    count,
                    INLINE_AT_ONCE);
        }
        long more = Math.min(limit, loop == null ? 1 : count);
        machine(processor, inside, Math.min(atOnce * Math.max(1, more), Integer.MAX_VALUE));
    }

    private void children(String name, JsonNode processor, Place inside) {
        Range events =
                new Tallies(processor, facts, inside).whole().anyEnd().inChild().childEvents();
        if (events.most() > HISTORY_EVENTS) {
            tell(
                    events.least() > HISTORY_EVENTS ? Severity.ERROR : Severity.WARNING,
                    name,
                    "One iteration has a history of %s events, of which AWS keeps %,d. Use mode DISTRIBUTED for the forEach "
                            + "inside it, or give it fewer steps.",
                    events,
                    HISTORY_EVENTS);
        }
    }

    private void runs(String name, long atOnce) {
        if (atOnce > OPEN_MAP_RUNS) {
            tell(
                    Severity.WARNING,
                    name,
                    "Up to %,d of it run at once inside of other blocks, but an account has at most %,d open map runs. "
                            + "Lower the concurrency of the blocks round it, or use mode INLINE.",
                    atOnce,
                    OPEN_MAP_RUNS);
        }
    }

    private void tell(Severity severity, String state, String message, Object... arguments) {
        String element = facts.notes().placeOf(state);
        problems.add(new QuotaProblem(severity, "`" + element + "`", String.format(Locale.ROOT, message, arguments)));
    }
}
