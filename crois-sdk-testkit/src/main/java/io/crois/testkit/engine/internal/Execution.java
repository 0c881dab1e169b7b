package io.crois.testkit.engine.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crois.testkit.engine.internal.expression.StatesError;
import io.crois.testkit.engine.internal.history.EventDetails;
import io.crois.testkit.engine.internal.history.EventHead;
import io.crois.testkit.engine.internal.history.ExecutionDetails;
import io.crois.testkit.engine.internal.history.FailureDetails;
import io.crois.testkit.engine.internal.history.History;
import io.crois.testkit.time.EventLoop;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.HistoryEventType;

/**
 * One execution: its frames take turns, one state each, until all of them wait or have ended. Used on the event loop
 * only.
 */
public final class Execution implements Ending {

    /** How many turns are taken before other work of the event loop gets its turn. */
    private static final int TURNS = 10_000;

    private final ExecutionIdentity identity;
    private final MachinePlan plan;
    private final Surroundings surroundings;
    private final EventLoop loop;
    private final @Nullable Inspection inspection;
    private final History history = new History();
    private final int mostEvents;
    private final int mostBytes;
    private final ArrayDeque<Frame> ready = new ArrayDeque<>();
    private @Nullable Frame alone;
    private final List<Consumer<Execution>> waiting = new ArrayList<>();

    private ExecutionStatus status = ExecutionStatus.RUNNING;
    private @Nullable Frame root;
    private @Nullable JsonNode output;
    private @Nullable String outputText;
    private @Nullable StatesError error;
    private @Nullable Instant stopDate;
    private EventLoop.@Nullable Timer timeout;
    private boolean isDraining;
    private boolean isDoomed;
    private @Nullable Instant lastInstant;
    private long lastTime;
    private int redriveCount;
    private @Nullable Instant redriveDate;

    /** Creates an execution that has not begun. */
    public Execution(ExecutionIdentity identity, MachinePlan plan, Surroundings surroundings) {
        this(identity, plan, surroundings, null);
    }

    /** Creates an execution of a single state, which is being tested. */
    public Execution(
            ExecutionIdentity identity, MachinePlan plan, Surroundings surroundings, @Nullable Inspection inspection) {
        this.identity = identity;
        this.plan = plan;
        this.surroundings = surroundings;
        this.loop = surroundings.loop();
        this.inspection = inspection;
        this.mostEvents = surroundings.limits().historyEvents();
        this.mostBytes = surroundings.limits().payloadBytes();
    }

    /** Records the beginning and lets the event loop run the first state. */
    public void start() {
        history.add(
                HistoryEventType.EXECUTION_STARTED,
                0,
                time(),
                new ExecutionDetails.Started(
                        identity.input(),
                        identity.inputText(),
                        identity.roleArn(),
                        identity.versionArn(),
                        identity.aliasArn()));
        root = new Frame(this, this, 0, new Frame.Start(plan.startAt(), identity.input(), variables(), null, 0));
        ready(root);
        if (plan.timeout() != null) {
            timeout = loop.after(plan.timeout(), this::timeOut);
        }
        surroundings.listener().accept(this);
        loop.post(this::drain);
    }

    /**
     * Lets an execution that has not succeeded go on with the states in which it ended, with the definition that it
     * began with.
     */
    public void redrive() {
        redriveCount++;
        redriveDate = now();
        status = ExecutionStatus.PENDING_REDRIVE;
        stopDate = null;
        error = null;
        surroundings.listener().accept(this);
        loop.post(this::goOn);
    }

    private void goOn() {
        if (status != ExecutionStatus.PENDING_REDRIVE || root == null) {
            return;
        }
        status = ExecutionStatus.RUNNING;
        int redriven = history.add(
                HistoryEventType.EXECUTION_REDRIVEN,
                history.size(),
                time(),
                new ExecutionDetails.Redriven(redriveCount));
        if (plan.timeout() != null) {
            timeout = loop.after(plan.timeout(), this::timeOut);
        }
        surroundings.listener().accept(this);
        root.redrive(redriven);
        drain();
    }

    private Variables variables() {
        Variables variables = Variables.root();
        ObjectNode given = inspection == null ? null : inspection.setting().variables();
        if (given != null) {
            variables.assign(given);
        }
        return variables;
    }

    /** Lets frames take turns. */
    void drain() {
        if (isDraining) {
            return;
        }
        isDraining = true;
        try {
            for (int turn = 0; turn < TURNS && isRunning(); turn++) {
                Frame next = alone != null ? alone : ready.poll();
                if (next == null) {
                    return;
                }
                alone = null;
                if (isDoomed) {
                    endDoomed();
                    return;
                }
                next.step();
            }
        } finally {
            isDraining = false;
        }
        if (isRunning()) {
            loop.post(this::drain);
        }
    }

    /** Queues a frame for its turn. */
    void ready(Frame frame) {
        if (alone == null && ready.isEmpty()) {
            alone = frame;
        } else {
            ready.add(frame);
        }
    }

    /** Does something that came from outside, such as a task's end, and what follows from it. */
    void resume(Runnable work) {
        if (isRunning() && isDoomed) {
            endDoomed();
        } else if (isRunning()) {
            work.run();
            drain();
        }
    }

    /** Ends the execution with whatever it would do next: its machine has been deleted. */
    public void doom() {
        isDoomed = true;
    }

    private void endDoomed() {
        fail(
                last(),
                StatesError.of(
                        StatesError.RUNTIME, "State machine " + identity.stateMachineName() + " has been deleted"));
    }

    /** Does something after a time, unless it is cancelled or the execution has ended. */
    Activity after(Duration time, Runnable work) {
        EventLoop.Timer timer = loop.after(time, () -> resume(work));
        return timer::cancel;
    }

