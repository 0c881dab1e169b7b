package io.crois.testkit.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import io.crois.testkit.aws.internal.events.EventBus;
import io.crois.testkit.aws.internal.events.EventTargets;
import io.crois.testkit.aws.internal.integration.ServiceEvents;
import io.crois.testkit.aws.internal.integration.ServiceIntegrations;
import io.crois.testkit.aws.internal.lambda.FunctionHost;
import io.crois.testkit.engine.ExecutionListener;
import io.crois.testkit.time.VirtualEventLoop;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.batch.model.JobDetail;
import software.amazon.awssdk.services.ecs.model.Container;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.EventBridgeException;
import software.amazon.awssdk.services.eventbridge.model.LimitExceededException;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResponse;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResultEntry;
import software.amazon.awssdk.services.eventbridge.model.ResourceNotFoundException;
import software.amazon.awssdk.services.eventbridge.model.Rule;
import software.amazon.awssdk.services.eventbridge.model.RuleState;
import software.amazon.awssdk.services.eventbridge.model.Target;
import software.amazon.awssdk.services.sfn.SfnClient;

final class InMemoryEventBridgeTest {

    private static final String FUNCTION = "arn:aws:lambda:eu-central-1:222222222222:function:status";

    private final VirtualEventLoop loop = VirtualEventLoop.create();
    private final FunctionHost functions = new FunctionHost(loop, "eu-central-1", "222222222222", new Random(7));
    private final EventBus bus = new EventBus(
            loop,
            "eu-central-1",
            "222222222222",
            new Random(7),
            new EventTargets().add("lambda", (arn, input) -> functions.queue(arn, SdkBytes.fromUtf8String(input))));
    private final EventBridgeClient events = InMemoryEventBridge.of(bus, loop);
    private final List<JsonNode> received = new ArrayList<>();
    private final List<Instant> times = new ArrayList<>();

    InMemoryEventBridgeTest() {
        functions.register("status", input -> {
            received.add(input);
            times.add(loop.now());
            return input;
        });
    }

    @Test
    void an_event_that_a_rule_is_for_reaches_its_function_a_little_later() {
        rule("all", "{'source': ['shop']}");

        String id = put("shop", "Sold", "{\"n\":1}").entries().get(0).eventId();
        put("other", "Sold", "{\"n\":2}");
        assertThat(received).isEmpty();
        loop.runUntilIdle();

        assertThat(received).hasSize(1);
        assertThat(received.get(0).toString())
                .isEqualTo("{\"version\":\"0\",\"id\":\"" + id
                        + "\",\"detail-type\":\"Sold\",\"source\":\"shop\",\"account\":\"222222222222\","
                        + "\"time\":\"2026-01-01T00:00:00Z\",\"region\":\"eu-central-1\",\"resources\":[\"arn:x\"],"
                        + "\"detail\":{\"n\":1}}");
        assertThat(times).containsExactly(VirtualEventLoop.START.plus(EventFaults.LATENCY));
    }

    @Test
    void a_target_may_get_a_part_of_the_event_or_a_text_of_its_own() {
        rule("all", "{'source': ['shop']}");
        events.putTargets(request -> request.rule("all")
                .targets(
                        target("part").inputPath("$.detail.n").build(),
                        target("nowhere").inputPath("$.detail.m").build(),
                        target("text").input("{\"fixed\":true}").build()));

        put("shop", "Sold", "{\"n\":1}");
        loop.runUntilIdle();

        assertThat(received.subList(1, 4))
                .extracting(JsonNode::toString)
                .containsExactly("1", "null", "{\"fixed\":true}");
    }

    @Test
    void an_input_template_is_filled_with_parts_of_the_event() {
        rule("all", "{'source': ['shop']}");
        events.putTargets(request -> request.rule("all")
                .targets(target("filled")
                        .inputTransformer(input -> input.inputPathsMap(
                                        Map.of("n", "$.detail.n", "what", "$.detail-type", "all", "$.detail"))
                                .inputTemplate(
                                        "{\"n\":<n>,\"what\":<what>,\"text\":\"It is <n>: <what>\",\"all\":<all>}"))
                        .build()));

        put("shop", "Sold", "{\"n\":1}");
        loop.runUntilIdle();

        assertThat(received.get(1).toString())
                .isEqualTo("{\"n\":1,\"what\":\"Sold\",\"text\":\"It is 1: Sold\",\"all\":{\"n\":1}}");
        assertThatThrownBy(() -> events.putTargets(request -> request.rule("all")
                        .targets(target("t")
                                .inputTransformer(input -> input.inputTemplate("<m>"))
                                .build())))
                .hasMessageContaining("invalid placeholder m");
    }

