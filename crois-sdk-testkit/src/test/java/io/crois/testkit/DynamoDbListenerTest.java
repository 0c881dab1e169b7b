package io.crois.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.dynamodbv2.local.embedded.DynamoDBEmbedded;
import com.amazonaws.services.dynamodbv2.local.shared.access.AmazonDynamoDBLocal;
import io.crois.contract.ExecutionItem;
import io.crois.contract.FeedEvent;
import io.crois.contract.Run;
import io.crois.contract.StepItem;
import io.crois.contract.StepStatus;
import io.crois.execution.ExecutionEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/** Listeners on DynamoDB itself, which also tells what reading costs. */
final class DynamoDbListenerTest extends ListenerContract {
    private static final int ITERATIONS = Integer.getInteger("crois.iterations", 1_000);
    /** What a strongly consistent read costs that finds nothing; the local service says 0. */
    private static final double SMALLEST_READ = 1;

    private static AmazonDynamoDBLocal local;

    private double units;
    private int calls;

    @BeforeAll
    static void start() {
        local = DynamoDBEmbedded.create(true);
    }

    @AfterAll
    static void stop() {
        local.shutdownNow();
    }

    @Override
    DynamoDbClient client() {
        return local.dynamoDbClient();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 100, 1_000})
    void an_idle_poll_costs_the_same_however_many_executions_are_watched(int executions) {
        for (int i = 0; i < executions; i++) {
            ExecutionItem item = ExecutionItem.submitted("demo", "run-" + i, WORKFLOW, Map.of(), null, "arn", now());
            table.note(item.started(now()), now());
        }
        List<ExecutionEvent> told = new ArrayList<>();
        application(counting(client)).listen(listener(told));
        loop.advance(Duration.ofMinutes(5));
        units = 0;
        calls = 0;

        loop.advance(Duration.ofMinutes(10));

        int polls = calls / 4;
        LoggerFactory.getLogger(getClass())
                .info(
                        "{} executions watched: {} units an idle poll, {} polls in 10 minutes",
                        executions,
                        units / polls,
                        polls);
        assertThat(units / polls).isLessThanOrEqualTo(4);
        assertThat(polls).isLessThanOrEqualTo(201);
    }

    @Test
    void a_large_map_costs_reads_in_proportion_to_its_events() {
        List<ExecutionEvent> told = new ArrayList<>();
        application(counting(client)).listen(listener(told));
        for (int i = 0; i < ITERATIONS; i++) {
            Run run = Run.of("demo", "run-1").iteration("tune", i);
            StepItem step = StepItem.unknown(run, "train", 1);
            StepItem done = step.moved(
                            StepStatus.SUCCEEDED, "arn:aws:ecs:eu-west-1:111122223333:task/crois/" + i, now())
                    .ended(StepStatus.SUCCEEDED, now(), null, 0);
            FeedEvent event = FeedEvent.ofStep(FeedEvent.Type.STEP_SUCCEEDED, now(), run, WORKFLOW, "train", 1, null);
            table.note(done, WORKFLOW, List.of(event));
            loop.advance(Duration.ofMillis(1));
        }
        loop.advance(Duration.ofMinutes(5));

        assertThat(told).hasSize(3 * ITERATIONS);
        double idle = 4 * 101.0;
        LoggerFactory.getLogger(getClass())
                .info("{} iterations ending at once: {} units for {} events", ITERATIONS, units, told.size());
        assertThat(units - idle).isLessThan(told.size());
    }

    @Test
    void a_thousand_listeners_in_one_application_cost_what_one_does() {
        units = 0;
        var application = application(counting(client));
        List<ExecutionEvent> told = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            application.events().ofExecution("run-" + i).listen(listener(told));
        }
        loop.advance(Duration.ofMinutes(1));
        units = 0;
        loop.advance(Duration.ofMinutes(1));

        assertThat(units).isLessThanOrEqualTo(4 * 121);
    }

    private DynamoDbClient counting(DynamoDbClient real) {
        DynamoDbClient asking = intercepted(real, (method, arguments) -> {
            if (arguments[0] instanceof QueryRequest query) {
                return new Object[] {
                    query.toBuilder().returnConsumedCapacity("TOTAL").build()
                };
            }
            return arguments[0] instanceof GetItemRequest get
                    ? new Object[] {
                        get.toBuilder().returnConsumedCapacity("TOTAL").build()
                    }
                    : arguments;
        });
        return answered(asking, answer -> {
            ConsumedCapacity used = answer instanceof QueryResponse query
                    ? query.consumedCapacity()
                    : answer instanceof GetItemResponse get ? get.consumedCapacity() : null;
            if (used != null) {
                calls++;
                units += Math.max(SMALLEST_READ, used.capacityUnits());
            }
        });
    }
}
