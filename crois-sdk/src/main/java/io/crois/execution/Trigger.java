package io.crois.execution;

import io.crois.contract.ExecutionStatus;
import io.crois.contract.StartCause;
import io.crois.contract.StartRule;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An event that starts a workflow: an object that is created, or an execution of another workflow that ends. What it
 * says is what it was when the handle was made; {@link #isPaused} asks anew. Thread-safe.
 *
 * <p>Its executions are called by its name and a digest of what happened, so that an event that comes twice starts one.
 * They run the version of the workflow that the alias {@code live} names at that time.
 */
public final class Trigger {
    private final StartRule rule;
    private final StartSwitch control;

    Trigger(StartRule rule, StartSwitch control) {
        this.rule = rule;
        this.control = control;
    }

    /** Returns the name, unique in the project. */
    public String name() {
        return rule.name();
    }

    /** Returns the name of the workflow that is started. */
    public String workflow() {
        return rule.workflow();
    }

    /** Returns the bucket that it watches; empty if it waits for executions. */
    public Optional<String> bucket() {
        return object().map(StartCause.ObjectCreated::bucket);
    }

    /** Returns what the keys of the objects begin with; empty if it waits for executions. */
    public Optional<String> prefix() {
        return object().map(StartCause.ObjectCreated::prefix);
    }

    private Optional<StartCause.ObjectCreated> object() {
        return rule.cause() instanceof StartCause.ObjectCreated object ? Optional.of(object) : Optional.empty();
    }

    /** Returns the workflow whose executions it waits for; empty if it waits for objects. */
    public Optional<String> after() {
        return ended().map(StartCause.ExecutionEnded::workflow);
    }

    /** Returns what these executions must have ended with; none if it waits for objects. */
    public List<ExecutionStatus> statuses() {
        return ended().map(StartCause.ExecutionEnded::statuses).orElse(List.of());
    }

    private Optional<StartCause.ExecutionEnded> ended() {
        return rule.cause() instanceof StartCause.ExecutionEnded ended ? Optional.of(ended) : Optional.empty();
    }

    /** Returns when the trigger was first created. */
    public Instant createdAt() {
        return rule.createdAt();
    }

    /**
     * Returns whether it starts nothing at present.
     *
     * @throws io.crois.workflow.CroisException if it was deleted
     */
    public boolean isPaused() {
        return control.isPaused();
    }

    /**
     * Starts nothing any more until {@link #resume}; what happens meanwhile is not made up for.
     *
     * @throws io.crois.workflow.CroisException if it was deleted
     */
    public void pause() {
        control.pause(true);
    }

    /**
     * Lets a paused trigger go on.
     *
     * @throws io.crois.workflow.CroisException if it was deleted
     */
    public void resume() {
        control.pause(false);
    }

    /** Deletes the trigger, if it is there; executions that it started go on. */
    public void delete() {
        control.delete();
    }

    @Override
    public String toString() {
        return "Trigger[" + name() + " of " + workflow() + ", " + rule.cause() + "]";
    }
}
