package io.crois.testkit.engine.internal;

import com.fasterxml.jackson.databind.JsonNode;
import io.crois.testkit.engine.internal.expression.StatesError;
import io.crois.testkit.engine.internal.history.EventHead;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A state whose names, paths and expressions are resolved; shared by all executions that pass through it. */
abstract class PlannedState {

    private final String name;
    private final StateKind kind;
    private final DataFlow flow;
    private final ErrorPolicy errors;
    private final EventHead entered;
    private final @Nullable EventHead exited;
    private final @Nullable String nextName;
    private @Nullable PlannedState next;

    PlannedState(Basics basics) {
        this.name = basics.name();
        this.kind = basics.kind();
        this.flow = basics.flow();
        this.errors = basics.errors();
        this.entered = new EventHead(kind.entered(), name);
        this.exited = kind.exited() == null ? null : new EventHead(kind.exited(), name);
        this.nextName = basics.next();
    }

    final String name() {
        return name;
    }

    final StateKind kind() {
        return kind;
    }

    /** Returns the head of the event that tells of the state's beginning. */
    final EventHead entered() {
        return entered;
    }

    /** Returns the head of the event that tells of the state's end. */
    final EventHead exited() {
        if (exited == null) {
            throw new IllegalStateException(
                    "A " + kind + " state has no exit. This is a bug in Crois, please report it.");
        }
        return exited;
    }

    final DataFlow flow() {
        return flow;
    }

    final ErrorPolicy errors() {
        return errors;
    }

    /** Returns the state that follows, {@code null} when the machine ends here. */
    @Nullable
    final PlannedState next() {
        return next;
    }

    /** Resolves the names of other states, when all states of the machine are planned. */
    void link(Function<String, PlannedState> states) {
        if (nextName != null) {
            next = states.apply(nextName);
        }
        errors.link(states);
    }

    /**
     * Does the state's work for a frame that has just entered it, or tries it again: either at once, by
     * {@link Frame#succeed} or {@link Frame#leave}, or later, after {@link Frame#await}.
     *
     * @throws StatesError if it cannot be done
     */
    abstract void begin(Frame frame);

    /**
     * Does what the state does round its work, with a mock for the work itself.
     *
     * @throws StatesError if it cannot be done
     */
    void rehearse(Frame frame, Inspection inspection) {
        begin(frame);
    }

    /** Ends the state as the mock says. */
    static void end(Frame frame, Inspection.@Nullable Mock mock) {
        JsonNode result = mock == null ? null : mock.result();
        StatesError error = mock == null ? null : mock.error();
        if (error != null) {
            throw error;
        }
        frame.succeed(result);
    }

    /** What all states have. */
    record Basics(
            String name,
            StateKind kind,
            DataFlow flow,
            ErrorPolicy errors,
            @Nullable String next) {}

    /** What a state's end is told besides its result; for states without a result of their own. */
    static JsonNode none() {
        return com.fasterxml.jackson.databind.node.MissingNode.getInstance();
    }
}
