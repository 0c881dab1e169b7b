package io.crois.execution;

import io.crois.contract.ExecutionItem;
import io.crois.contract.ExecutionStatus;
import io.crois.contract.ItemKey;
import io.crois.contract.Run;
import io.crois.table.CroisTable;
import io.crois.workflow.CroisException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionDoesNotExistException;

/**
 * Reads the status of an execution: from the table, which events keep up to date, and now and then from Step Functions
 * itself, since events may be lost. What only Step Functions knew is then written to the table.
 */
final class StatusReader {
    private static final Duration TRUSTED = Duration.ofSeconds(30);
    private static final Duration START_TAKES_AT_MOST = Duration.ofMinutes(5);

    private final Account account;
    private final CroisTable table;
    private final Run run;
    private final AtomicReference<Instant> asked;

    StatusReader(Account account, Run run) {
        this.account = account;
        this.table = account.table();
        this.run = run;
        this.asked = new AtomicReference<>(account.clock().instant());
    }

    ExecutionItem read() {
        ExecutionItem item = table.read(ItemKey.execution(run), ExecutionItem.class)
                .orElseThrow(() -> new CroisException("Project `" + run.project() + "` has no execution `"
                        + run.execution() + "`. The list of executions tells which there are."));
        Instant now = account.clock().instant();
        Instant last = asked.get();
        boolean due = last.plus(TRUSTED).isBefore(now) && asked.compareAndSet(last, now);
        return item.status().ended() || !due ? item : ask(item, now).orElse(item);
    }

    private Optional<ExecutionItem> ask(ExecutionItem item, Instant now) {
        try {
            DescribeExecutionResponse known =
                    account.clients().sfn().describeExecution(request -> request.executionArn(item.arn()));
            ExecutionStatus status = ExecutionStatus.valueOf(known.statusAsString());
            return status.ended()
                    ? Optional.of(
                            close(item.moved(status, redrives(known), known.stopDate(), known.error(), known.cause())
                                    .started(known.startDate())))
                    : Optional.empty();
        } catch (ExecutionDoesNotExistException e) {
            if (item.submittedAt().plus(START_TAKES_AT_MOST).isAfter(now)) {
                return Optional.empty();
            }
            String cause = "It was submitted, but never started: the submitting process ended in between. Submit it"
                    + " again under another name.";
            return Optional.of(close(item.ended(ExecutionStatus.FAILED, now, Submission.NOT_STARTED, cause)));
        }
    }

    private static int redrives(DescribeExecutionResponse known) {
        return known.redriveCount() == null ? 0 : known.redriveCount();
    }

    private ExecutionItem close(ExecutionItem ended) {
        table.note(ended, account.clock().instant());
        return ended;
    }
}
