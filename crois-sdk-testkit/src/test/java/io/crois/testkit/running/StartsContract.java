package io.crois.testkit.running;

import static io.crois.testkit.running.RunningWorld.training;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.crois.contract.Json;
import io.crois.contract.StartRequest;
import io.crois.execution.Execution;
import io.crois.execution.Schedule;
import io.crois.execution.SubmitOptions;
import io.crois.execution.Trigger;
import io.crois.runtime.lambda.StartFunction;
import io.crois.workflow.CroisException;
import io.crois.workflow.Parameter;
import io.crois.workflow.Workflow;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.eventbridge.model.Rule;
import software.amazon.awssdk.services.eventbridge.model.Target;
import software.amazon.awssdk.services.scheduler.model.GetScheduleResponse;
import software.amazon.awssdk.services.scheduler.model.ResourceNotFoundException;

/** Schedules and triggers are made, changed and deleted, wherever EventBridge and its Scheduler come from. */
abstract class StartsContract {
    private static final Parameter<String> SOURCE = Parameter.text("source");
    private static final Workflow REPORT = Workflow.builder()
            .name("report")
            .parameter(SOURCE)
            .step("write", s -> s.image("demo/report:1").command("of", SOURCE))
            .build();

    private RunningWorld world;

    /** Returns an account without schedules and rules. */
    abstract RunningWorld world();

    @BeforeEach
    void start() {
        world = world();
    }

    @Test
    void a_schedule_rings_the_platforms_function_at_its_times() {
        Schedule schedule = nightly("0 3 * * ? *");

        GetScheduleResponse made = scheduled();
        JsonNode input = Json.parse(made.target().input());
        assertThat(made.scheduleExpression()).isEqualTo("cron(0 3 * * ? *)");
        assertThat(made.scheduleExpressionTimezone()).isEqualTo("Europe/Berlin");
        assertThat(made.stateAsString()).isEqualTo("ENABLED");
        assertThat(made.flexibleTimeWindow().maximumWindowInMinutes()).isEqualTo(15);
        assertThat(made.target().arn()).endsWith(":function:crois-start");
        assertThat(made.target().roleArn()).endsWith(":role/crois/crois-start-caller");
        assertThat(input.path("project").asText()).isEqualTo("demo");
        assertThat(input.path("rule").asText()).isEqualTo("nightly");
        assertThat(input.path("time").asText()).isEqualTo("<aws.scheduler.scheduled-time>");
        assertThat(input.path("token").asText()).hasSize(32);
        assertThat(world.door().schedules()).singleElement().hasToString(schedule.toString());
    }

    @Test
    void what_a_schedule_says_when_it_rings_starts_one_execution_as_its_options_say() {
        world.crois
                .schedule(training("demo/train:1"))
                .named("nightly")
                .cron("0 3 * * ? *")
                .options(SubmitOptions.none().share("nightly").step("fit", s -> s.command("fit", "--few")))
                .create();
        String ring = scheduled().target().input().replace("<aws.scheduler.scheduled-time>", "2026-03-02T03:00:00Z");
        StartFunction start = new StartFunction(world.table, world.clients.sfn(), world.time);

        Optional<String> first = start.handle(Json.read(ring, StartRequest.class));
        Optional<String> again = start.handle(Json.read(ring, StartRequest.class));

        assertThat(first).contains("nightly-20260302-030000").isEqualTo(again);
        Execution execution = world.door().execution(first.orElseThrow()).orElseThrow();
        assertThat(execution.describe().otherwise().share()).isEqualTo("nightly");
        assertThat(execution.describe().otherwise().steps()).containsOnlyKeys("fit");
        String arn = execution.describe().arn();
        assertThat(world.clients
                        .sfn()
                        .describeExecution(request -> request.executionArn(arn))
                        .statusAsString())
                .isEqualTo("RUNNING");
    }

    @Test
    void a_schedule_is_changed_where_it_is_and_stays_paused_until_it_is_resumed() {
        nightly("0 3 * * ? *").pause();
        String token = scheduled().target().input();
        nightly("30 4 * * ? *");

        GetScheduleResponse changed = scheduled();
        world.door().schedule("nightly").orElseThrow().resume();

        assertThat(changed.scheduleExpression()).isEqualTo("cron(30 4 * * ? *)");
        assertThat(changed.stateAsString()).isEqualTo("DISABLED");
        assertThat(changed.target().input()).isEqualTo(token);
        assertThat(scheduled().stateAsString()).isEqualTo("ENABLED");
    }

