package io.crois.execution;

import io.crois.contract.StartCause;
import io.crois.contract.StartRule;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/**
 * Times at which a workflow is started: a schedule of EventBridge Scheduler. What it says is what it was when the
 * handle was made; {@link #isPaused} asks anew. Thread-safe.
 *
 * <p>Its executions are called by its name and the time that was meant, {@code nightly-20260131-030000} (UTC), and
 * appear in lists and to listeners as any other. They run the version of the workflow that the alias {@code live} names
 * at that time.
 */
public final class Schedule {
    private final StartRule rule;
    private final StartCause.Time time;
    private final StartSwitch control;

    Schedule(StartRule rule, StartSwitch control) {
        this.rule = rule;
        this.time = (StartCause.Time) rule.cause();
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

    /** Returns the times, as EventBridge Scheduler writes them: {@code cron(0 3 * * ? *)}. */
    public String expression() {
        return time.expression();
    }

    /** Returns the zone in which the expression is meant. */
    public ZoneId timeZone() {
        return ZoneId.of(time.timeZone());
    }

    /** Returns how long after its time an execution may be started; zero for at once. */
    public Duration flexibleWindow() {
        return Duration.ofMinutes(time.windowMinutes());
    }

    /** Returns the time before which nothing is started. */
    public Optional<Instant> start() {
        return Optional.ofNullable(time.start());
    }

    /** Returns the time after which nothing is started. */
    public Optional<Instant> end() {
        return Optional.ofNullable(time.end());
    }

    /** Returns when the schedule was first created. */
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
     * Starts nothing any more until {@link #resume}; times that pass meanwhile are not made up for.
     *
     * @throws io.crois.workflow.CroisException if it was deleted
     */
    public void pause() {
        control.pause(true);
    }

    /**
     * Lets a paused schedule go on.
     *
     * @throws io.crois.workflow.CroisException if it was deleted
     */
    public void resume() {
        control.pause(false);
    }

    /** Deletes the schedule, if it is there; executions that it started go on. */
    public void delete() {
        control.delete();
    }

    @Override
    public String toString() {
        return "Schedule[" + name() + " of " + workflow() + ", " + expression() + " " + time.timeZone() + "]";
    }
}
