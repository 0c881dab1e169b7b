package io.crois.runtime.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import io.crois.contract.ItemKey;
import io.crois.contract.OrderLocation;
import io.crois.contract.PlatformSettings;
import io.crois.contract.StepItem;
import io.crois.table.CroisTable;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.batch.BatchClient;
import software.amazon.awssdk.services.batch.model.JobSummary;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.DesiredStatus;

/**
 * Asks the back ends what became of steps whose events were lost: by the ARN where it is known, else by looking for the
 * task or job that works on the step's order. Stopped tasks are known for an hour, ended jobs for a week.
 */
final class TaskLookup {
    private static final int IN_ONE_CALL = 100;
    private static final int MOST_SEARCHED = 2_000;

    private final Supplier<EcsClient> ecs;
    private final Supplier<BatchClient> batch;
    private final CroisTable table;
    private final PlatformSettings settings;
    private final CallRate rate;
    private final Clock clock;

    TaskLookup(
            Supplier<EcsClient> ecs,
            Supplier<BatchClient> batch,
            CroisTable table,
            PlatformSettings settings,
            CallRate rate,
            Clock clock) {
        this.ecs = ecs;
        this.batch = batch;
        this.table = table;
        this.settings = settings;
        this.rate = rate;
        this.clock = clock;
    }

    /** Returns what is known now of the attempts that stand in the items, in no order; none where nothing is. */
    List<TaskChange> find(String workflow, List<StepItem> items) {
        List<TaskChange> found = new ArrayList<>(described(
                items.stream().map(StepItem::arn).filter(Objects::nonNull).toList()));
        List<StepItem> nameless =
                items.stream().filter(item -> item.arn() == null).toList();
        if (!nameless.isEmpty()) {
            Set<String> orders = nameless.stream().map(this::order).collect(Collectors.toSet());
            Stream.concat(tasks(workflow, nameless).stream(), jobs(nameless).stream())
                    .filter(change -> change.order().filter(orders::contains).isPresent())
                    .forEach(found::add);
        }
        return found;
    }

    private List<TaskChange> described(List<String> arns) {
        List<String> tasks = arns.stream().filter(arn -> !isJob(arn)).toList();
        List<String> jobs = arns.stream()
                .filter(TaskLookup::isJob)
                .map(arn -> arn.substring(arn.lastIndexOf('/') + 1))
                .toList();
        List<TaskChange> found = new ArrayList<>(describeTasks(tasks));
        found.addAll(describeJobs(jobs));
        return found;
    }

    private List<TaskChange> tasks(String workflow, List<StepItem> items) {
        Set<String> steps = items.stream().map(StepItem::step).collect(Collectors.toSet());
        String partition =
                ItemKey.spec(items.get(0).run().project(), workflow, "").pk();
        Set<String> families = table.query(partition, "SPEC#", JsonNode.class)
                .filter(deployed ->
                        steps.contains(deployed.path("spec").path("step").asText()))
                .map(deployed -> deployed.path("taskDefinition").asText())
                .filter(definition -> !definition.isEmpty())
                .map(TaskLookup::family)
                .collect(Collectors.toSet());
        Set<String> arns = new LinkedHashSet<>();
        for (String family : families) {
            arns.addAll(list(family, DesiredStatus.RUNNING));
            arns.addAll(list(family, DesiredStatus.STOPPED));
        }
        return describeTasks(List.copyOf(arns));
    }

    private List<String> list(String family, DesiredStatus status) {
        return rate.task(() -> ecs
                .get()
                .listTasksPaginator(request ->
                        request.cluster(settings.cluster()).family(family).desiredStatus(status))
                .taskArns()
                .stream()
                .limit(MOST_SEARCHED)
                .toList());
    }

    private List<TaskChange> jobs(List<StepItem> items) {
        Set<String> names = items.stream()
                .map(item -> Placement.jobName(item.run().execution(), item.step(), item.attempt()))
                .collect(Collectors.toSet());
        Set<String> ids = new LinkedHashSet<>();
        for (String queue : Set.of(settings.onDemandQueue(), settings.spotQueue())) {
            names.forEach(name -> ids.addAll(list(queue, name)));
        }
        return describeJobs(List.copyOf(ids));
    }

    private List<String> list(String queue, String name) {
        return rate.job(() -> batch
                .get()
                .listJobsPaginator(request -> request.jobQueue(queue)
                        .filters(filter -> filter.name("JOB_NAME").values(name)))
                .jobSummaryList()
                .stream()
                .map(JobSummary::jobId)
                .limit(MOST_SEARCHED)
                .toList());
    }

    private List<TaskChange> describeTasks(List<String> arns) {
        Instant asked = clock.instant();
        return parts(arns).stream()
                .map(part -> rate.task(() -> ecs.get()
                        .describeTasks(
                                request -> request.cluster(settings.cluster()).tasks(part))))
                .flatMap(answer -> answer.tasks().stream())
                .map(task -> TaskChange.of(task, asked))
                .toList();
    }

    private List<TaskChange> describeJobs(List<String> ids) {
        Instant asked = clock.instant();
        return parts(ids).stream()
                .map(part -> rate.job(() -> batch.get().describeJobs(request -> request.jobs(part))))
                .flatMap(answer -> answer.jobs().stream())
                .map(job -> TaskChange.of(job, asked))
                .toList();
    }

    private String order(StepItem item) {
        ItemKey key = ItemKey.order(item.run(), item.step(), item.attempt());
        return new OrderLocation(settings.table(), key).text();
    }

    private static boolean isJob(String arn) {
        return arn.contains(":batch:");
    }

    /** Returns the family of a task definition's ARN: {@code arn:…:task-definition/family:revision}. */
    private static String family(String definition) {
        String name = definition.substring(definition.lastIndexOf('/') + 1);
        return name.contains(":") ? name.substring(0, name.indexOf(':')) : name;
    }

    private static List<List<String>> parts(List<String> all) {
        List<List<String>> parts = new ArrayList<>();
        for (int from = 0; from < all.size(); from += IN_ONE_CALL) {
            parts.add(all.subList(from, Math.min(from + IN_ONE_CALL, all.size())));
        }
        return parts;
    }
}
