package io.crois.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crois.Crois;
import io.crois.contract.ExecutionItem;
import io.crois.contract.ExecutionStatus;
import io.crois.contract.FeedEvent;
import io.crois.contract.Json;
import io.crois.contract.PlatformSettings;
import io.crois.contract.Run;
import io.crois.contract.StepItem;
import io.crois.contract.StepStatus;
import io.crois.execution.AwsClients;
import io.crois.execution.ExecutionEvent;
import io.crois.execution.ExecutionListener;
import io.crois.execution.Pacing;
import io.crois.execution.Subscription;
import io.crois.table.CroisTable;
import io.crois.testkit.aws.InMemoryAws;
import io.crois.testkit.time.VirtualEventLoop;
import io.crois.workflow.CroisException;
import io.crois.workflow.Result;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;

/** What listeners are promised, whatever the table is kept in. Time is virtual. */
abstract class ListenerContract {
    static final String WORKFLOW = "building";
    static final Result<Double> AUC = Result.number("auc");

    final VirtualEventLoop loop = VirtualEventLoop.create();
    final List<Killable> pacings = new ArrayList<>();
    private final InMemoryAws aws = InMemoryAws.builder().eventLoop(loop).build();
    private boolean down;
    DynamoDbClient client;
    CroisTable table;
    Crois crois;

    /** Returns a client of tables that nobody else uses. */
    abstract DynamoDbClient client();

    @BeforeEach
    void open() {
        client = client();
        client.listTables().tableNames().forEach(name -> client.deleteTable(request -> request.tableName(name)));
        client.createTable(request -> request.tableName("crois")
                .billingMode("PAY_PER_REQUEST")
                .attributeDefinitions(
                        attribute -> attribute.attributeName("pk").attributeType("S"),
                        attribute -> attribute.attributeName("sk").attributeType("S"))
                .keySchema(
                        key -> key.attributeName("pk").keyType(KeyType.HASH),
                        key -> key.attributeName("sk").keyType(KeyType.RANGE)));
        table = CroisTable.create(client, aws.s3(), PlatformSettings.defaults(), loop.clock());
        crois = application(client);
    }

    @Test
    void a_listener_is_told_what_happens_with_its_types_and_in_its_order() {
        List<ExecutionEvent> told = new ArrayList<>();
        try (Subscription subscription = crois.listen(listener(told))) {
            execution("run-1");
            loop.advance(Duration.ofSeconds(5));
        }

        assertThat(told)
                .extracting(event -> event.getClass().getSimpleName())
                .containsExactly(
                        "Submitted",
                        "Started",
                        "StepPrepared",
                        "StepQueued",
                        "StepStarted",
                        "StepRetrying",
                        "StepPrepared",
                        "StepQueued",
                        "StepStarted",
                        "StepSucceeded",
                        "Ended");
        assertThat(told).extracting(ExecutionEvent::id).doesNotHaveDuplicates();
        assertThat(told.get(9)).isInstanceOfSatisfying(ExecutionEvent.StepSucceeded.class, done -> {
            assertThat(done.result(AUC)).contains(0.75);
            assertThat(done.step().path()).isEqualTo("tune[3]/train");
            assertThat(done.step().attempt()).isEqualTo(2);
        });
        assertThat(told.get(5))
                .isInstanceOfSatisfying(
                        ExecutionEvent.StepRetrying.class,
                        retry -> assertThat(retry.message()).isEqualTo("It failed."));
    }

    @Test
    void a_listener_may_be_narrowed_to_an_execution_and_to_a_step() {
        List<ExecutionEvent> ofOne = new ArrayList<>();
        List<ExecutionEvent> ofStep = new ArrayList<>();
        List<ExecutionEvent> ofOtherStep = new ArrayList<>();
        crois.events().ofExecution("run-2").listen(listener(ofOne));
        crois.events().ofStep("train").listen(listener(ofStep));
        crois.events().ofStep("tune[4]/train").listen(listener(ofOtherStep));
        execution("run-1");
        execution("run-2");
        loop.advance(Duration.ofSeconds(5));

        assertThat(ofOne).hasSize(11).allMatch(event -> event.execution().equals("run-2"));
        assertThat(ofStep).hasSize(16).allMatch(ExecutionEvent.OfStep.class::isInstance);
        assertThat(ofOtherStep).isEmpty();
    }

