package io.crois.execution;

import com.fasterxml.jackson.databind.JsonNode;
import io.crois.contract.ExecutionItem;
import io.crois.contract.ExecutionStatus;
import io.crois.contract.FeedEvent;
import io.crois.contract.Run;
import io.crois.table.Feed;
import io.crois.workflow.Artifact;
import io.crois.workflow.CroisException;
import io.crois.workflow.Result;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An execution of a workflow: what is known of it, and what can be done with it.
 *
 * <p>Holds no state of its own: every method asks the table (and Step Functions where the table has no news), so that
 * any process that may read the project's table can hold one. Methods throw the AWS SDK's own exceptions when AWS
 * cannot be reached. Thread-safe.
 */
public final class Execution {
    private static final Logger LOG = LoggerFactory.getLogger(Execution.class);
    private static final Duration ASKED = Duration.ofSeconds(30);

    private final Account account;
    private final LiveFeed live;
    private final Run run;
    private final StatusReader reader;
    private final AwsCalls calls;

    Execution(Account account, LiveFeed live, AwsCalls calls, String name) {
        this.account = account;
        this.live = live;
        this.calls = calls;
        this.run = Run.of(account.project().name(), name);
        this.reader = new StatusReader(account, run);
    }

    /** Returns the name, unique within the project. */
    public String name() {
        return run.execution();
    }

    /** Returns the name of the workflow. */
    public String workflow() {
        return describe().workflow();
    }

    /** Returns the arguments, defaults filled in. */
    public Map<String, JsonNode> arguments() {
        return describe().arguments();
    }

    /** Returns the present status. */
    public ExecutionStatus status() {
        return describe().status();
    }

    /** Returns when it was submitted. */
    public Instant submittedAt() {
        return describe().submittedAt();
    }

    /** Returns when it ended; empty while it goes on. */
    public Optional<Instant> endedAt() {
        return Optional.ofNullable(describe().endedAt());
    }

    /** Returns why it did not succeed; empty while it goes on and when it succeeded. */
    public Optional<ExecutionFailure> failure() {
        ExecutionItem item = describe();
        return ExecutionFailure.of(orEmpty(item.error()), orEmpty(item.cause()));
    }

    /**
     * Returns all that is known of the execution as a whole.
     *
     * @throws CroisException if there is no execution of that name
     */
    public ExecutionItem describe() {
        return reader.read();
    }

    /** Returns the latest attempt of each step that has begun, in the order of their start. */
    public List<StepAttempt> steps() {
        return new Attempts(account.table(), run).latest();
    }

    /** Returns all attempts that are known, in the order of their start. */
    public List<StepAttempt> attempts() {
        return new Attempts(account.table(), run).all();
    }

    /** Returns all attempts with the times at which they were queued, began and ended, in their order. */
    public List<TimelineEntry> timeline() {
        return new Attempts(account.table(), run).timeline();
    }

    /**
     * Returns what the container of the latest attempt of a step prints.
     *
     * <pre>{@code execution.logs("train").tail(100).forEach(System.out::println);}</pre>
     *
     * @param step the step's name, below its forEach iterations if it has any: {@code train} or {@code tune[3]/train}
     */
    public StepLogs logs(String step) {
        return new StepLogs(account, calls, run, step);
    }

    /** Returns what the attempts took of what they were given, and what would have done. */
    public UsageReport usage() {
        return new Usage(account.table(), run).read();
    }

    /**
     * Returns a result of a step that stands in no forEach.
     *
     * @throws CroisException if no step has published it
     */
    public <T> T result(Result<T> result) {
        return outputs().result(result).orElseThrow(() -> missing("result", result.name()));
    }

    /** Returns a result of the iterations of a forEach that have published it, in the order of their indices. */
    public <T> List<T> result(Result.Collected<T> collected) {
        return outputs().results(collected.result());
    }

    /**
     * Returns an artifact of a step that stands in no forEach.
     *
     * @throws CroisException if no step has published it
     */
    public ArtifactContent artifact(Artifact artifact) {
        return findArtifact(artifact).orElseThrow(() -> missing("artifact", artifact.name()));
    }

    /** Returns an artifact of a step that stands in no forEach, if a step has published it. */
    public Optional<ArtifactContent> findArtifact(Artifact artifact) {
        return outputs().artifact(artifact);
    }

