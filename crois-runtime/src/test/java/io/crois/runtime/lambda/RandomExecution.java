package io.crois.runtime.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crois.contract.ItemKey;
import io.crois.contract.Json;
import io.crois.contract.Machine;
import io.crois.contract.OrderLocation;
import io.crois.contract.Run;
import io.crois.contract.StepItem;
import io.crois.contract.StepStatus;
import io.crois.contract.TaskReport;
import io.crois.workflow.Backend;
import io.crois.workflow.FailureClass;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** An execution made up by a seed: at least 50 steps, some of them iterations of a forEach, with retries. */
final class RandomExecution {
    private static final Instant NOON = LocalTable.NOON;
    static final String WORKFLOW = "building";

    final Run run;
    final List<Step> steps = new ArrayList<>();

    /** The last thing that AWS says of each task and job, by its order. */
    final Map<String, JsonNode> described = new HashMap<>();

    /** What is asked again and again is answered once. */
    private final Map<String, StepItem> answers = new HashMap<>();

    private final Random random;
    private long clock;

    /**
     * Something that somebody learns of a step.
     *
     * @param event as EventBridge sends it; {@code null} for what a function knows
     */
    record Learned(int step, StepItem known, @Nullable JsonNode event) {}

    /** A step with all that is learned of it, in the order in which it happened. */
    static final class Step {
        final Run run;
        final String name;
        final List<Learned> learned = new ArrayList<>();

        private Step(Run run, String name) {
            this.run = run;
            this.name = name;
        }

        /** Returns the item at the end of an ordered stream. */
        StepItem end() {
            return learned.stream().map(Learned::known).reduce(StepItem::joined).orElseThrow();
        }
    }

    RandomExecution(long seed, int atLeast) {
        random = new Random(seed);
        run = Run.of("demo", "run-" + seed);
        int plain = 0;
        while (steps.size() < atLeast) {
            String name = "step" + plain++;
            if (random.nextInt(4) > 0) {
                add(run, name);
            } else {
                int iterations = 2 + random.nextInt(12);
                for (int i = 0; i < iterations; i++) {
                    add(run.iteration("each" + plain, i), name);
                }
            }
        }
    }

    private void add(Run where, String name) {
        Step step = new Step(where, name);
        int number = steps.size();
        steps.add(step);
        int attempts = 1 + (random.nextInt(3) == 0 ? 1 + random.nextInt(2) : 0);
        for (int attempt = 1; attempt <= attempts; attempt++) {
            attempt(number, step, attempt, attempt == attempts);
        }
    }

    private void attempt(int number, Step step, int attempt, boolean last) {
        boolean fargate = random.nextBoolean();
        boolean starts = last || random.nextInt(5) > 0;
        boolean succeeds = last && random.nextInt(6) > 0;
        boolean timeout = !succeeds && random.nextInt(3) == 0;
        int code = succeeds ? 0 : 1 + random.nextInt(200);
        StepItem unknown = StepItem.unknown(step.run, step.name, attempt);
        String arn = fargate
                ? "arn:aws:ecs:eu-west-1:111122223333:task/crois/" + number + "-" + attempt
                : "arn:aws:batch:eu-west-1:111122223333:job/" + number + "-" + attempt;
        Instant prepared = tick();
        Backend backend = fargate ? Backend.FARGATE : Backend.BATCH;
        Machine machine = new Machine(1, 2048L * attempt, 0, 0);
        step.learned.add(new Learned(
                number,
                new StepItem(
                        step.run,
                        step.name,
                        StepStatus.PREPARED,
                        attempt,
                        backend,
                        machine,
                        null,
                        prepared,
                        null,
                        null,
                        null,
                        null),
                null));
        Task task = new Task(arn, order(unknown), fargate);
        for (String status : fargate ? List.of("PROVISIONING", "PENDING") : List.of("RUNNABLE", "STARTING")) {
            event(number, step, unknown, task.in(status, null, null, null));
        }
        Instant started = starts ? tick() : null;
        if (starts) {
            event(number, step, unknown, task.in("RUNNING", started, null, null));
        }
        Instant stopped = tick();
        Integer exitCode = starts ? (Integer) code : null;
        String end = fargate ? "STOPPED" : succeeds ? "SUCCEEDED" : "FAILED";
        event(number, step, unknown, task.in(end, started, stopped, exitCode));
        StepStatus decided = succeeds ? StepStatus.SUCCEEDED : last ? StepStatus.FAILED : StepStatus.RETRYING;
        boolean told = !timeout;
        step.learned.add(new Learned(
                number,
                unknown.moved(decided, told ? arn : null, told ? started : null)
                        .ended(decided, tick(), succeeds ? null : failure(starts), told ? exitCode : null),
                null));
    }

