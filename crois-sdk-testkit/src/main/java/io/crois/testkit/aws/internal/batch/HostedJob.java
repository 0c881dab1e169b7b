package io.crois.testkit.aws.internal.batch;

import io.crois.testkit.container.ContainerEnd;
import io.crois.testkit.container.ContainerListener;
import io.crois.testkit.container.ContainerRunner;
import io.crois.testkit.container.RunningContainer;
import io.crois.testkit.time.EventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.batch.model.AttemptContainerDetail;
import software.amazon.awssdk.services.batch.model.AttemptDetail;
import software.amazon.awssdk.services.batch.model.JobDetail;
import software.amazon.awssdk.services.batch.model.JobStatus;

/** One job and its attempts, whose states follow their containers. Used on the event loop alone. */
final class HostedJob implements ContainerListener {

    private static final String TIMED_OUT = "Job attempt duration exceeded timeout";

    private final EventLoop loop;
    private final ContainerRunner runner;
    private final UnaryOperator<String> taskArns;
    private final Consumer<JobDetail> changed;
    private JobDetail job;
    private @Nullable RunningContainer container;
    private EventLoop.Timer timeout = () -> {};
    private @Nullable String stopReason;

    /**
     * Creates a job that has been submitted.
     *
     * @param taskArns makes the ARN of the task that runs an attempt out of an id
     * @param changed is told of each state but the first
     */
    HostedJob(
            JobDetail job,
            EventLoop loop,
            ContainerRunner runner,
            UnaryOperator<String> taskArns,
            Consumer<JobDetail> changed) {
        this.job = job;
        this.loop = loop;
        this.runner = runner;
        this.taskArns = taskArns;
        this.changed = changed;
    }

    JobDetail job() {
        return job;
    }

    boolean isOver() {
        return job.status() == JobStatus.SUCCEEDED || job.status() == JobStatus.FAILED;
    }

    private boolean waits() {
        return job.status() == JobStatus.SUBMITTED || job.status() == JobStatus.RUNNABLE;
    }

    /** Begins the next attempt; does nothing when the job was ended before. */
    void begin() {
        if (isOver()) {
            return;
        }
        change(JobStatus.RUNNABLE, builder -> builder);
        container = runner.run(NewJob.attempt(job, job.attempts().size() + 1), this);
    }

    @Override
    public void placed() {
        if (stopReason == null) {
            String task = task();
            change(
                    JobStatus.STARTING,
                    builder -> builder.container(job.container().toBuilder()
                            .taskArn(taskArns.apply(task))
                            .logStreamName(logStream(task))
                            .build()));
        }
    }

    private String task() {
        return job.jobId().replace("-", "") + (job.attempts().size() + 1);
    }

    private String logStream(String task) {
        String definition = BatchArns.last(job.jobDefinition());
        String name = definition.substring(0, definition.indexOf(':'));
        return name.substring(0, Math.min(name.length(), 200)) + "/default/" + task;
    }

    @Override
    public void started() {
        if (stopReason != null) {
            return;
        }
        change(JobStatus.RUNNING, builder -> builder.startedAt(now()));
        if (job.timeout() != null) {
            Duration time = Duration.ofSeconds(job.timeout().attemptDurationSeconds());
            timeout = loop.after(time, () -> stop(TIMED_OUT));
        }
    }

    @Override
    public void ended(ContainerEnd end) {
        timeout.cancel();
        container = null;
        String statusReason = stopReason == null ? statusReason(end) : stopReason;
        recordAttempt(end, statusReason);
        boolean well = stopReason == null && Integer.valueOf(0).equals(end.exitCode());
        if (well) {
            change(
                    JobStatus.SUCCEEDED,
                    builder -> builder.statusReason(statusReason).stoppedAt(now()));
        } else if (stopReason == null && isRetried(end, statusReason)) {
            job = job.toBuilder().startedAt(null).build();
            begin();
        } else {
            change(
                    JobStatus.FAILED,
                    builder -> builder.statusReason(statusReason).stoppedAt(now()));
        }
    }

    private boolean isRetried(ContainerEnd end, String statusReason) {
        return RetryDecision.isRetried(
                job.retryStrategy(), job.attempts().size(), statusReason, end.reason(), end.exitCode());
    }

    private static String statusReason(ContainerEnd end) {
        return switch (end.kind()) {
            case EXITED, OUT_OF_MEMORY -> "Essential container in task exited";
            case RECLAIMED -> "Host EC2 (instance i-0123456789abcdef0) terminated.";
            case NOT_PULLED, NOT_STARTED -> "Task failed to start";
        };
    }

    private void recordAttempt(ContainerEnd end, String statusReason) {
        List<AttemptDetail> attempts = new ArrayList<>(job.attempts());
        attempts.add(AttemptDetail.builder()
                .container(AttemptContainerDetail.builder()
                        .taskArn(job.container().taskArn())
                        .logStreamName(job.container().logStreamName())
                        .exitCode(end.exitCode())
                        .reason(end.reason())
                        .networkInterfaces(List.of())
                        .build())
                .startedAt(job.startedAt())
                .stoppedAt(now())
                .statusReason(statusReason)
                .build());
        job = job.toBuilder()
                .attempts(attempts)
                .container(job.container().toBuilder()
                        .exitCode(end.exitCode())
                        .reason(end.reason())
                        .build())
                .build();
    }

    /** Ends the job whatever its state. */
    void terminate(String reason) {
        if (!isOver() && stopReason == null) {
            job = job.toBuilder().isTerminated(true).build();
            stop(reason);
        }
    }

    /** Ends the job if it waits for its machine. */
    void cancel(String reason) {
        if (waits() && stopReason == null) {
            job = job.toBuilder().isCancelled(true).build();
            stop(reason);
        }
    }

    private void stop(String reason) {
        stopReason = reason;
        if (container != null) {
            container.stop();
        } else {
            change(JobStatus.FAILED, builder -> builder.statusReason(reason).stoppedAt(now()));
        }
    }

    private long now() {
        return loop.now().toEpochMilli();
    }

    private void change(JobStatus status, UnaryOperator<JobDetail.Builder> changes) {
        job = changes.apply(job.toBuilder()).status(status).build();
        changed.accept(job);
    }
}
