package io.crois.testkit.engine.internal;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sfn.model.HistoryEventType;

/** The kinds of states and the events that tell of them. */
enum StateKind {
    PASS(HistoryEventType.PASS_STATE_ENTERED, HistoryEventType.PASS_STATE_EXITED, null, null),
    TASK(
            HistoryEventType.TASK_STATE_ENTERED,
            HistoryEventType.TASK_STATE_EXITED,
            null,
            HistoryEventType.TASK_STATE_ABORTED),
    CHOICE(HistoryEventType.CHOICE_STATE_ENTERED, HistoryEventType.CHOICE_STATE_EXITED, null, null),
    WAIT(
            HistoryEventType.WAIT_STATE_ENTERED,
            HistoryEventType.WAIT_STATE_EXITED,
            null,
            HistoryEventType.WAIT_STATE_ABORTED),
    SUCCEED(HistoryEventType.SUCCEED_STATE_ENTERED, HistoryEventType.SUCCEED_STATE_EXITED, null, null),
    FAIL(HistoryEventType.FAIL_STATE_ENTERED, null, null, null),
    PARALLEL(
            HistoryEventType.PARALLEL_STATE_ENTERED,
            HistoryEventType.PARALLEL_STATE_EXITED,
            HistoryEventType.PARALLEL_STATE_FAILED,
            HistoryEventType.PARALLEL_STATE_ABORTED),
    MAP(
            HistoryEventType.MAP_STATE_ENTERED,
            HistoryEventType.MAP_STATE_EXITED,
            HistoryEventType.MAP_STATE_FAILED,
            HistoryEventType.MAP_STATE_ABORTED);

    private final HistoryEventType entered;
    private final @Nullable HistoryEventType exited;
    private final @Nullable HistoryEventType failed;
    private final @Nullable HistoryEventType aborted;

    StateKind(
            HistoryEventType entered,
            @Nullable HistoryEventType exited,
            @Nullable HistoryEventType failed,
            @Nullable HistoryEventType aborted) {
        this.entered = entered;
        this.exited = exited;
        this.failed = failed;
        this.aborted = aborted;
    }

    HistoryEventType entered() {
        return entered;
    }

    /** Returns the event of a state's end, where it has one. */
    @Nullable
    HistoryEventType exited() {
        return exited;
    }

    /** Returns the event of a state that gives up, where there is one. */
    @Nullable
    HistoryEventType failed() {
        return failed;
    }

    /** Returns the event of a state that is taken away from its work, where there is one. */
    @Nullable
    HistoryEventType aborted() {
        return aborted;
    }

    /** Whether the context object counts the retries of such states. */
    boolean retries() {
        return this == TASK || this == PARALLEL || this == MAP;
    }
}
