package io.crois.testkit.engine.internal;

import com.fasterxml.jackson.databind.JsonNode;
import io.crois.testkit.engine.internal.DataFlow.Exit;
import io.crois.testkit.engine.internal.expression.StatesError;
import io.crois.testkit.engine.internal.history.EventDetails;
import io.crois.testkit.engine.internal.history.FailureDetails;
import io.crois.testkit.engine.internal.history.StateDetails;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sfn.model.HistoryEventType;

/**
 * One thread of control, which is in one state at a time: the machine's own, that of a branch or of an iteration. It
 * never calls the next state itself; the execution's queue does, so that no chain of states can overflow the stack.
 */
final class Frame {

    /** The neighbours in {@link LiveFrames}. */
    @Nullable
    Frame before;

    @Nullable
    Frame after;

    private final Execution execution;

    /** The test that this is, {@code null} for executions of machines. */
    private final @Nullable Inspection inspection;

    private final Ending ending;
    private final int index;
    private final Variables variables;
    private final @Nullable MapItem item;

    private PlannedState state;
    private JsonNode input;
    private JsonNode effectiveInput;
    private @Nullable Activity activity;
    private @Nullable Redrivable parts;
    private @Nullable String taskToken;
    private int @Nullable [] attempts;
    private int retryCount;
    private int last;
    private int entered;
    private int beforeEntered;
    private long enteredAt;
    private boolean isEntering = true;
    private boolean isRedriven;
    private boolean hasEnded;

    Frame(Execution execution, Ending ending, int index, Start start) {
        this.execution = execution;
        this.inspection = execution.inspection();
        this.ending = ending;
        this.index = index;
        this.state = start.state();
        this.input = start.input();
        this.effectiveInput = start.input();
        this.variables = start.variables();
        this.item = start.item();
        this.last = start.previous();
    }

    /** Enters the state that is due, or tries it again. */
    void step() {
        if (hasEnded) {
            return;
        }
        try {
            if (isEntering) {
                enter();
            } else if (isRedriven) {
                effectiveInput = state.flow().effectiveInput(this);
            }
            isRedriven = false;
            if (inspection != null && inspection.setting().mock() != null) {
                state.rehearse(this, inspection);
            } else {
                state.begin(this);
            }
        } catch (StatesError error) {
            fail(error);
        } catch (StackOverflowError tooDeep) {
            fail(StatesError.runtime("The state's data nest too deeply."));
        }
    }

    private void enter() {
        isEntering = false;
        beforeEntered = last;
        entered = execution.record(state.entered(), last, input);
        last = entered;
        enteredAt = execution.lastTime();
        retryCount = 0;
        attempts = null;
        taskToken = null;
        effectiveInput = state.flow().effectiveInput(this);
    }

    /** Waits for something. */
    void await(Activity awaited) {
        activity = awaited;
        parts = awaited instanceof Redrivable redrivable ? redrivable : null;
    }

    /** Waits for a time. */
    void await(Duration time, Runnable then) {
        activity = execution.after(time, () -> {
            activity = null;
            then.run();
        });
    }

    /** Ends the state with a result, {@code null} if states of its kind have none. */
    void succeed(@Nullable JsonNode result) {
        activity = null;
        try {
            Exit exit = state.flow().exit(this, effectiveInput, result);
            leave(exit, state.next());
        } catch (StatesError error) {
            fail(error);
        }
    }

    /** Leaves the state for another, or ends when there is none. */
    void leave(Exit exit, @Nullable PlannedState next) {
        if (exit.output() != input) {
            execution.requireSize(exit.output(), state.name());
        }
        if (exit.assigned() != null) {
            variables.requireSize(exit.assigned(), execution.mostBytes(), state.name());
        }
        if (exit.assigned() == null) {
            last = execution.record(state.exited(), last, exit.output());
        } else {
            record(state.exited().type(), new StateDetails.Exited(state.name(), exit.output(), exit.assigned()));
        }
        parts = null;
        if (exit.assigned() != null) {
            variables.assign(exit.assigned());
        }
        if (inspection != null) {
            inspection.left(next, exit.assigned());
        }
        if (next == null || inspection != null) {
            hasEnded = true;
            ending.succeeded(this, exit.output());
        } else {
            state = next;
            input = exit.output();
            isEntering = true;
            execution.ready(this);
        }
    }