    @Test
    void a_disabled_rule_lets_events_pass() {
        rule("all", "{'source': ['shop']}");

        events.disableRule(request -> request.name("all"));
        put("shop", "Sold", "{}");
        loop.runUntilIdle();
        assertThat(received).isEmpty();

        events.enableRule(request -> request.name("all"));
        put("shop", "Sold", "{}");
        loop.runUntilIdle();
        assertThat(received).hasSize(1);
    }

    @Test
    void rules_are_described_listed_changed_and_deleted() {
        rule("one", "{'source': ['shop']}");
        rule("two", "{'source': ['shop']}");
        events.putRule(request ->
                request.name("one").eventPattern("{\"source\":[\"b\"]}").state(RuleState.DISABLED));

        assertThat(events.describeRule(request -> request.name("one")).arn())
                .isEqualTo("arn:aws:events:eu-central-1:222222222222:rule/one");
        assertThat(events.describeRule(request -> request.name("one")).eventPattern())
                .isEqualTo("{\"source\":[\"b\"]}");
        assertThat(events.describeRule(request -> request.name("one")).state()).isEqualTo(RuleState.DISABLED);
        assertThat(events.listTargetsByRule(request -> request.rule("one")).targets())
                .extracting(Target::arn)
                .containsExactly(FUNCTION);
        assertThat(events.listRules(request -> request.namePrefix("t")).rules())
                .extracting(Rule::name)
                .containsExactly("two");

        assertThatThrownBy(() -> events.deleteRule(request -> request.name("one")))
                .isInstanceOf(EventBridgeException.class)
                .hasMessageContaining("Rule can't be deleted since it has targets.");
        events.removeTargets(request -> request.rule("one").ids("function"));
        events.deleteRule(request -> request.name("one"));
        events.deleteRule(request -> request.name("one"));
        assertThatThrownBy(() -> events.describeRule(request -> request.name("one")))
                .isInstanceOf(ResourceNotFoundException.class)
                .hasMessageContaining("Rule one does not exist on EventBus default.");
    }

    @Test
    void what_makes_no_sense_is_refused() {
        rule("all", "{'source': ['shop']}");

        assertThatThrownBy(() -> events.putRule(request -> request.name("a")))
                .isInstanceOf(EventBridgeException.class)
                .hasMessageContaining("Parameter(s) EventPattern or ScheduleExpression must be specified.");
        assertThatThrownBy(() -> events.putRule(request -> request.name("a b").eventPattern("{}")))
                .isInstanceOf(EventBridgeException.class)
                .hasMessageContaining("at 'name' failed to satisfy constraint");
        assertThatThrownBy(() -> events.putTargets(request ->
                        request.rule("all").targets(target("a").arn("nothing").build())))
                .isInstanceOf(EventBridgeException.class)
                .hasMessageContaining("Provided Arn is not in correct format.");
        assertThatThrownBy(() -> events.listRules(request -> request.eventBusName("mine")))
                .isInstanceOf(ResourceNotFoundException.class)
                .hasMessageContaining("Event bus mine does not exist.");
        assertThatThrownBy(() -> events.putTargets(request -> request.rule("all")
                        .targets(
                                target("1").build(),
                                target("2").build(),
                                target("3").build(),
                                target("4").build(),
                                target("5").build())))
                .isInstanceOf(LimitExceededException.class);
        assertThatThrownBy(() -> events.putEvents(request -> request.entries(List.of())))
                .isInstanceOf(EventBridgeException.class)
                .hasMessageContaining("at 'entries' failed to satisfy constraint");
    }

