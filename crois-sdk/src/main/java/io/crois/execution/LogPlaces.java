package io.crois.execution;

import io.crois.contract.ProjectNames;
import io.crois.contract.StepItem;
import io.crois.workflow.CroisException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.batch.model.JobDetail;

/**
 * Knows where containers print: both groups belong to the platform, and the name of every stream begins with that of
 * the project, by which its applications may read it.
 */
final class LogPlaces {
    private static final String CONTAINER = "main";

    private final Account account;
    private final AwsCalls calls;
    private final String prefix;

    LogPlaces(Account account, AwsCalls calls) {
        this.account = account;
        this.calls = calls;
        this.prefix =
                account.platform().prefix() + new ProjectNames(account.project().name()).prefix() + "-";
    }

    /** Returns the options of the log driver of tasks on Fargate. */
    Map<String, String> ofTasks(String region) {
        return Map.of(
                "awslogs-group",
                account.platform().taskLog(),
                "awslogs-region",
                region,
                "awslogs-stream-prefix",
                prefix + "tasks");
    }

    /** Returns the options of the log driver of jobs; AWS Batch names the streams by the job definition. */
    Map<String, String> ofJobs(String region) {
        return Map.of("awslogs-group", account.platform().jobLog(), "awslogs-region", region);
    }

    /**
     * Returns where the container of an attempt prints; empty while it has no machine.
     *
     * @throws CroisException if AWS Batch has forgotten the job
     */
    Optional<LogPlace> of(StepItem item) {
        String arn = item.arn();
        if (arn == null) {
            return Optional.empty();
        }
        if (arn.contains(":task/")) {
            String task = arn.substring(arn.lastIndexOf('/') + 1);
            return Optional.of(new LogPlace(account.platform().taskLog(), prefix + "tasks/" + CONTAINER + "/" + task));
        }
        return job(item, arn).map(stream -> new LogPlace(account.platform().jobLog(), stream));
    }

    private Optional<String> job(StepItem item, String arn) {
        String id = arn.substring(arn.lastIndexOf('/') + 1);
        List<JobDetail> jobs = calls.again(() -> account.clients().batch().describeJobs(request -> request.jobs(id)))
                .jobs();
        if (jobs.isEmpty()) {
            throw new CroisException("AWS Batch does not know the job of step `" + item.step()
                    + "` any more, and with it where its log is. It forgets jobs some days after their end; look in the"
                    + " log group `" + account.platform().jobLog() + "`.");
        }
        return Optional.ofNullable(jobs.get(0).container()).map(container -> container.logStreamName());
    }
}
