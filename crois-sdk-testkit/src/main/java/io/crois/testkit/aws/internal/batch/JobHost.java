package io.crois.testkit.aws.internal.batch;

import io.crois.testkit.aws.internal.integration.Endings;
import io.crois.testkit.container.ContainerRunner;
import io.crois.testkit.time.EventLoop;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.batch.model.DescribeJobDefinitionsRequest;
import software.amazon.awssdk.services.batch.model.JQState;
import software.amazon.awssdk.services.batch.model.JobDefinition;
import software.amazon.awssdk.services.batch.model.JobDetail;
import software.amazon.awssdk.services.batch.model.JobQueueDetail;
import software.amazon.awssdk.services.batch.model.SubmitJobRequest;

/**
 * The queues, job definitions and jobs of an account. Jobs run on the event loop, their containers by a runner; jobs
 * can be described for seven days after they have ended. Safe for use by several threads.
 */
public final class JobHost implements Endings<JobDetail> {

    private static final Duration KEPT = Duration.ofDays(7);

    private final EventLoop loop;
    private final ContainerRunner runner;
    private final Consumer<JobDetail> changed;
    private final BatchArns arns;
    private final Random random;
    private final JobDefinitions definitions;
    private final Map<String, JobQueueDetail> queues = new TreeMap<>();
    private final Map<String, HostedJob> jobs = new LinkedHashMap<>();
    private final Map<String, List<Consumer<JobDetail>>> waiting = new HashMap<>();
    private final Deque<JobDetail> ended = new ArrayDeque<>();

    /**
     * Creates a host without queues.
     *
     * @param changed is told of each state of each job but the first, on the event loop
     * @param random decides the ids of jobs
     */
    public JobHost(
            EventLoop loop,
            ContainerRunner runner,
            Consumer<JobDetail> changed,
            String region,
            String account,
            Random random) {
        this.loop = loop;
        this.runner = runner;
        this.changed = changed;
        this.arns = new BatchArns(region, account);
        this.random = random;
        this.definitions = new JobDefinitions(arns);
    }

    /** Adds a queue. */
    public JobQueueDetail createQueue(JobQueueDetail queue) {
        return loop.call(() -> {
            String name = String.valueOf(queue.jobQueueName());
            BatchRefusal.unlessValid(!queues.containsKey(name), "Object already exists: " + name);
            JobQueueDetail created =
                    queue.toBuilder().jobQueueArn(arns.queue(name)).build();
            queues.put(name, created);
            return created;
        });
    }

    /** Returns queues by name or ARN; all of them when no name is given. */
    public List<JobQueueDetail> describeQueues(List<String> names) {
        return loop.call(() -> names.isEmpty()
                ? List.copyOf(queues.values())
                : names.stream()
                        .map(name -> queues.get(BatchArns.last(name)))
                        .filter(queue -> queue != null)
                        .toList());
    }

    private JobQueueDetail requireQueue(@Nullable String name) {
        JobQueueDetail queue = queues.get(BatchArns.last(String.valueOf(name)));
        if (queue == null) {
            throw BatchRefusal.client("JobQueue " + name + " does not exist.");
        }
        return queue;
    }

    /** Keeps a definition as the next revision of its name. */
    public JobDefinition register(JobDefinition definition) {
        return loop.call(() -> definitions.register(definition));
    }

    /** Returns definitions, the newest revisions first. */
    public List<JobDefinition> describeDefinitions(DescribeJobDefinitionsRequest request) {
        return loop.call(() -> definitions.describe(request));
    }

    /** Lets a revision start no more jobs. */
    public void deregister(@Nullable String name) {
        loop.call(() -> {
            definitions.deregister(name);
            return true;
        });
    }

    /** Starts a job. */
    public JobDetail submit(SubmitJobRequest request) {
        return loop.call(() -> {
            forgetOld();
            JobChecks.check(request);
            JobQueueDetail queue = requireQueue(request.jobQueue());
            BatchRefusal.unlessValid(queue.state() != JQState.DISABLED, "JobQueue is DISABLED.");
            JobDefinition definition = definitions.find(request.jobDefinition());
            if (definition == null || !definition.status().equals(JobDefinitions.ACTIVE)) {
                throw BatchRefusal.client("Job definition " + request.jobDefinition() + " does not exist.");
            }
            String id = new UUID(random.nextLong(), random.nextLong()).toString();
            JobDetail first = NewJob.of(
                    request, definition, queue, id, arns.job(id), loop.now().toEpochMilli());
            HostedJob job = new HostedJob(first, loop, runner, arns::task, this::tell);
            jobs.put(id, job);
            loop.post(job::begin);
            return first;
        });
    }

    private void tell(JobDetail job) {
        changed.accept(job);
        if (job.stoppedAt() != null) {
            ended.add(job);
            List<Consumer<JobDetail>> told = waiting.remove(job.jobId());
            if (told != null) {
                told.forEach(consumer -> consumer.accept(job));
            }
        }
    }

    /** Tells of the end of a job: on the event loop, once, also when it has ended already. */
    @Override
    public void await(String jobId, Consumer<JobDetail> whenEnded) {
        loop.call(() -> {
            HostedJob job = jobs.get(jobId);
            if (job != null && job.isOver()) {
                loop.post(() -> whenEnded.accept(job.job()));
            } else {
                waiting.computeIfAbsent(jobId, id -> new ArrayList<>()).add(whenEnded);
            }
            return jobId;
        });
    }

    /** Ends a job, whatever its state; does nothing when it has ended or is not there. */
    public void terminate(String jobId, String reason) {
        onJob(jobId, job -> job.terminate(reason));
    }

    /** Ends a job that waits for its machine; does nothing to others. */
    public void cancel(String jobId, String reason) {
        onJob(jobId, job -> job.cancel(reason));
    }

    private void onJob(String id, Consumer<HostedJob> work) {
        loop.call(() -> {
            HostedJob job = jobs.get(id);
            if (job != null) {
                work.accept(job);
            }
            return id;
        });
    }

    /** Returns those of the jobs that there are. */
    public List<JobDetail> describe(List<String> ids) {
        return loop.call(() -> ids.stream()
                .map(jobs::get)
                .filter(job -> job != null)
                .map(HostedJob::job)
                .toList());
    }

    /** Returns all jobs of a queue, oldest first. */
    public List<JobDetail> list(@Nullable String queue) {
        return loop.call(() -> {
            String arn = requireQueue(queue).jobQueueArn();
            return jobs.values().stream()
                    .map(HostedJob::job)
                    .filter(job -> job.jobQueue().equals(arn))
                    .toList();
        });
    }

    private void forgetOld() {
        long oldest = loop.now().minus(KEPT).toEpochMilli();
        while (!ended.isEmpty() && ended.element().stoppedAt() < oldest) {
            jobs.remove(ended.remove().jobId());
        }
    }
}