    @Test
    void entries_that_cannot_be_published_are_told_one_by_one() {
        rule("all", "{'source': [{'exists': true}]}");

        PutEventsResponse answer = events.putEvents(request -> request.entries(
                entry -> entry.source("shop").detailType("Sold").detail("{}"),
                entry -> entry.source("shop").detailType("Sold").detail("[]"),
                entry -> entry.source("aws.ecs").detailType("Sold").detail("{}"),
                entry -> entry.source("shop").detail("{}")));
        loop.runUntilIdle();

        assertThat(answer.failedEntryCount()).isEqualTo(3);
        assertThat(answer.entries())
                .extracting(PutEventsResultEntry::errorCode)
                .containsExactly(null, "MalformedDetail", "NotAuthorizedForSourceException", "InvalidArgument");
        assertThat(received).hasSize(1);
    }

    @Test
    void a_pattern_is_tried_on_an_event() {
        assertThat(events.testEventPattern(
                                request -> request.eventPattern("{\"a\":[1]}").event("{\"a\":1}"))
                        .result())
                .isTrue();
        assertThat(events.testEventPattern(
                                request -> request.eventPattern("{\"a\":[1]}").event("{\"a\":2}"))
                        .result())
                .isFalse();
    }

    @Test
    void events_can_be_lost_repeated_and_disordered() {
        rule("all", "{'source': ['shop']}");
        bus.faults(EventFaults.none()
                .losing(event -> event.path("detail").path("n").asInt() == 3)
                .repeating()
                .disordered(new Random(5), Duration.ofSeconds(30)));

        for (int n = 0; n < 6; n++) {
            put("shop", "Sold", "{\"n\":" + n + "}");
        }
        loop.runUntilIdle();

        List<Integer> numbers = received.stream()
                .map(event -> event.path("detail").path("n").asInt())
                .toList();
        assertThat(numbers)
                .containsExactlyInAnyOrder(0, 0, 1, 1, 2, 2, 4, 4, 5, 5)
                .isNotEqualTo(numbers.stream().sorted().toList());
        assertThat(times.get(times.size() - 1)).isBefore(VirtualEventLoop.START.plusSeconds(31));
    }

    @Test
    void executions_publish_each_change_of_their_status() {
        rule("all", "{'source': ['aws.states'], 'detail-type': ['Step Functions Execution Status Change']}");
        SfnClient sfn = InMemorySfn.builder(loop)
                .integrations(ServiceIntegrations.builder().build())
                .listener(new ServiceEvents(bus))
                .build();
        String machine = sfn.createStateMachine(
                        request -> request.name("m")
                                .roleArn("arn:aws:iam::111111111111:role/flow")
                                .definition(
                                        "{\"StartAt\":\"W\",\"States\":{\"W\":{\"Type\":\"Wait\",\"Seconds\":60,\"End\":true}}}"))
                .stateMachineArn();

        String execution = sfn.startExecution(
                        request -> request.stateMachineArn(machine).name("e").input("{\"a\":1}"))
                .executionArn();
        loop.runUntilIdle();

        assertThat(received)
                .extracting(event -> event.path("detail").path("status").asText())
                .containsExactly("RUNNING", "SUCCEEDED");
        assertThat(received.get(0).path("resources").path(0).asText()).isEqualTo(execution);
        assertThat(received.get(0).path("detail").toString())
                .isEqualTo("{\"executionArn\":\"" + execution + "\",\"stateMachineArn\":\"" + machine
                        + "\",\"name\":\"e\",\"status\":\"RUNNING\",\"startDate\":1767225600000,\"stopDate\":null,"
                        + "\"input\":\"{\\\"a\\\":1}\",\"inputDetails\":{\"included\":true},"
                        + "\"output\":null,\"outputDetails\":null}");
        assertThat(received.get(1).path("detail").path("output").asText()).isEqualTo("{\"a\":1}");
        assertThat(received.get(1).path("detail").path("stopDate").asLong()).isEqualTo(1767225660000L);
    }

