package io.crois.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crois.Crois;
import io.crois.contract.ExecutionStatus;
import io.crois.contract.Json;
import io.crois.execution.Execution;
import io.crois.execution.SubmitOptions;
import io.crois.execution.Trigger;
import io.crois.testkit.aws.EventFaults;
import io.crois.testkit.container.ContainerScript;
import io.crois.workflow.Arguments;
import io.crois.workflow.CroisException;
import io.crois.workflow.Parameter;
import io.crois.workflow.Workflow;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;

/** Events that start workflows, in virtual time: real rules and the real function. */
final class TriggerTest {
    private static final Parameter<String> SOURCE = Parameter.text("source");
    private static final Parameter<String> BUCKET = Parameter.text("bucket").withDefault("none");
    private static final Parameter<Long> SEED = Parameter.integer("seed").withDefault(0L);
    private static final Workflow TRAINING = Workflow.builder()
            .name("training")
            .parameter(SOURCE)
            .parameter(BUCKET)
            .parameter(SEED)
            .step("train", s -> s.image("demo/train:1").command("train", SOURCE))
            .build();
    private static final Workflow REPORT = Workflow.builder()
            .name("report")
            .parameter(SOURCE)
            .step("write", s -> s.image("demo/report:1").command("of", SOURCE))
            .build();

    private final CroisTestkit testkit = CroisTestkit.create();
    private final Crois crois = testkit.crois();

