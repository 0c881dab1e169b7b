package io.crois.compile;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

/**
 * What a part of a machine takes.
 *
 * @param transitions states entered, those of child executions included
 * @param events entries in the history of this execution
 * @param functionCalls calls of Lambda functions
 * @param children child executions, also of child executions
 * @param childEvents entries in the longest history of a child execution
 * @param containers containers started, by the path of the step that starts them; those of raw states under the empty
 *     path
 */
record Tally(
        Range transitions,
        Range events,
        Range functionCalls,
        Range children,
        Range childEvents,
        Map<String, Range> containers) {
    static final Tally NONE = new Tally(Range.NONE, Range.NONE, Range.NONE, Range.NONE, Range.NONE, Map.of());

    /** Nothing is known of it. */
    static final Tally ANY = new Tally(Range.ANY, Range.ANY, Range.ANY, Range.ANY, Range.ANY, Map.of("", Range.ANY));

    static Tally state(long events) {
        return new Tally(Range.exactly(1), Range.exactly(events), Range.NONE, Range.NONE, Range.NONE, Map.of());
    }

    /** Returns the same with calls of functions. */
    Tally calling(long functions) {
        return new Tally(transitions, events, Range.exactly(functions), children, childEvents, containers);
    }

    /** Returns the same with one container of a step. */
    Tally running(String step) {
        return new Tally(transitions, events, functionCalls, children, childEvents, Map.of(step, Range.exactly(1)));
    }

    Tally plus(Tally other) {
        return new Tally(
                transitions.plus(other.transitions),
                events.plus(other.events),
                functionCalls.plus(other.functionCalls),
                children.plus(other.children),
                childEvents.larger(other.childEvents),
                join(containers, other.containers, Range::plus));
    }

    Tally or(Tally other) {
        return new Tally(
                transitions.or(other.transitions),
                events.or(other.events),
                functionCalls.or(other.functionCalls),
                children.or(other.children),
                childEvents.or(other.childEvents),
                join(containers, other.containers, Range::or));
    }

    /** Returns so many rounds within one execution. */
    Tally times(Range count) {
        if (count.most() == 0) {
            return NONE;
        }
        return new Tally(
                transitions.times(count),
                events.times(count),
                functionCalls.times(count),
                children.times(count),
                count.least() == 0 ? childEvents.orNone() : childEvents,
                each(containers, range -> range.times(count)));
    }

    /** Returns at least this, and at most so many times as much. */
    Tally upTo(long times) {
        return or(times(Range.exactly(times)));
    }

    /** Returns the same limits, with nothing for sure. */
    Tally orNone() {
        return or(NONE);
    }

    /** Returns the same in a child execution: what happens leaves no entries in the history outside. */
    Tally inChild() {
        Range own = events.plus(Range.exactly(2));
        return new Tally(
                transitions,
                Range.NONE,
                functionCalls,
                children.plus(Range.exactly(1)),
                childEvents.larger(own),
                containers);
    }

    Tally plusEvents(long more) {
        return new Tally(
                transitions, events.plus(Range.exactly(more)), functionCalls, children, childEvents, containers);
    }

    private static Map<String, Range> join(
            Map<String, Range> left, Map<String, Range> right, BinaryOperator<Range> joined) {
        if (left.isEmpty() && right.isEmpty()) {
            return Map.of();
        }
        Set<String> steps = new LinkedHashSet<>(left.keySet());
        steps.addAll(right.keySet());
        Map<String, Range> all = new LinkedHashMap<>();
        steps.forEach(step ->
                all.put(step, joined.apply(left.getOrDefault(step, Range.NONE), right.getOrDefault(step, Range.NONE))));
        return all;
    }

    private static Map<String, Range> each(Map<String, Range> ranges, UnaryOperator<Range> change) {
        if (ranges.isEmpty()) {
            return Map.of();
        }
        Map<String, Range> changed = new LinkedHashMap<>();
        ranges.forEach((step, range) -> changed.put(step, change.apply(range)));
        return changed;
    }
}