    @Test
    void a_stage_is_completed_by_the_first_event_that_fits() {
        CompletableFuture<ExecutionEvent.StepSucceeded> succeeded = crois.events()
                .ofStep("train")
                .first(ExecutionEvent.StepSucceeded.class)
                .toCompletableFuture();
        note(ExecutionItem.submitted("demo", "run-1", WORKFLOW, Map.of(), null, "arn", now()));
        CompletableFuture<ExecutionEvent.Ended> ended =
                crois.execution("run-1").orElseThrow().ended().toCompletableFuture();
        loop.advance(Duration.ofSeconds(5));
        assertThat(succeeded).isNotDone();
        assertThat(ended).isNotDone();

        execution("run-1");
        loop.advance(Duration.ofSeconds(5));

        assertThat(succeeded.join().result(AUC)).contains(0.75);
        assertThat(ended.join().status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(crois.execution("run-1").orElseThrow().ended())
                .isCompletedWithValueMatching(end -> end.status() == ExecutionStatus.SUCCEEDED);
    }

    @Test
    void a_publisher_gives_no_more_than_is_requested_and_completes_with_the_execution() {
        List<ExecutionEvent> got = new ArrayList<>();
        AtomicReference<Flow.Subscription> flow = new AtomicReference<>();
        List<String> signals = new ArrayList<>();
        crois.events().ofExecution("run-1").publisher().subscribe(subscriber(got, flow, signals));
        execution("run-1");
        loop.advance(Duration.ofSeconds(10));
        assertThat(got).isEmpty();

        flow.get().request(4);
        assertThat(got).hasSize(4);
        loop.advance(Duration.ofSeconds(10));
        assertThat(got).hasSize(4);

        flow.get().request(Long.MAX_VALUE);
        assertThat(got).hasSize(11);
        assertThat(signals).containsExactly("complete");
    }

    @Test
    void a_publisher_reads_no_more_while_many_events_wait_and_loses_none_of_them() {
        List<ExecutionEvent> got = new ArrayList<>();
        AtomicReference<Flow.Subscription> flow = new AtomicReference<>();
        crois.events().publisher().subscribe(subscriber(got, flow, new ArrayList<>()));
        for (int i = 0; i < 40; i++) {
            execution("run-" + i);
            loop.advance(Duration.ofSeconds(4));
        }

        while (got.size() < 440) {
            int before = got.size();
            flow.get().request(7);
            assertThat(got.size()).isBetween(before + 1, before + 7);
        }
        assertThat(got).extracting(ExecutionEvent::id).doesNotHaveDuplicates();
    }

    @Test
    void a_wrong_request_or_token_is_refused() {
        List<String> signals = new ArrayList<>();
        AtomicReference<Flow.Subscription> flow = new AtomicReference<>();
        crois.events().publisher().subscribe(subscriber(new ArrayList<>(), flow, signals));
        flow.get().request(0);

        assertThat(signals).containsExactly("error A subscriber must request at least 1 event, but requested 0.");
        assertThatThrownBy(() -> crois.events().after("token"))
                .isInstanceOf(CroisException.class)
                .hasMessageContaining("not a token");
    }

    @Test
    void an_application_that_is_killed_at_any_callback_loses_nothing() {
        Instant begin = now();
        for (int i = 0; i < 3; i++) {
            execution("run-" + i);
            loop.advance(Duration.ofSeconds(20));
        }
        int events = 33;
        for (int kill = 1; kill <= events; kill++) {
            List<String> told = new ArrayList<>();
            AtomicReference<String> saved = new AtomicReference<>();
            int at = kill;
            Crois first = application(client);
            Killable process = pacings.get(pacings.size() - 1);
            first.events().since(begin).eachToken(saved::set).listen(new ExecutionListener() {
                @Override
                public void onEvent(ExecutionEvent event) {
                    if (told.size() == at) {
                        process.kill();
                        throw new KilledError();
                    }
                    told.add(event.id());
                }
            });
            runUntilKilled();
            assertThat(told).hasSizeGreaterThanOrEqualTo(Math.min(kill, events));
            Crois second = application(client);
            List<ExecutionEvent> rest = new ArrayList<>();
            second.events().after(saved.get()).listen(listener(rest));
            loop.advance(Duration.ofSeconds(5));

            Set<String> all = new LinkedHashSet<>(told);
            rest.forEach(event -> all.add(event.id()));
            assertThat(all).as("killed at callback %d", kill).hasSize(events);
            pacings.forEach(Killable::kill);
        }
    }

    @Test
    void a_subscription_that_goes_on_from_its_token_is_not_told_again_what_it_knows() {
        List<ExecutionEvent> before = new ArrayList<>();
        Subscription subscription = crois.listen(listener(before));
        execution("run-1");
        loop.advance(Duration.ofSeconds(5));
        String token = subscription.token();
        subscription.close();
        execution("run-2");

        List<ExecutionEvent> after = new ArrayList<>();
        application(client).events().after(token).listen(listener(after));
        loop.advance(Duration.ofSeconds(5));

        assertThat(before).hasSize(11);
        assertThat(after).hasSize(11).allMatch(event -> event.execution().equals("run-2"));
    }

    @Test
    void a_table_that_fails_for_a_while_costs_no_event() {
        List<ExecutionEvent> told = new ArrayList<>();
        List<ExecutionEvent> toldLate = new ArrayList<>();
        Crois shaky = application(failing(client));
        shaky.listen(listener(told));
        loop.advance(Duration.ofSeconds(10));
        down = true;
        execution("run-1");
        loop.advance(Duration.ofMinutes(10));
        assertThat(told).isEmpty();
        shaky.events().since(now().minus(Duration.ofMinutes(30))).listen(listener(toldLate));
        loop.advance(Duration.ofMinutes(1));

        down = false;
        loop.advance(Duration.ofMinutes(1));

        assertThat(told).hasSize(11);
        assertThat(toldLate).hasSize(11);
    }

    @Test
    void a_listener_that_throws_is_told_the_next_event_all_the_same() {
        List<String> told = new ArrayList<>();
        crois.listen(new ExecutionListener() {
            @Override
            public void onEvent(ExecutionEvent event) {
                told.add(event.id());
                throw new IllegalStateException("The listener is broken.");
            }
        });
        execution("run-1");
        loop.advance(Duration.ofSeconds(5));

        assertThat(told).hasSize(11).doesNotHaveDuplicates();
    }

    @Test
    void half_of_the_events_are_told_within_two_seconds() {
        Map<String, Instant> written = new HashMap<>();
        Map<String, Duration> latencies = new HashMap<>();
        Map<String, List<Integer>> attempts = new HashMap<>();
        crois.listen(new ExecutionListener() {
            @Override
            public void onEvent(ExecutionEvent event) {
                if (event instanceof ExecutionEvent.StepQueued queued) {
                    String path = queued.step().path();
                    latencies.put(
                            path + queued.step().attempt(),
                            Duration.between(written.get(path + queued.step().attempt()), now()));
                    attempts.computeIfAbsent(path, unknown -> new ArrayList<>())
                            .add(queued.step().attempt());
                }
            }
        });
        Random random = new Random(7);
        for (int i = 0; i < 300; i++) {
            loop.advance(Duration.ofMillis((long) (-Math.log(1 - random.nextDouble()) * 4_000)));
            String step = "step" + i % 10;
            int attempt = 1 + i / 10;
            written.put(step + attempt, now());
            table.note(
                    StepItem.unknown(Run.of("demo", "run-1"), step, attempt).moved(StepStatus.QUEUED, "arn", null),
                    WORKFLOW,
                    List.of());
        }
        loop.advance(Duration.ofMinutes(2));

        assertThat(attempts.values())
                .hasSize(10)
                .allSatisfy(list -> assertThat(list).isSorted().hasSize(30));
        List<Duration> sorted = latencies.values().stream().sorted().toList();
        assertThat(sorted.get(sorted.size() / 2)).isLessThan(Duration.ofSeconds(2));
        assertThat(sorted.get(sorted.size() - 1)).isLessThan(Duration.ofSeconds(4));
    }

    /** Writes what happens in an execution of one step, which is retried once. */
    void execution(String name) {
        Run run = Run.of("demo", name);
        ExecutionItem item = ExecutionItem.submitted("demo", name, WORKFLOW, Map.of(), null, "arn", now());
        table.append(FeedEvent.ofExecution(
                FeedEvent.Type.EXECUTION_SUBMITTED, now(), run, WORKFLOW, 0, Json.tree(Map.of())));
        note(item);
        note(item.started(now()));
        step(run.iteration("tune", 3), "train");
        note(item.started(now()).ended(ExecutionStatus.SUCCEEDED, now(), null, null));
    }

    void step(Run run, String name) {
        StepItem first = StepItem.unknown(run, name, 1);
        note(prepared(first), null);
        note(first.moved(StepStatus.RUNNING, "arn", now()), null);
        note(
                first.ended(StepStatus.RETRYING, now(), null, 1),
                event(
                        first,
                        FeedEvent.Type.STEP_RETRYING,
                        "{\"failure\":{\"class\":\"UNKNOWN\",\"message\":\"It failed.\"}}"));
        StepItem second = StepItem.unknown(run, name, 2);
        note(prepared(second), null);
        note(
                second.moved(StepStatus.SUCCEEDED, "arn", now()).ended(StepStatus.SUCCEEDED, now(), null, 0),
                event(second, FeedEvent.Type.STEP_SUCCEEDED, "{\"results\":{\"auc\":0.75}}"));
    }

    private StepItem prepared(StepItem item) {
        return new StepItem(
                item.run(),
                item.step(),
                StepStatus.PREPARED,
                item.attempt(),
                null,
                null,
                null,
                now(),
                null,
                null,
                null,
                null);
    }

    private FeedEvent event(StepItem item, FeedEvent.Type type, String detail) {
        return FeedEvent.ofStep(
                type, now(), item.run(), WORKFLOW, item.step(), item.attempt(), (ObjectNode) Json.parse(detail));
    }

    private void note(StepItem item, FeedEvent event) {
        loop.advance(Duration.ofMillis(20));
        table.note(item, WORKFLOW, event == null ? List.of() : List.of(event));
    }

    private void note(ExecutionItem item) {
        loop.advance(Duration.ofMillis(20));
        table.note(item, now());
    }

    Instant now() {
        return loop.clock().instant();
    }

    static ExecutionListener listener(List<ExecutionEvent> told) {
        return new ExecutionListener() {
            @Override
            public void onEvent(ExecutionEvent event) {
                told.add(event);
            }
        };
    }

    /** Returns a door as a process of its own would open it. */
    Crois application(DynamoDbClient dynamoDb) {
        Killable pacing = new Killable(new VirtualPacing(loop));
        pacings.add(pacing);
        return Crois.builder()
                .project(Platform.project(aws, "demo", "test"))
                .clients(new AwsClients(aws.sfn(), dynamoDb, aws.s3(), aws.ecs(), aws.batch()))
                .clock(loop.clock())
                .pacing(pacing)
                .build();
    }

    private void runUntilKilled() {
        try {
            loop.advance(Duration.ofSeconds(5));
        } catch (KilledError expected) {
            // Whatever the process was about to do is not done.
        }
    }

    /** Ends a process in the middle of what it does. */
    private static final class KilledError extends Error {
        private static final long serialVersionUID = 1L;
    }

    /** The time of a process that may be killed: nothing of it is ever repeated after that. */
    static final class Killable implements Pacing {
        private final Pacing pacing;
        private boolean killed;

        private Killable(Pacing pacing) {
            this.pacing = pacing;
        }

        void kill() {
            killed = true;
        }

        @Override
        public void pause(Duration duration) throws InterruptedException {
            pacing.pause(duration);
        }

        @Override
        public Repetition repeat(Duration interval, Runnable work) {
            return repeat(() -> interval, work);
        }

        @Override
        public Repetition repeat(Supplier<Duration> pause, Runnable work) {
            return pacing.repeat(pause, () -> {
                if (!killed) {
                    work.run();
                }
            });
        }
    }

    private DynamoDbClient failing(DynamoDbClient real) {
        return intercepted(real, (method, arguments) -> {
            if (down) {
                throw ProvisionedThroughputExceededException.builder()
                        .message("The table is down.")
                        .build();
            }
            return arguments;
        });
    }

    /** What is done with the arguments of a call before it is made. */
    interface Interception {
        Object[] before(String method, Object[] arguments);
    }

    /** Returns a client whose answers are looked at. */
    static DynamoDbClient answered(DynamoDbClient real, Consumer<Object> look) {
        return proxy((method, arguments) -> {
            Object answer = method.invoke(real, arguments);
            look.accept(answer);
            return answer;
        });
    }

    static DynamoDbClient intercepted(DynamoDbClient real, Interception interception) {
        return proxy((method, arguments) -> method.invoke(real, interception.before(method.getName(), arguments)));
    }

    /** A call that takes a request. */
    private interface Call {
        Object make(Method method, Object[] arguments) throws ReflectiveOperationException;
    }

    private static DynamoDbClient proxy(Call call) {
        InvocationHandler handler = (proxy, method, arguments) -> {
            boolean takesRequest = arguments != null
                    && arguments.length == 1
                    && arguments[0].getClass().getSimpleName().endsWith("Request")
                    && !method.getName().endsWith("Paginator");
            if (!takesRequest) {
                return InvocationHandler.invokeDefault(proxy, method, arguments);
            }
            try {
                return call.make(method, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        };
        return (DynamoDbClient) Proxy.newProxyInstance(
                DynamoDbClient.class.getClassLoader(), new Class<?>[] {DynamoDbClient.class}, handler);
    }

    private static Flow.Subscriber<ExecutionEvent> subscriber(
            List<ExecutionEvent> got, AtomicReference<Flow.Subscription> flow, List<String> signals) {
        return new Flow.Subscriber<>() {
            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                flow.set(subscription);
            }

            @Override
            public void onNext(ExecutionEvent event) {
                got.add(event);
            }

            @Override
            public void onError(Throwable failure) {
                signals.add("error " + failure.getMessage());
            }

            @Override
            public void onComplete() {
                signals.add("complete");
            }
        };
    }
}