    @Test
    void data_that_an_event_has_no_room_for_is_left_out() {
        rule("all", "{'source': ['aws.states']}");
        ServiceEvents publisher = new ServiceEvents(bus);

        publisher.changed(change("x".repeat(150_000), "y".repeat(150_000)));
        publisher.changed(change("x".repeat(100_000), "y".repeat(254_000)));
        loop.runUntilIdle();

        JsonNode both = received.get(0).path("detail");
        JsonNode large = received.get(1).path("detail");
        assertThat(both.path("inputDetails").path("included").asBoolean(true)).isFalse();
        assertThat(both.path("input").isNull()).isTrue();
        assertThat(both.path("output").asText()).hasSize(150_002);
        assertThat(large.path("input").asText()).hasSize(100_002);
        assertThat(large.path("outputDetails").path("included").asBoolean(true)).isFalse();
        assertThat(large.path("output").isNull()).isTrue();
    }

    private static ExecutionListener.Change change(String input, String output) {
        return new ExecutionListener.Change(
                "arn:e",
                "arn:m",
                "e",
                "SUCCEEDED",
                "\"" + input + "\"",
                "\"" + output + "\"",
                null,
                null,
                VirtualEventLoop.START,
                VirtualEventLoop.START,
                0);
    }

    @Test
    void tasks_and_jobs_are_published_as_their_services_write_them() {
        rule("all", "{'source': ['aws.ecs', 'aws.batch']}");
        ServiceEvents publisher = new ServiceEvents(bus);

        publisher.changed(Task.builder()
                .taskArn("arn:t")
                .lastStatus("STOPPED")
                .stoppedAt(VirtualEventLoop.START)
                .version(4L)
                .containers(Container.builder().name("main").exitCode(0).build())
                .build());
        publisher.changed(JobDetail.builder()
                .jobArn("arn:j")
                .jobId("j")
                .status("SUCCEEDED")
                .startedAt(5L)
                .build());
        loop.runUntilIdle();

        assertThat(received)
                .extracting(
                        event -> event.path("source").asText(),
                        event -> event.path("detail-type").asText(),
                        event -> event.path("resources").toString(),
                        event -> event.path("detail").toString())
                .containsExactly(
                        tuple(
                                "aws.ecs",
                                "ECS Task State Change",
                                "[\"arn:t\"]",
                                "{\"containers\":[{\"name\":\"main\",\"exitCode\":0}],\"lastStatus\":\"STOPPED\","
                                        + "\"stoppedAt\":\"2026-01-01T00:00:00Z\",\"taskArn\":\"arn:t\",\"version\":4}"),
                        tuple(
                                "aws.batch",
                                "Batch Job State Change",
                                "[\"arn:j\"]",
                                "{\"jobArn\":\"arn:j\",\"jobId\":\"j\",\"status\":\"SUCCEEDED\",\"startedAt\":5}"));
    }

    @Test
    void what_is_not_in_memory_is_named() {
        rule("all", "{'source': ['shop']}");

        assertThatThrownBy(() -> events.createEventBus(request -> request.name("mine")))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessage("EventBridgeClient.createEventBus is not in memory.");
        assertThatThrownBy(() -> events.putRule(request -> request.name("r").scheduleExpression("rate(1 hour)")))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("Schedules of rules are not in memory");
        assertThatThrownBy(() -> events.putTargets(request -> request.rule("all")
                        .targets(target("q")
                                .arn("arn:aws:sqs:eu-central-1:222222222222:q")
                                .build())))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("Events to `arn:aws:sqs:eu-central-1:222222222222:q` are not in memory.");
        assertThatThrownBy(() -> events.putTargets(request -> request.rule("all")
                        .targets(target("t")
                                .inputTransformer(input -> input.inputTemplate("<aws.events.rule-arn>"))
                                .build())))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("`<aws.events.rule-arn>` of input templates is not in memory.");
    }

    private static Target.Builder target(String id) {
        return Target.builder().id(id).arn(FUNCTION);
    }

    private void rule(String name, String pattern) {
        events.putRule(request -> request.name(name).eventPattern(pattern.replace('\'', '"')));
        events.putTargets(
                request -> request.rule(name).targets(target("function").build()));
    }

    private PutEventsResponse put(String source, String detailType, String detail) {
        return events.putEvents(request -> request.entries(entry ->
                entry.source(source).detailType(detailType).resources("arn:x").detail(detail)));
    }
}
