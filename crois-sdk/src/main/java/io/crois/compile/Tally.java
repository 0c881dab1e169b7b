package io.crois.compile;

/**
 * What a part of a machine costs when it succeeds.
 *
 * @param transitions states entered, those of child executions included
 * @param events entries in the history of this execution
 * @param functionCalls calls of Lambda functions
 * @param containers containers started
 * @param childEvents the most entries in the history of any child execution
 */
record Tally(Range transitions, Range events, Range functionCalls, Range containers, long childEvents) {
    static final Tally NONE = new Tally(Range.NONE, Range.NONE, Range.NONE, Range.NONE, 0);

    static Tally state(long events, long functionCalls, long containers) {
        return new Tally(
                Range.exactly(1), Range.exactly(events), Range.exactly(functionCalls), Range.exactly(containers), 0);
    }

    Tally plus(Tally other) {
        return new Tally(
                transitions.plus(other.transitions),
                events.plus(other.events),
                functionCalls.plus(other.functionCalls),
                containers.plus(other.containers),
                Math.max(childEvents, other.childEvents));
    }

    Tally or(Tally other) {
        return new Tally(
                transitions.or(other.transitions),
                events.or(other.events),
                functionCalls.or(other.functionCalls),
                containers.or(other.containers),
                Math.max(childEvents, other.childEvents));
    }

    /** Returns so many rounds within one execution. */
    Tally times(Range count) {
        return new Tally(
                transitions.times(count),
                events.times(count),
                functionCalls.times(count),
                containers.times(count),
                childEvents);
    }

    /** Returns the same with other history entries of its own. */
    Tally inChild(Range ownEvents, long mostInChild) {
        return new Tally(transitions, ownEvents, functionCalls, containers, Math.max(childEvents, mostInChild));
    }

    Tally plusEvents(Range more) {
        return new Tally(transitions, events.plus(more), functionCalls, containers, childEvents);
    }
}
