package io.crois.execution;

import io.crois.contract.ItemKey;
import io.crois.contract.Run;
import io.crois.contract.StepItem;
import io.crois.workflow.CroisException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What the container of the latest attempt of a step printed, as CloudWatch Logs keeps it. Asks anew each time.
 * Thread-safe.
 */
public final class StepLogs {
    private static final int MOST_LINES = 10_000;

    private final Account account;
    private final AwsCalls calls;
    private final ItemKey key;
    private final String step;

    /** Makes the logs of a step by its path, {@code tune[3]/train}. */
    StepLogs(Account account, AwsCalls calls, Run run, String step) {
        this.account = account;
        this.calls = calls;
        this.step = step;
        int end = step.lastIndexOf('/') + 1;
        this.key = ItemKey.step(new Run(run.project(), run.execution(), step.substring(0, end)), step.substring(end));
    }

    /**
     * Returns the last lines, the oldest of them first; none before the container has printed anything.
     *
     * @param lines from 1 to 10,000
     * @throws IllegalArgumentException if {@code lines} is out of that range
     * @throws CroisException if the execution has no such step, or AWS Batch has forgotten its job
     */
    public List<LogLine> tail(int lines) {
        if (lines < 1 || lines > MOST_LINES) {
            throw new IllegalArgumentException("lines must be from 1 to 10000, but was " + lines + ".");
        }
        return place(item()).map(place -> stream(place).last(lines)).orElse(List.of());
    }

    /**
     * Passes on all lines from the first on, and goes on until the attempt that is the latest now is over. Blocks; what
     * the consumer throws ends it.
     *
     * @throws CroisException if the execution has no such step, or AWS Batch has forgotten its job
     */
    public void follow(Consumer<LogLine> lines) throws InterruptedException {
        int attempt = item().attempt();
        @Nullable LogStream stream = null;
        boolean over = false;
        while (true) {
            StepItem item = item();
            boolean last = over;
            over = item.over() || item.attempt() != attempt;
            if (stream == null && item.attempt() == attempt) {
                stream = place(item).map(this::stream).orElse(null);
            }
            if (stream != null) {
                stream.next().forEach(lines);
            }
            if (last) {
                return;
            }
            account.pacing().pause(account.pollInterval());
        }
    }

    private StepItem item() {
        return calls.again(() -> account.table().read(key, StepItem.class))
                .orElseThrow(
                        () -> new CroisException(
                                "Step `" + step
                                        + "` of this execution has no log: no such step has begun. Execution.steps() tells which have."));
    }

    private Optional<LogPlace> place(StepItem item) {
        return new LogPlaces(account, calls).of(item);
    }

    private LogStream stream(LogPlace place) {
        return new LogStream(
                AwsClients.required(account.clients().logs(), "CloudWatchLogsClient", "logs"), calls, place);
    }
}
