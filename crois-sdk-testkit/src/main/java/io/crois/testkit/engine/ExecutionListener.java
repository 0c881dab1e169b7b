package io.crois.testkit.engine;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Is told of each change of an execution's status, on the event loop: the source of Step Functions' own events. */
@FunctionalInterface
public interface ExecutionListener {

    /** An execution has another status than before. */
    void changed(Change change);

    /** Returns whether anything would come of a change now: what a change tells is not put together otherwise. */
    default boolean isListening() {
        return true;
    }

    /** Listens to nothing. */
    static ExecutionListener none() {
        return new ExecutionListener() {
            @Override
            public boolean isListening() {
                return false;
            }

            @Override
            public void changed(Change change) {
                // nobody wants to know
            }
        };
    }

    /**
     * A change, with the fields of the event "Step Functions Execution Status Change".
     *
     * @param executionArn the execution
     * @param stateMachineArn its machine
     * @param name the execution's name
     * @param status such as {@code RUNNING} or {@code TIMED_OUT}
     * @param input JSON text
     * @param output JSON text of a succeeded execution
     * @param error of a failed one
     * @param cause of a failed one
     * @param startDate when it began
     * @param stopDate when it ended
     * @param redriveCount how often it was redriven
     */
    record Change(
            String executionArn,
            String stateMachineArn,
            String name,
            String status,
            String input,
            @Nullable String output,
            @Nullable String error,
            @Nullable String cause,
            Instant startDate,
            @Nullable Instant stopDate,
            int redriveCount) {}
}