    /** The state's work failed: tries it again, goes on with a catcher's state, or ends. */
    void fail(StatesError failure) {
        activity = null;
        StatesError error = inspection == null ? failure.in(state.name(), entered) : failure;
        if (error.isOverLimit()) {
            parts = null;
        }
        if (error.isFatal()) {
            hasEnded = true;
            execution.fail(last, error);
            return;
        }
        if (error.isEvaluation() || error.isOverLimit() && error.location() != null) {
            recordEvaluation(error);
        }
        if (attempts == null) {
            attempts = state.errors().counters(inspection);
        }
        Duration delay = state.errors().delayBeforeRetry(error, attempts, execution.random());
        if (delay != null) {
            if (inspection != null) {
                inspection.retriable(error, state.errors().retrierFor(error), delay);
                ending.failed(this, error);
                return;
            }
            retryCount++;
            await(delay, () -> execution.ready(this));
            return;
        }
        if (state.kind().failed() != null) {
            record(state.kind().failed(), null);
        }
        try {
            if (!state.errors().handle(this, error)) {
                hasEnded = true;
                ending.failed(this, error);
            }
        } catch (StatesError inHandler) {
            failInHandler(inHandler.in(state.name(), entered));
        }
    }

    /** A catcher's own expressions failed: nothing catches that. */
    private void failInHandler(StatesError error) {
        hasEnded = true;
        if (error.isFatal()) {
            execution.fail(last, error);
        } else {
            recordEvaluation(error);
            ending.failed(this, error);
        }
    }

    private void recordEvaluation(StatesError error) {
        if (last == entered && error.isEvaluation()) {
            last = beforeEntered;
        }
        record(
                HistoryEventType.EVALUATION_FAILED,
                new FailureDetails.Evaluation(state.name(), error.location(), error.error(), error.cause()));
    }

    /** Takes the frame away from what it does: a brother failed, or the execution ends. */
    void cancel() {
        hasEnded = true;
        if (activity != null) {
            activity.cancel();
        }
    }

    /**
     * Goes on with the state in which the frame ended, as if it had not been tried before. The state is not entered
     * again: what it does now follows its one entry, only the failure of a Fail state follows the redrive. Of branches
     * and iterations only those go on that did not succeed.
     */
    void redrive(int previous) {
        hasEnded = false;
        last = isEntering || state.kind() == StateKind.FAIL ? previous : entered;
        retryCount = 0;
        taskToken = null;
        activity = null;
        attempts = null;
        isRedriven = !isEntering;
        Redrivable begun = parts;
        if (isEntering || begun == null) {
            execution.ready(this);
            return;
        }
        activity = begun;
        if (!begun.redrive(previous)) {
            execution.ready(this);
        }
    }

    /** Records that the frame was taken away from its state; {@code failure} is the event why. */
    void recordAborted(int failure) {
        if (activity != null) {
            activity.recordAborted(failure);
        }
        if (state.kind().aborted() != null && !isEntering) {
            execution.record(state.kind().aborted(), failure, null);
        }
    }

    /** Records an event that follows this frame's last one, and becomes its last. */
    int record(HistoryEventType type, @Nullable EventDetails details) {
        last = execution.record(type, last, details);
        return last;
    }

    /** Notes a value on the way through a state that is being tested. */
    void see(String name, JsonNode value) {
        if (inspection != null) {
            inspection.see(name, value);
        }
    }

    Execution execution() {
        return execution;
    }

    PlannedState state() {
        return state;
    }

    /** Which branch or iteration this is, from 0. */
    int index() {
        return index;
    }

    JsonNode input() {
        return input;
    }

    JsonNode effectiveInput() {
        return effectiveInput;
    }

    Variables variables() {
        return variables;
    }

    @Nullable
    MapItem item() {
        return item;
    }

    int last() {
        return last;
    }

    /** Returns the event of entering the present state. */
    int entered() {
        return entered;
    }

    /** Sets the event that the next one follows. */
    void follow(int event) {
        last = event;
    }

    int retryCount() {
        return retryCount;
    }

    long enteredAt() {
        return enteredAt;
    }

    boolean hasEnded() {
        return hasEnded;
    }

    /** Returns the token of the present attempt, {@code null} where the state has none. */
    @Nullable
    String taskToken() {
        return taskToken;
    }

    void taskToken(@Nullable String token) {
        taskToken = token;
    }

    /** Evaluates in this frame, on its effective input. */
    Evaluation evaluation() {
        return new Evaluation(this, effectiveInput, null, null);
    }

    /** Where and with what a frame begins. */
    record Start(
            PlannedState state,
            JsonNode input,
            Variables variables,
            @Nullable MapItem item,
            int previous) {}

    /**
     * The item of an iteration, as the context object shows it.
     *
     * @param key of a pair, {@code null} where items are those of an array
     * @param source where a distributed Map has it from, {@code null} where nothing is told of it
     */
    record MapItem(
            int index,
            JsonNode value,
            @Nullable String key,
            @Nullable String source) {

        MapItem(int index, JsonNode value) {
            this(index, value, null, null);
        }
    }
}