    /** Returns an artifact of the iterations of a forEach that have published it, in the order of their indices. */
    public List<ArtifactContent> artifacts(Artifact artifact) {
        return outputs().artifacts(artifact);
    }

    /**
     * Returns the items of a forEach in whose iterations a step has failed for good, in the order of their indices;
     * also while the execution runs. A failure that an {@code onFailure} of the iteration handled is among them.
     *
     * @param forEach the name of the forEach, below its iterations if it has any: {@code tune} or {@code outer[1]/tune}
     */
    public List<FailedItem> failedItems(String forEach) {
        return new FailedItems(account.table(), run).of(forEach);
    }

    /** Waits for the end and returns the status it ended with. */
    public ExecutionStatus await() throws InterruptedException {
        ExecutionStatus status = status();
        while (!status.ended()) {
            account.pacing().pause(account.pollInterval());
            status = status();
        }
        return status;
    }

    /**
     * Waits for the end, but no longer than a while.
     *
     * @return whether it has ended
     */
    public boolean await(Duration timeout) throws InterruptedException {
        Instant deadline = account.clock().instant().plus(timeout);
        while (!status().ended()) {
            if (!account.clock().instant().isBefore(deadline)) {
                return false;
            }
            account.pacing().pause(account.pollInterval());
        }
        return true;
    }

    /**
     * Stops the execution and the containers that run for it. Changes nothing when it has ended.
     *
     * @param reason told by {@link #failure()}
     */
    public void stop(String reason) {
        ExecutionItem item = describe();
        if (!item.status().ended()) {
            account.clients()
                    .sfn()
                    .stopExecution(request -> request.executionArn(item.arn())
                            .error("Crois.Stopped")
                            .cause(reason));
        }
    }

    /**
     * Lets Step Functions go on with the execution where it failed, timed out or was stopped: steps that succeeded are
     * not run again, and the version of the workflow is the one it was started with. Use {@code resume} to go on with
     * another version.
     *
     * @throws CroisException if the execution succeeded or goes on, ended more than 14 days ago, or cannot be redriven
     *     for another reason that Step Functions gives
     */
    public void redrive() {
        new Redrive(account, calls).redrive(describe());
    }

    /**
     * Tells a listener of everything that has happened and will happen in this execution.
     *
     * @return ends the listening
     */
    public Subscription listen(ExecutionListener listener) {
        return events().listen(listener);
    }

    /** Returns all that has happened and will happen in this execution. */
    public Events events() {
        return Events.of(account, live).ofExecution(name()).since(submittedAt());
    }

    /**
     * Returns the end, once it happens. Nobody waits for it meanwhile; an end whose event was lost is found within a
     * minute.
     */
    public CompletionStage<ExecutionEvent.Ended> ended() {
        ExecutionItem item = describe();
        if (item.status().ended()) {
            return CompletableFuture.completedFuture((ExecutionEvent.Ended) EventReader.read(FeedEvent.ended(item)));
        }
        CompletableFuture<ExecutionEvent.Ended> end = Events.of(account, live)
                .ofExecution(name())
                .since(account.clock().instant().minus(Feed.LATEST))
                .first(
                        ExecutionEvent.Ended.class,
                        event -> reader.read().status().ended())
                .toCompletableFuture();
        Pacing.Repetition asking = account.pacing().repeat(ASKED, () -> askForEnd(end));
        end.whenComplete((event, failure) -> asking.close());
        return end;
    }

    /** Reading the status asks Step Functions now and then; an end that only it knows gets its event by that. */
    private void askForEnd(CompletableFuture<ExecutionEvent.Ended> end) {
        if (!end.isDone()) {
            try {
                reader.read();
            } catch (RuntimeException e) {
                LOG.warn("{}: its status could not be read; the next attempt follows.", this, e);
            }
        }
    }

    private Outputs outputs() {
        return new Outputs(account.table(), account.clients().s3(), run);
    }

    private CroisException missing(String kind, String name) {
        return new CroisException("Execution `" + name() + "` has published no " + kind + " `" + name
                + "`. Its status is " + status() + ".");
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    @Override
    public String toString() {
        return "Execution[" + run.project() + "#" + run.execution() + "]";
    }
}
