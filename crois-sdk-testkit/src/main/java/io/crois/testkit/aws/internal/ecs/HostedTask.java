package io.crois.testkit.aws.internal.ecs;

import io.crois.testkit.container.ContainerEnd;
import io.crois.testkit.container.ContainerListener;
import io.crois.testkit.container.RunningContainer;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.Connectivity;
import software.amazon.awssdk.services.ecs.model.Container;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.TaskStopCode;

/**
 * One task, whose states follow its container. The other containers of the task go with it: they run while it runs, and
 * end with 0 if it was started. Used on the event loop alone.
 */
final class HostedTask implements ContainerListener {

    private final Clock clock;
    private final String main;
    private final Consumer<Task> changed;
    private Task task;
    private @Nullable RunningContainer container;
    private @Nullable String stopReason;

    /**
     * Creates a task that waits for its machine.
     *
     * @param main the name of the container that really runs
     * @param changed is told of each state
     */
    HostedTask(Task task, String main, Clock clock, Consumer<Task> changed) {
        this.task = task;
        this.main = main;
        this.clock = clock;
        this.changed = changed;
    }

    Task task() {
        return task;
    }

    boolean isStopped() {
        return task.stoppedAt() != null;
    }

    /** Tells the first state and begins; does nothing when the task was stopped before. */
    void begin(Function<ContainerListener, RunningContainer> run) {
        if (!isStopped()) {
            changed.accept(task);
            container = run.apply(this);
        }
    }

    @Override
    public void placed() {
        if (stopReason == null) {
            Instant now = clock.instant();
            change(
                    "PENDING",
                    builder -> builder.pullStartedAt(now)
                            .connectivity(Connectivity.CONNECTED)
                            .connectivityAt(now));
        }
    }

    @Override
    public void started() {
        Instant now = clock.instant();
        String status = stopReason == null ? "RUNNING" : task.lastStatus();
        change(
                status,
                builder -> builder.pullStoppedAt(now)
                        .startedAt(now)
                        .containers(containers(each -> each.lastStatus("RUNNING"))));
    }

    @Override
    public void ended(ContainerEnd end) {
        Instant now = clock.instant();
        if (task.startedAt() != null) {
            change(
                    "DEPROVISIONING",
                    builder -> builder.desiredStatus("STOPPED")
                            .stopCode(stopCode(end))
                            .stoppedReason(stoppedReason(end))
                            .stoppingAt(task.stoppingAt() == null ? now : task.stoppingAt())
                            .executionStoppedAt(now)
                            .containers(endedContainers(end)));
        }
        change(
                "STOPPED",
                builder -> builder.desiredStatus("STOPPED")
                        .stopCode(stopCode(end))
                        .stoppedReason(stoppedReason(end))
                        .stoppingAt(task.stoppingAt() == null ? now : task.stoppingAt())
                        .stoppedAt(now)
                        .containers(endedContainers(end)));
    }

    /** Stops the task; a task that is being stopped or has stopped stays as it is. */
    void stop(@Nullable String reason) {
        if (isStopped() || stopReason != null) {
            return;
        }
        stopReason = reason == null ? "Task stopped by user" : reason;
        Instant now = clock.instant();
        change(
                task.startedAt() == null ? task.lastStatus() : "STOPPING",
                builder -> builder.desiredStatus("STOPPED")
                        .stopCode(TaskStopCode.USER_INITIATED)
                        .stoppedReason(stopReason)
                        .stoppingAt(now));
        if (container == null) {
            ended(ContainerEnd.notStarted("The task was stopped before it started."));
        } else {
            container.stop();
        }
    }

    private TaskStopCode stopCode(ContainerEnd end) {
        if (stopReason != null) {
            return TaskStopCode.USER_INITIATED;
        }
        return switch (end.kind()) {
            case EXITED, OUT_OF_MEMORY -> TaskStopCode.ESSENTIAL_CONTAINER_EXITED;
            case RECLAIMED -> TaskStopCode.SPOT_INTERRUPTION;
            case NOT_PULLED, NOT_STARTED -> TaskStopCode.TASK_FAILED_TO_START;
        };
    }

    private String stoppedReason(ContainerEnd end) {
        if (stopReason != null) {
            return stopReason;
        }
        return switch (end.kind()) {
            case EXITED -> "Essential container in task exited";
            case OUT_OF_MEMORY -> "OutOfMemoryError: Container killed due to memory usage";
            case RECLAIMED -> "Your Spot Task was interrupted.";
            case NOT_PULLED, NOT_STARTED -> String.valueOf(end.reason());
        };
    }

    private List<Container> endedContainers(ContainerEnd end) {
        Integer exitCode = end.exitCode();
        return containers(each -> {
            boolean isMain = main.equals(each.build().name());
            each.lastStatus("STOPPED");
            if (exitCode != null) {
                each.exitCode(isMain ? exitCode : 0);
            }
            return isMain ? each.reason(end.reason()) : each;
        });
    }

    private List<Container> containers(UnaryOperator<Container.Builder> changes) {
        return task.containers().stream()
                .map(each -> changes.apply(each.toBuilder()).build())
                .toList();
    }

    private void change(String status, UnaryOperator<Task.Builder> changes) {
        task = changes.apply(task.toBuilder())
                .lastStatus(status)
                .version(task.version() + 1)
                .build();
        changed.accept(task);
    }
}