    @Test
    void a_deleted_schedule_is_gone_and_may_be_deleted_again() {
        Schedule schedule = nightly("0 3 * * ? *");

        schedule.delete();
        schedule.delete();

        assertThat(world.crois.schedules()).isEmpty();
        assertThatThrownBy(this::scheduled).isInstanceOf(ResourceNotFoundException.class);
    }

    @Test
    void a_trigger_is_a_rule_whose_events_ring_the_platforms_function() {
        bucket();

        Trigger trigger = onObject();

        Rule rule = rules().get(0);
        Target target = targets(rule).get(0);
        assertThat(Json.parse(rule.eventPattern()))
                .isEqualTo(Json.parse("{\"source\":[\"aws.s3\"],\"detail-type\":[\"Object Created\"],\"detail\":"
                        + "{\"bucket\":{\"name\":[\"incoming\"]},\"object\":{\"key\":[{\"prefix\":\"daily/\"}]}}}"));
        assertThat(rule.stateAsString()).isEqualTo("ENABLED");
        assertThat(target.arn()).endsWith(":function:crois-start");
        assertThat(target.inputTransformer().inputPathsMap()).containsEntry("detail", "$.detail");
        assertThat(target.inputTransformer().inputTemplate()).contains("\"rule\":\"new-data\"", "\"detail\":<detail>");
        assertThat(world.door().triggers()).singleElement().hasToString(trigger.toString());
    }

    @Test
    void a_trigger_is_paused_resumed_and_deleted_with_its_rule() {
        bucket();
        Trigger trigger = onObject();

        trigger.pause();
        String paused = rules().get(0).stateAsString();
        onObject().resume();
        String resumed = rules().get(0).stateAsString();
        trigger.delete();
        trigger.delete();

        assertThat(paused).isEqualTo("DISABLED");
        assertThat(resumed).isEqualTo("ENABLED");
        assertThat(rules()).isEmpty();
        assertThat(world.crois.triggers()).isEmpty();
    }

    @Test
    void a_trigger_after_another_workflow_waits_for_the_ends_of_its_machine() {
        String machine =
                world.crois.deploy(training("demo/train:1")).stateMachineArn().replaceAll(":\\d+$", "");

        world.crois
                .trigger(REPORT)
                .named("after-training")
                .after("training")
                .executionAs(SOURCE)
                .create();

        assertThat(Json.parse(rules().get(0).eventPattern()).path("detail"))
                .isEqualTo(Json.parse("{\"stateMachineArn\":[\"" + machine + "\"],\"status\":[\"SUCCEEDED\"]}"));
    }

    @Test
    void a_bucket_that_tells_nothing_or_is_not_there_is_refused() {
        world.clients.s3().createBucket(request -> request.bucket("incoming"));

        assertThatThrownBy(this::onObject)
                .isInstanceOf(CroisException.class)
                .hasMessageContaining("bucket `incoming` sends no events to EventBridge.");
        assertThatThrownBy(() -> world.crois
                        .trigger(REPORT)
                        .onObject("missing", "")
                        .keyAs(SOURCE)
                        .create())
                .hasMessageContaining("bucket `missing` does not exist in this account and Region.");
        assertThat(rules()).isEmpty();
    }

    private Schedule nightly(String fields) {
        return world.crois
                .schedule(training("demo/train:1"))
                .named("nightly")
                .cron(fields)
                .timeZone(ZoneId.of("Europe/Berlin"))
                .flexibleWindow(Duration.ofMinutes(15))
                .create();
    }

    private GetScheduleResponse scheduled() {
        return world.clients
                .scheduler()
                .getSchedule(request -> request.groupName("crois-demo").name("nightly"));
    }

    private void bucket() {
        world.clients.s3().createBucket(request -> request.bucket("incoming"));
        world.clients
                .s3()
                .putBucketNotificationConfiguration(request -> request.bucket("incoming")
                        .notificationConfiguration(to -> to.eventBridgeConfiguration(all -> {})));
    }

    private Trigger onObject() {
        return world.crois
                .trigger(REPORT)
                .named("new-data")
                .onObject("incoming", "daily/")
                .keyAs(SOURCE)
                .create();
    }

    private List<Rule> rules() {
        return world.clients
                .eventBridge()
                .listRules(request -> request.namePrefix("crois-"))
                .rules();
    }

    private List<Target> targets(Rule rule) {
        return world.clients
                .eventBridge()
                .listTargetsByRule(request -> request.rule(rule.name()))
                .targets();
    }
}
