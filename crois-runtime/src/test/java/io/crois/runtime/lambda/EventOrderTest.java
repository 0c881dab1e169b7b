package io.crois.runtime.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.fasterxml.jackson.databind.JsonNode;
import io.crois.contract.ExecutionItem;
import io.crois.contract.FeedEvent;
import io.crois.contract.ItemKey;
import io.crois.contract.PlatformSettings;
import io.crois.contract.StepItem;
import io.crois.contract.StepStatus;
import io.crois.contract.TaskOrder;
import io.crois.runtime.lambda.RandomExecution.Learned;
import io.crois.table.Feed;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionRequest;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;

/**
 * Whatever the order in which events arrive, however often, and whichever are lost: the items end the same. The number
 * of sequences tried in memory is {@code -Dcrois.sequences}, 100,000 by default; a few go through the functions and
 * DynamoDB.
 */
final class EventOrderTest {
    private static final int SEQUENCES = Integer.getInteger("crois.sequences", 100_000);
    private static final int SEQUENCES_OF_ONE = 500;
    private static final int STEPS = 50;
    private static final Instant LATER = LocalTable.NOON.plus(Duration.ofMinutes(10));

    @Test
    void every_sequence_of_events_ends_in_the_same_items_and_no_item_goes_back() {
        int executions = (SEQUENCES + SEQUENCES_OF_ONE - 1) / SEQUENCES_OF_ONE;

        int tried = IntStream.rangeClosed(1, executions)
                .parallel()
                .map(EventOrderTest::trySequences)
                .sum();

        assertThat(tried).isGreaterThanOrEqualTo(SEQUENCES);
    }

