package io.crois.execution;

/**
 * Is told what happens in executions. Override what you want to know.
 *
 * <p>A subscription tells its listener one event at a time; events of one step come in their order; one that is told
 * again after a restart has the same id. An exception that a listener throws is logged and ends nothing.
 */
public interface ExecutionListener {
    /** Receives every event; by default hands it to the method of its type. */
    default void onEvent(ExecutionEvent event) {
        if (event instanceof ExecutionEvent.Submitted submitted) {
            onSubmitted(submitted);
        } else if (event instanceof ExecutionEvent.Started started) {
            onStarted(started);
        } else if (event instanceof ExecutionEvent.Ended ended) {
            onEnded(ended);
        } else if (event instanceof ExecutionEvent.OfStep step) {
            onStepEvent(step);
        }
    }

    /** Receives every event of a step; by default hands it to the method of its type. */
    default void onStepEvent(ExecutionEvent.OfStep event) {
        if (event instanceof ExecutionEvent.StepPrepared prepared) {
            onStepPrepared(prepared);
        } else if (event instanceof ExecutionEvent.StepQueued queued) {
            onStepQueued(queued);
        } else if (event instanceof ExecutionEvent.StepStarted started) {
            onStepStarted(started);
        } else if (event instanceof ExecutionEvent.StepProgress progress) {
            onStepProgress(progress);
        } else {
            onStepOutcome(event);
        }
    }

    /** Receives what a step led to; by default hands it to the method of its type. */
    default void onStepOutcome(ExecutionEvent.OfStep event) {
        if (event instanceof ExecutionEvent.StepSucceeded succeeded) {
            onStepSucceeded(succeeded);
        } else if (event instanceof ExecutionEvent.StepCached cached) {
            onStepCached(cached);
        } else if (event instanceof ExecutionEvent.StepRetrying retrying) {
            onStepRetrying(retrying);
        } else if (event instanceof ExecutionEvent.StepFailed failed) {
            onStepFailed(failed);
        } else if (event instanceof ExecutionEvent.ArtifactPublished published) {
            onArtifactPublished(published);
        }
    }

    default void onSubmitted(ExecutionEvent.Submitted event) {}

    default void onStarted(ExecutionEvent.Started event) {}

    default void onEnded(ExecutionEvent.Ended event) {}

    default void onStepPrepared(ExecutionEvent.StepPrepared event) {}

    default void onStepQueued(ExecutionEvent.StepQueued event) {}

    default void onStepStarted(ExecutionEvent.StepStarted event) {}

    default void onStepProgress(ExecutionEvent.StepProgress event) {}

    default void onStepSucceeded(ExecutionEvent.StepSucceeded event) {}

    default void onStepCached(ExecutionEvent.StepCached event) {}

    default void onStepRetrying(ExecutionEvent.StepRetrying event) {}

    default void onStepFailed(ExecutionEvent.StepFailed event) {}

    default void onArtifactPublished(ExecutionEvent.ArtifactPublished event) {}
}