    private void event(int number, Step step, StepItem unknown, ObjectNode detail) {
        boolean fargate = detail.has("lastStatus");
        ObjectNode event = Json.mapper().createObjectNode();
        event.put("detail-type", fargate ? "ECS Task State Change" : "Batch Job State Change")
                .put("time", NOON.toString())
                .set("detail", detail);
        described.put(order(unknown), detail);
        TaskChange change = fargate ? TaskChange.ofTask(detail, NOON) : TaskChange.ofJob(detail, NOON);
        StepItem known = TaskChanges.known(change, change.status().orElseThrow(), unknown);
        step.learned.add(new Learned(number, known, event));
    }

    /** Returns what AWS would answer today about the attempt that stands in an item. */
    StepItem describe(StepItem item) {
        return answers.computeIfAbsent(
                item.run().scope() + item.step() + "#" + item.attempt(), attempt -> described(item));
    }

    private StepItem described(StepItem item) {
        JsonNode detail = described.get(order(item));
        TaskChange change = detail.has("lastStatus") ? TaskChange.ofTask(detail, NOON) : TaskChange.ofJob(detail, NOON);
        StepItem unknown = StepItem.unknown(item.run(), item.step(), item.attempt());
        return TaskChanges.known(change, change.status().orElseThrow(), unknown);
    }

    private Instant tick() {
        clock += 1 + random.nextInt(5_000);
        return NOON.plusMillis(clock);
    }

    private static TaskReport.Failure failure(boolean started) {
        return new TaskReport.Failure(started ? FailureClass.EXIT_CODE : FailureClass.IMAGE_PULL, "It failed.");
    }

    static String order(StepItem item) {
        return new OrderLocation("crois", ItemKey.order(item.run(), item.step(), item.attempt())).text();
    }

    /** A task or job whose events are written down. */
    private record Task(String arn, String order, boolean fargate) {

        ObjectNode in(String status, @Nullable Instant started, @Nullable Instant stopped, @Nullable Integer exitCode) {
            return fargate ? ecs(status, started, stopped, exitCode) : batch(status, started, stopped, exitCode);
        }

        private ObjectNode ecs(
                String status, @Nullable Instant started, @Nullable Instant stopped, @Nullable Integer exitCode) {
            ObjectNode detail =
                    Json.mapper().createObjectNode().put("taskArn", arn).put("lastStatus", status);
            if (started != null) {
                detail.put("startedAt", started.toString());
            }
            if (stopped != null) {
                detail.put("stoppedAt", stopped.toString());
            }
            ObjectNode main = detail.putArray("containers").addObject().put("name", "main");
            if (exitCode != null) {
                main.put("exitCode", exitCode);
            }
            ObjectNode override = detail.putObject("overrides")
                    .putArray("containerOverrides")
                    .addObject()
                    .put("name", "main");
            override.putArray("environment")
                    .addObject()
                    .put("name", "CROIS_ORDER")
                    .put("value", order);
            return detail;
        }

        private ObjectNode batch(
                String status, @Nullable Instant started, @Nullable Instant stopped, @Nullable Integer exitCode) {
            ObjectNode detail =
                    Json.mapper().createObjectNode().put("jobArn", arn).put("status", status);
            if (started != null) {
                detail.put("startedAt", started.toEpochMilli());
            }
            if (stopped != null) {
                detail.put("stoppedAt", stopped.toEpochMilli());
            }
            ObjectNode container = detail.putObject("container");
            if (exitCode != null) {
                container.put("exitCode", exitCode);
            }
            container
                    .putArray("environment")
                    .addObject()
                    .put("name", "CROIS_ORDER")
                    .put("value", order);
            return detail;
        }
    }
}