    @Test
    void an_object_below_the_prefix_starts_an_execution_that_knows_it() {
        bucket(true);
        Trigger trigger = crois.trigger(TRAINING)
                .named("new-data")
                .onObject("incoming", "daily/")
                .keyAs(SOURCE)
                .bucketAs(BUCKET)
                .arguments(Arguments.none().with(SEED, 7L))
                .create();

        put("daily/a \"1\".csv");
        put("weekly/b.csv");
        testkit.loop().advance(Duration.ofHours(1));

        Execution execution = only();
        assertThat(execution.name()).matches("new-data-[0-9a-f]{15}");
        assertThat(execution.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(execution.arguments())
                .containsEntry("source", Json.tree("daily/a \"1\".csv"))
                .containsEntry("bucket", Json.tree("incoming"))
                .containsEntry("seed", Json.tree(7));
        assertThat(trigger.bucket()).contains("incoming");
        assertThat(trigger.prefix()).contains("daily/");
        assertThat(trigger.after()).isEmpty();
    }

    @Test
    void what_a_trigger_starts_does_otherwise_what_its_options_say() {
        bucket(true);
        crois.trigger(TRAINING)
                .onObject("incoming", "")
                .keyAs(SOURCE)
                .options(SubmitOptions.none().priority(7))
                .create();

        put("a.csv");
        testkit.loop().advance(Duration.ofHours(1));

        assertThat(only().describe().otherwise().priority()).isEqualTo(7);
        assertThatThrownBy(() -> crois.trigger(TRAINING)
                        .onObject("incoming", "")
                        .keyAs(SOURCE)
                        .options(SubmitOptions.none().share("night shift"))
                        .create())
                .isInstanceOf(CroisException.class)
                .hasMessage("The trigger of workflow `training` is wrong. Nothing was changed.\n"
                        + "  the share is `night shift`, but must be 1 to 255 letters and digits.");
    }

    @Test
    void an_event_that_comes_twice_starts_one_execution_and_an_object_that_is_replaced_another() {
        bucket(true);
        crois.trigger(TRAINING)
                .named("new")
                .onObject("incoming", "")
                .keyAs(SOURCE)
                .create();
        testkit.aws().eventFaults(EventFaults.none().repeating());

        put("a.csv");
        testkit.loop().advance(Duration.ofHours(1));
        int afterOne = names().size();
        put("a.csv");
        testkit.loop().advance(Duration.ofHours(1));

        assertThat(afterOne).isEqualTo(1);
        assertThat(names()).hasSize(2);
    }

    @Test
    void a_workflow_is_started_after_another_one_that_succeeded() {
        crois.deploy(TRAINING);
        Trigger trigger = crois.trigger(REPORT)
                .named("after-training")
                .after("training")
                .executionAs(SOURCE)
                .create();

        crois.submit(TRAINING, Arguments.none().with(SOURCE, "x"), "run-1");
        testkit.loop().advance(Duration.ofHours(1));

        List<Execution> executions = crois.executions().toList();
        assertThat(executions).hasSize(2);
        assertThat(executions.get(0).workflow()).isEqualTo("report");
        assertThat(executions.get(0).arguments()).containsEntry("source", Json.tree("run-1"));
        assertThat(trigger.after()).contains("training");
        assertThat(trigger.statuses()).containsExactly(ExecutionStatus.SUCCEEDED);
    }

    @Test
    void a_failure_starts_what_waits_for_failures_alone() {
        crois.deploy(TRAINING);
        crois.trigger(REPORT)
                .named("after-failure")
                .after("training", ExecutionStatus.FAILED, ExecutionStatus.TIMED_OUT)
                .executionAs(SOURCE)
                .create();

        crois.submit(TRAINING, Arguments.none().with(SOURCE, "x"), "good");
        testkit.loop().advance(Duration.ofHours(1));
        testkit.containers().step("train", ContainerScript.exits(1));
        crois.submit(TRAINING, Arguments.none().with(SOURCE, "x"), "bad");
        testkit.loop().advance(Duration.ofHours(5));

        assertThat(names())
                .filteredOn(name -> name.startsWith("after-failure-"))
                .hasSize(1);
    }

    @Test
    void a_paused_trigger_starts_nothing_and_a_deleted_one_is_gone() {
        bucket(true);
        Trigger trigger =
                crois.trigger(TRAINING).onObject("incoming", "").keyAs(SOURCE).create();
        trigger.pause();
        put("a.csv");
        testkit.loop().advance(Duration.ofHours(1));
        boolean paused = trigger.isPaused();
        int whenPaused = names().size();
        crois.trigger("training").orElseThrow().resume();
        put("b.csv");
        testkit.loop().advance(Duration.ofHours(1));
        trigger.delete();
        trigger.delete();
        put("c.csv");
        testkit.loop().advance(Duration.ofHours(1));

        assertThat(paused).isTrue();
        assertThat(whenPaused).isZero();
        assertThat(names()).hasSize(1);
        assertThat(crois.triggers()).isEmpty();
        assertThat(testkit.aws()
                        .eventBridge()
                        .listRules(request -> request.namePrefix("crois-start-"))
                        .rules())
                .isEmpty();
    }

    @Test
    void what_would_never_start_or_never_end_is_refused() {
        bucket(false);
        crois.deploy(TRAINING);
        crois.trigger(REPORT).after("training").executionAs(SOURCE).create();

        assertThatThrownBy(() -> crois.trigger(TRAINING)
                        .named("t")
                        .onObject("incoming", "")
                        .keyAs(SOURCE)
                        .create())
                .isInstanceOf(CroisException.class)
                .hasMessageStartingWith("The trigger of workflow `training` is wrong. Nothing was changed.")
                .hasMessageContaining("bucket `incoming` sends no events to EventBridge.");
        assertThatThrownBy(() -> crois.trigger(TRAINING)
                        .onObject("crois", "test/")
                        .keyAs(SOURCE)
                        .create())
                .hasMessageContaining("bucket `crois` is the platform's own");
        assertThatThrownBy(() -> crois.trigger(TRAINING)
                        .onObject("nowhere", "")
                        .keyAs(SOURCE)
                        .create())
                .hasMessageContaining("bucket `nowhere` does not exist");
        assertThatThrownBy(() -> crois.trigger(TRAINING)
                        .after("report")
                        .executionAs(SOURCE)
                        .create())
                .hasMessageContaining("it closes a ring of workflows that start one another for ever:"
                        + " training → report → training.");
        assertThatThrownBy(() -> crois.trigger(TRAINING)
                        .after("training", ExecutionStatus.RUNNING)
                        .keyAs(SOURCE)
                        .create())
                .hasMessageContaining("training → training.")
                .hasMessageContaining("it waits for the statuses [RUNNING]")
                .hasMessageContaining("an event of an execution has no bucket and no key. Leave it out.");
        assertThatThrownBy(() -> crois.trigger(REPORT)
                        .named("r")
                        .after("unknown")
                        .executionAs(SOURCE)
                        .create())
                .hasMessageContaining("workflow `unknown` is not deployed");
        assertThatThrownBy(() -> crois.trigger(REPORT)
                        .named("a b")
                        .arguments(Arguments.none().with(SOURCE, "x"))
                        .create())
                .hasMessageContaining("the name of the trigger is `a b`")
                .hasMessageContaining("it waits for nothing. Say for what with onObject(...) or after(...).");
        assertThat(crois.triggers()).hasSize(1);
    }

    private void bucket(boolean telling) {
        testkit.aws().s3().createBucket(request -> request.bucket("incoming"));
        if (telling) {
            testkit.aws()
                    .s3()
                    .putBucketNotificationConfiguration(request -> request.bucket("incoming")
                            .notificationConfiguration(wanted -> wanted.eventBridgeConfiguration(any -> {})));
        }
    }

    private void put(String key) {
        testkit.aws().s3().putObject(request -> request.bucket("incoming").key(key), RequestBody.fromString("x"));
    }

    private Execution only() {
        List<Execution> executions = crois.executions().toList();
        assertThat(executions).hasSize(1);
        return executions.get(0);
    }

    private List<String> names() {
        return crois.executions().map(Execution::name).toList();
    }
}