    @Override
    public void succeeded(Frame frame, JsonNode value) {
        output = value;
        history.add(HistoryEventType.EXECUTION_SUCCEEDED, frame.last(), time(), new ExecutionDetails.Succeeded(value));
        end(ExecutionStatus.SUCCEEDED);
    }

    @Override
    public void failed(Frame frame, StatesError failure) {
        fail(frame.last(), failure);
    }

    /** Ends the whole execution with an error that happened after the given event. */
    void fail(int after, StatesError failure) {
        if (isRunning()) {
            end(ExecutionStatus.FAILED, HistoryEventType.EXECUTION_FAILED, after, failure);
        }
    }

    /** Like a stop from outside, it follows no event; its error stands in the history only. */
    private void timeOut() {
        if (isRunning()) {
            history.add(
                    HistoryEventType.EXECUTION_TIMED_OUT,
                    0,
                    time(),
                    new FailureDetails.Failure("States.Timeout", null));
            error = StatesError.of(null, null);
            end(ExecutionStatus.TIMED_OUT);
        }
    }

    /** Ends the execution from outside; does nothing when it has ended. */
    public void stop(@Nullable String stopError, @Nullable String cause) {
        if (stopDate == null) {
            end(ExecutionStatus.ABORTED, HistoryEventType.EXECUTION_ABORTED, 0, StatesError.of(stopError, cause));
        }
    }

    private int last() {
        return root == null ? 0 : root.last();
    }

    private void end(ExecutionStatus end, HistoryEventType type, int after, StatesError failure) {
        error = failure;
        history.add(type, after, time(), new FailureDetails.Failure(failure.error(), failure.cause()));
        end(end);
    }

    private void end(ExecutionStatus end) {
        status = end;
        stopDate = now();
        if (root != null) {
            root.cancel();
        }
        alone = null;
        ready.clear();
        if (timeout != null) {
            timeout.cancel();
        }
        surroundings.listener().accept(this);
        List.copyOf(waiting).forEach(told -> told.accept(this));
        waiting.clear();
    }

    /** Tells somebody when the execution has ended; at once when it has. */
    public void whenEnded(Consumer<Execution> told) {
        if (stopDate == null) {
            waiting.add(told);
        } else {
            told.accept(this);
        }
    }

    /** Records an event, unless the execution has ended; the history's limit ends it. */
    int record(HistoryEventType type, int previous, @Nullable EventDetails details) {
        return canRecord(previous) ? history.add(type, previous, time(), details) : previous;
    }

    /** Records that a state begins, or ends without assigning variables; like any other event. */
    int record(EventHead head, int previous, JsonNode data) {
        return canRecord(previous) ? history.add(head, previous, time(), data) : previous;
    }

    private boolean canRecord(int previous) {
        if (isRunning() && history.size() >= mostEvents - 1) {
            fail(
                    previous,
                    StatesError.of(
                            StatesError.RUNTIME,
                            "The execution reached the maximum number of history events (" + mostEvents + ")."));
        }
        return isRunning();
    }

    /** Refuses data over the service's limit; {@code producer} is who made it. */
    void requireSize(JsonNode data, String producer) {
        if (JsonSize.exceeds(data, mostBytes)) {
            throw StatesError.of(
                    "States.DataLimitExceeded",
                    "The state/task '" + producer
                            + "' returned a result with a size exceeding the maximum number of bytes service limit.");
        }
    }

    /** Returns the size that the data of one state have at most, and the variables that one assigns. */
    long mostBytes() {
        return mostBytes;
    }

    /** Returns the test that this is, {@code null} for executions of machines. */
    @Nullable
    Inspection inspection() {
        return inspection;
    }

    /** Returns the time in epoch milliseconds; virtual time is the same instant for many events. */
    private long time() {
        Instant now = loop.now();
        if (now != lastInstant) {
            lastInstant = now;
            lastTime = now.toEpochMilli();
        }
        return lastTime;
    }

    /** Returns when the last event was, in epoch milliseconds. */
    long lastTime() {
        return lastTime;
    }

    Instant now() {
        return loop.now();
    }

    RandomGenerator random() {
        return surroundings.random();
    }

    Surroundings surroundings() {
        return surroundings;
    }

    boolean isRunning() {
        return status == ExecutionStatus.RUNNING;
    }

    /** Returns what it is called and where it comes from. */
    public ExecutionIdentity identity() {
        return identity;
    }

    /** Returns what it runs. */
    public MachinePlan plan() {
        return plan;
    }

    /** Returns its events. */
    public History history() {
        return history;
    }

    /** Returns the status. */
    public ExecutionStatus status() {
        return status;
    }

    /** Returns the output of a succeeded execution. */
    public @Nullable JsonNode output() {
        return output;
    }

    /** Returns the JSON text of the input: as it was sent, if somebody sent it. */
    public String inputText() {
        String sent = identity.inputText();
        return sent == null ? identity.input().toString() : sent;
    }

    /** Returns the JSON text of the output of a succeeded execution; it is written once. */
    public @Nullable String outputText() {
        if (outputText == null && output != null) {
            outputText = output.toString();
        }
        return outputText;
    }

    /** Returns why it did not succeed. */
    public @Nullable StatesError error() {
        return error;
    }

    /** Returns when it ended. */
    public @Nullable Instant stopDate() {
        return stopDate;
    }

    /** Returns the status as the service spells it. */
    public String statusText() {
        return status.toString();
    }

    /** Returns when it was redriven last. */
    public @Nullable Instant redriveDate() {
        return redriveDate;
    }

    /** Returns how often it was redriven. */
    public int redriveCount() {
        return redriveCount;
    }
}