    private static int trySequences(int seed) {
        RandomExecution execution = new RandomExecution(seed, STEPS);
        List<StepItem> expected =
                execution.steps.stream().map(RandomExecution.Step::end).toList();
        for (int i = 0; i < SEQUENCES_OF_ONE; i++) {
            StepItem[] items = new StepItem[execution.steps.size()];
            for (Learned learned : sequence(execution, new Random(seed * 1_000_003L + i))) {
                join(items, learned.step(), learned.known());
            }
            reconcile(execution, items);
            for (int step = 0; step < items.length; step++) {
                if (!items[step].equals(expected.get(step))) {
                    assertThat(items[step]).as("seed %d, sequence %d", seed, i).isEqualTo(expected.get(step));
                }
            }
        }
        return SEQUENCES_OF_ONE;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void the_functions_write_the_same_items_and_tell_each_step_in_its_order(long seed) {
        RandomExecution execution = new RandomExecution(seed, STEPS);
        try (LocalTable local = new LocalTable()) {
            local.table.note(submitted(execution), LocalTable.NOON);
            StatusFunction status = new StatusFunction(local.table, mock(SfnClient.class), LocalTable.CLOCK);
            for (Learned learned : sequence(execution, new Random(seed))) {
                write(local, status, learned);
            }
            reconcile(execution, local);

            Map<ItemKey, StepItem> items = local.table.readAll(
                    execution.steps.stream()
                            .map(step -> ItemKey.step(step.run, step.name))
                            .toList(),
                    StepItem.class);
            for (RandomExecution.Step step : execution.steps) {
                assertThat(items.get(ItemKey.step(step.run, step.name))).isEqualTo(step.end());
            }
            assertThat(told(local))
                    .allSatisfy((step, types) -> assertThat(types).isSorted().doesNotHaveDuplicates());
        }
    }

    /** What functions know comes in its order; what events tell comes in any, some twice or thrice, some never. */
    private static List<Learned> sequence(RandomExecution execution, Random random) {
        List<Learned> events = new ArrayList<>();
        List<List<Learned>> functions = new ArrayList<>();
        boolean lossy = random.nextBoolean();
        for (RandomExecution.Step step : execution.steps) {
            List<Learned> known = new ArrayList<>();
            for (Learned learned : step.learned) {
                if (learned.event() == null) {
                    known.add(learned);
                } else if (!lossy || random.nextInt(3) > 0) {
                    int times = random.nextInt(4) == 0 ? 2 + random.nextInt(2) : 1;
                    events.addAll(Collections.nCopies(times, learned));
                }
            }
            functions.add(known);
            known.forEach(call -> events.add(new Learned(call.step(), call.known(), null)));
        }
        Collections.shuffle(events, random);
        int[] next = new int[functions.size()];
        events.replaceAll(learned ->
                learned.event() == null ? functions.get(learned.step()).get(next[learned.step()]++) : learned);
        return events;
    }

    private static void join(StepItem[] items, int step, StepItem known) {
        StepItem before = items[step];
        StepItem after = before == null ? known : before.joined(known);
        if (before != null && (after.rank() < before.rank() || forgets(before, after))) {
            assertThat(after).as("after %s", before).isEqualTo(before);
        }
        items[step] = after;
    }

    private static boolean forgets(StepItem before, StepItem after) {
        return before.attempt() == after.attempt()
                && (before.arn() != null && after.arn() == null
                        || before.startedAt() != null && after.startedAt() == null
                        || before.preparedAt() != null && after.preparedAt() == null
                        || before.exitCode() != null && after.exitCode() == null);
    }

    private static void reconcile(RandomExecution execution, StepItem[] items) {
        for (int step = 0; step < items.length; step++) {
            if (Reconciliation.isUnsettled(items[step])) {
                join(items, step, execution.describe(items[step]));
            }
        }
    }

    private static void write(LocalTable local, StatusFunction status, Learned learned) {
        StepItem known = learned.known();
        JsonNode event = learned.event();
        local.table.putIfAbsent(ItemKey.order(known.run(), known.step(), known.attempt()), order(known));
        if (event != null) {
            status.handle(event);
            return;
        }
        FeedEvent.Type type = known.status() == StepStatus.SUCCEEDED
                ? FeedEvent.Type.STEP_SUCCEEDED
                : known.status() == StepStatus.FAILED ? FeedEvent.Type.STEP_FAILED : FeedEvent.Type.STEP_RETRYING;
        List<FeedEvent> telling = known.over()
                ? List.of(FeedEvent.ofStep(
                        type,
                        LocalTable.NOON,
                        known.run(),
                        RandomExecution.WORKFLOW,
                        known.step(),
                        known.attempt(),
                        null))
                : List.of();
        local.table.note(known, RandomExecution.WORKFLOW, telling);
    }

    private static void reconcile(RandomExecution execution, LocalTable local) {
        SfnClient sfn = mock(SfnClient.class);
        when(sfn.describeExecution(EventOrderTest.<DescribeExecutionRequest.Builder>consumer()))
                .thenReturn(DescribeExecutionResponse.builder()
                        .status("SUCCEEDED")
                        .startDate(LocalTable.NOON)
                        .stopDate(LATER)
                        .build());
        FakeBackends backends = new FakeBackends(execution.described);
        ReconcileFunction function = new ReconcileFunction(
                local.table,
                PlatformSettings.defaults(),
                sfn,
                backends.ecs(),
                backends.batch(),
                Clock.fixed(LATER, LocalTable.CLOCK.getZone()));
        deployed(local);
        function.reconcile(
                new ReconcileFunction.Request(execution.run.project(), execution.run.execution()), () -> true);
        assertThat(local.table
                        .read(ItemKey.execution(execution.run), ExecutionItem.class)
                        .orElseThrow()
                        .status()
                        .ended())
                .isTrue();
    }

    private static void deployed(LocalTable local) {
        for (int i = 0; i < 2 * STEPS; i++) {
            local.table.put(
                    ItemKey.spec("demo", RandomExecution.WORKFLOW, "step" + i),
                    Map.of(
                            "spec",
                            Map.of("step", "step" + i),
                            "taskDefinition",
                            "arn:aws:ecs:eu-west-1:111122223333:task-definition/family:1"));
        }
    }

    /** Returns the numbers of the types told of each attempt of each step, in the order of the feed. */
    private static Map<String, List<Integer>> told(LocalTable local) {
        List<FeedEvent.Type> way = List.of(
                FeedEvent.Type.STEP_PREPARED,
                FeedEvent.Type.STEP_QUEUED,
                FeedEvent.Type.STEP_STARTED,
                FeedEvent.Type.STEP_SUCCEEDED,
                FeedEvent.Type.STEP_RETRYING,
                FeedEvent.Type.STEP_FAILED);
        return Feed.since(local.table, "demo", LocalTable.NOON).poll(LATER).stream()
                .filter(event -> event.step() != null)
                .collect(Collectors.groupingBy(
                        event -> event.run().scope() + event.step(),
                        Collectors.mapping(
                                event -> event.attempt() * 10 + way.indexOf(event.type()), Collectors.toList())));
    }

    private static ExecutionItem submitted(RandomExecution execution) {
        return ExecutionItem.submitted(
                "demo",
                execution.run.execution(),
                RandomExecution.WORKFLOW,
                Map.of(),
                null,
                "arn:aws:states:eu-west-1:111122223333:execution:building:" + execution.run.execution(),
                LocalTable.NOON);
    }

    private static TaskOrder order(StepItem item) {
        return new TaskOrder(
                item.run(),
                RandomExecution.WORKFLOW,
                item.step(),
                item.attempt(),
                List.of("true"),
                Map.of(),
                null,
                Map.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                60,
                null);
    }

    @SuppressWarnings("unchecked")
    private static <T> java.util.function.Consumer<T> consumer() {
        return any(java.util.function.Consumer.class);
    }
}
