package io.crois.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.crois.Crois;
import io.crois.compile.PriceTable;
import io.crois.compile.StepDurations;
import io.crois.contract.ExecutionStatus;
import io.crois.contract.ItemKey;
import io.crois.contract.Json;
import io.crois.contract.Run;
import io.crois.contract.StartRule;
import io.crois.contract.TaskOrder;
import io.crois.execution.Budget;
import io.crois.execution.Execution;
import io.crois.execution.ExecutionEvent;
import io.crois.execution.ExecutionListener;
import io.crois.execution.Schedule;
import io.crois.execution.SubmitOptions;
import io.crois.execution.Subscription;
import io.crois.workflow.Arguments;
import io.crois.workflow.CroisException;
import io.crois.workflow.Parameter;
import io.crois.workflow.Workflow;
import io.crois.workflow.WorkflowValidationException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;

/** Schedules in virtual time: the real function starts what the scheduler in memory asks for. */
final class ScheduleTest {
    private static final Parameter<String> SOURCE = Parameter.text("source").withDefault("all");
    private static final Parameter<String> PASSWORD = Parameter.text("password").sealed();
    private static final Workflow WORKFLOW = Workflow.builder()
            .name("training")
            .parameter(SOURCE)
            .step("train", s -> s.image("demo/train:1").command("train", SOURCE))
            .build();

    private final CroisTestkit testkit = CroisTestkit.create();
    private final Crois crois = testkit.crois();

    @Test
    void what_a_schedule_starts_does_otherwise_what_its_options_say() {
        crois.schedule(WORKFLOW)
                .named("nightly")
                .cron("0 3 * * ? *")
                .options(SubmitOptions.none()
                        .share("nightly")
                        .priority(7)
                        .step("train", s -> s.image("demo/train:2").command("train", "--few")))
                .create();

        testkit.loop().advance(Duration.ofDays(1));

        Execution execution = crois.executions().findFirst().orElseThrow();
        TaskOrder order = Platform.table(testkit.aws())
                .read(ItemKey.order(Run.of("test", execution.name()), "train", 1), TaskOrder.class)
                .orElseThrow();
        assertThat(execution.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(execution.describe().otherwise().share()).isEqualTo("nightly");
        assertThat(execution.describe().otherwise().priority()).isEqualTo(7);
        assertThat(order.command()).containsExactly("train", "--few");
        assertThat(testkit.aws().ecs().listTaskDefinitions().taskDefinitionArns())
                .hasSize(2);
    }

    @Test
    void wrong_options_are_told_with_every_other_problem_and_too_small_a_budget_is_refused() {
        SubmitOptions wrong =
                SubmitOptions.none().named("once").priority(10_000).step("trian", s -> s.image("demo/train:2"));
        SubmitOptions poor = SubmitOptions.none()
                .budget(new Budget(1e-9, PriceTable.published(), StepDurations.all(Duration.ofHours(1))));

        assertThatThrownBy(() -> crois.schedule(WORKFLOW).options(wrong).create())
                .isInstanceOf(CroisException.class)
                .hasMessage("The schedule of workflow `training` is wrong. Nothing was changed.\n"
                        + "  it has no times. Set them with cron(...), rate(...) or once(...).\n"
                        + "  the options name an execution, but every start has a name of its own. Leave named(...) out of"
                        + " the options.\n"
                        + "  the priority is 10000, but must be 0 to 9999.\n"
                        + "  step `trian`: the workflow has no such step. Its steps are `train`.");
        assertThatThrownBy(() -> crois.schedule(WORKFLOW)
                        .rate(Duration.ofHours(1))
                        .options(poor)
                        .create())
                .isInstanceOf(CroisException.class)
                .hasMessageContaining("but its budget is 0.0000 ");
        assertThat(testkit.aws().sfn().listStateMachines().stateMachines()).isEmpty();
    }

    @Test
    void a_scheduled_execution_is_listed_told_and_finished_as_any_other() {
        List<String> told = new ArrayList<>();
        crois.listen(new ExecutionListener() {
            @Override
            public void onEvent(ExecutionEvent event) {
                told.add(event.getClass().getSimpleName() + " " + event.execution());
            }
        });
        crois.schedule(WORKFLOW)
                .named("nightly")
                .cron("0 3 * * ? *")
                .arguments(Arguments.none().with(SOURCE, "today"))
                .create();

        testkit.loop().advance(Duration.ofDays(1));

        Execution execution = crois.executions().findFirst().orElseThrow();
        assertThat(execution.name()).matches("nightly-\\d{8}-030000");
        assertThat(execution.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(execution.arguments()).containsEntry("source", Json.tree("today"));
        assertThat(told)
                .contains(
                        "Submitted " + execution.name(),
                        "StepSucceeded " + execution.name(),
                        "Ended " + execution.name());
        ExecutionAssert.assertThat(execution).succeeded().step("train").ranTimes(1);
    }

    @Test
    void cron_keeps_to_the_clocks_of_its_zone_when_they_change() {
        Instant before = LocalDateTime.of(2026, 3, 28, 0, 0).toInstant(ZoneOffset.UTC);
        testkit.loop().advance(Duration.between(now(), before));
        crois.schedule(WORKFLOW)
                .named("morning")
                .cron("30 6 * * ? *")
                .timeZone(ZoneId.of("Europe/Berlin"))
                .create();

        testkit.loop().advance(Duration.ofDays(3));

        assertThat(names())
                .containsExactly("morning-20260330-043000", "morning-20260329-043000", "morning-20260328-053000");
    }

    @Test
    void a_paused_schedule_starts_nothing_until_it_is_resumed() {
        Schedule hourly = crois.schedule(WORKFLOW)
                .named("hourly")
                .rate(Duration.ofHours(1))
                .create();
        testkit.loop().advance(Duration.ofMinutes(90));
        hourly.pause();
        testkit.loop().advance(Duration.ofHours(5));
        int whenPaused = names().size();
        Schedule again = crois.schedule(WORKFLOW)
                .named("hourly")
                .rate(Duration.ofHours(1))
                .create();
        testkit.loop().advance(Duration.ofHours(5));

        assertThat(whenPaused).isEqualTo(2);
        assertThat(again.isPaused()).isTrue();
        assertThat(names()).hasSize(2);
        again.resume();
        testkit.loop().advance(Duration.ofMinutes(61));
        assertThat(names()).hasSizeBetween(3, 4);
    }

    @Test
    void within_a_flexible_window_executions_are_called_by_the_time_that_was_meant() {
        Schedule schedule = crois.schedule(WORKFLOW)
                .named("relaxed")
                .cron("0 12 * * ? *")
                .flexibleWindow(Duration.ofHours(2))
                .create();

        testkit.loop().advance(Duration.ofDays(4));

        List<Execution> executions = crois.executions().toList();
        assertThat(schedule.flexibleWindow()).isEqualTo(Duration.ofHours(2));
        assertThat(executions).hasSizeBetween(3, 4).allSatisfy(execution -> {
            assertThat(execution.name()).endsWith("-120000");
            assertThat(execution.submittedAt().atZone(ZoneOffset.UTC).getHour()).isBetween(12, 14);
        });
        assertThat(executions)
                .anyMatch(execution ->
                        execution.submittedAt().atZone(ZoneOffset.UTC).getMinute() != 0);
    }

    @Test
    void a_schedule_starts_between_its_start_and_its_end_and_once_where_it_says_so() {
        Instant first = now().plus(Duration.ofHours(10));
        crois.schedule(WORKFLOW)
                .named("some")
                .rate(Duration.ofHours(1))
                .start(first)
                .end(first.plus(Duration.ofHours(2)))
                .create();
        LocalDateTime once = LocalDateTime.ofInstant(now().plus(Duration.ofHours(5)), ZoneOffset.UTC);
        crois.schedule(WORKFLOW).named("once").once(once).create();

        testkit.loop().advance(Duration.ofDays(3));

        assertThat(names()).filteredOn(name -> name.startsWith("some-")).hasSize(3);
        assertThat(names()).filteredOn(name -> name.startsWith("once-")).hasSize(1);
    }

    @Test
    void creating_again_changes_the_one_schedule_and_deleting_ends_it() {
        crois.schedule(WORKFLOW).named("nightly").cron("0 3 * * ? *").create();
        Schedule changed =
                crois.schedule(WORKFLOW).named("nightly").cron("0 4 L * ? *").create();

        assertThat(crois.schedules()).singleElement().satisfies(schedule -> {
            assertThat(schedule.expression()).isEqualTo("cron(0 4 L * ? *)");
            assertThat(schedule.workflow()).isEqualTo("training");
        });
        assertThat(testkit.aws().scheduler().listSchedules(request -> {}).schedules())
                .singleElement()
                .satisfies(schedule -> assertThat(schedule.groupName()).isEqualTo("crois-test"));
        changed.delete();
        changed.delete();
        testkit.loop().advance(Duration.ofDays(40));

        assertThat(crois.schedules()).isEmpty();
        assertThat(crois.executions()).isEmpty();
        assertThatThrownBy(changed::pause)
                .isInstanceOf(CroisException.class)
                .hasMessage("Schedule `nightly` can not be changed: it was deleted. Create it again.");
    }

    @Test
    void a_rolled_back_workflow_is_started_in_the_version_that_is_live() {
        Workflow changed = Workflow.builder()
                .name("training")
                .step("train", s -> s.image("demo/train:2"))
                .build();
        crois.schedule(changed).named("hourly").rate(Duration.ofHours(1)).create();
        crois.deploy(WORKFLOW);
        crois.rollback("training", 1);

        testkit.loop().advance(Duration.ofMinutes(30));

        assertThat(crois.executions().findFirst().orElseThrow().describe().machine())
                .isEqualTo(crois.deployments("training").get(1).digest());
    }

    @Test
    void sealed_arguments_are_opened_by_the_container_alone() {
        Workflow secret = Workflow.builder()
                .name("secret")
                .parameter(PASSWORD)
                .step("use", s -> s.image("demo/use:1").environment("PASSWORD", PASSWORD))
                .build();
        crois.schedule(secret)
                .rate(Duration.ofHours(1))
                .arguments(Arguments.none().with(PASSWORD, "swordfish"))
                .create();

        testkit.loop().advance(Duration.ofMinutes(30));

        Execution execution = crois.executions().findFirst().orElseThrow();
        assertThat(execution.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(execution.arguments().toString()).doesNotContain("swordfish");
    }

    @Test
    void what_comes_twice_starts_once_and_a_forged_request_starts_nothing() {
        crois.schedule(WORKFLOW).named("later").cron("0 3 1 1 ? 2199").create();
        StartRule rule = Platform.table(testkit.aws())
                .read(ItemKey.start("test", "later"), StartRule.class)
                .orElseThrow();

        ask("later", rule.token());
        ask("later", rule.token());
        ask("later", "0123456789abcdef0123456789abcdef");
        ask("other", rule.token());
        testkit.loop().advance(Duration.ofHours(1));

        assertThat(names()).containsExactly("later-20260101-030000");
        assertThat(testkit.transitions(crois.executions().findFirst().orElseThrow()))
                .hasSize(3);
        assertThat(rule.toString()).doesNotContain(rule.token());
    }

    private void ask(String rule, String token) {
        JsonNode request =
                Json.tree(Map.of("project", "test", "rule", rule, "token", token, "time", "2026-01-01T03:00:00Z"));
        testkit.aws()
                .lambda()
                .invoke(call -> call.functionName("crois-start").payload(SdkBytes.fromUtf8String(request.toString())));
    }

    @Test
    void an_execution_that_step_functions_refuses_is_told_as_not_started() {
        crois.schedule(WORKFLOW).named("hourly").rate(Duration.ofHours(1)).create();
        String machine =
                testkit.aws().sfn().listStateMachines().stateMachines().get(0).stateMachineArn();
        testkit.aws().sfn().deleteStateMachine(request -> request.stateMachineArn(machine));

        testkit.loop().advance(Duration.ofMinutes(5));

        Execution execution = crois.executions().findFirst().orElseThrow();
        assertThat(execution.status()).isEqualTo(ExecutionStatus.FAILED);
        assertThat(execution.failure().orElseThrow().error()).isEqualTo("Crois.NotStarted");
    }

    @Test
    void everything_that_is_wrong_is_told_at_once_and_changes_nothing() {
        assertThatThrownBy(() -> crois.schedule(WORKFLOW)
                        .named("every night")
                        .cron("0 3 * * *")
                        .rate(Duration.ofSeconds(90))
                        .timeZone(ZoneOffset.ofHours(2))
                        .flexibleWindow(Duration.ofDays(2))
                        .start(now())
                        .end(now())
                        .create())
                .isInstanceOf(CroisException.class)
                .hasMessageStartingWith("The schedule of workflow `training` is wrong. Nothing was changed.")
                .hasMessageContaining("but `0 3 * * *` has 5.")
                .hasMessageContaining("the rate is PT1M30S, but must be whole minutes")
                .hasMessageContaining("the time zone is the offset +02:00")
                .hasMessageContaining("the flexible window is PT48H, but must be 1 to 1440 whole minutes.")
                .hasMessageContaining("the name of the schedule is `every night`")
                .hasMessageContaining("which is not after its start");
        assertThatThrownBy(() -> crois.schedule(WORKFLOW).create())
                .hasMessageContaining("it has no times. Set them with cron(...), rate(...) or once(...).");
        assertThatThrownBy(() -> crois.schedule(WORKFLOW)
                        .rate(Duration.ofDays(1))
                        .arguments(Arguments.none().with(Parameter.integer("seed"), 1L))
                        .create())
                .isInstanceOf(WorkflowValidationException.class);
        assertThat(crois.schedules()).isEmpty();
        assertThat(testkit.aws().sfn().listStateMachines().stateMachines()).isEmpty();
    }

    @Test
    void what_only_aws_knows_of_an_expression_is_told_with_the_schedule() {
        assertThatThrownBy(() -> crois.schedule(WORKFLOW)
                        .named("odd")
                        .cron("0 25 * * ? *")
                        .create())
                .isInstanceOf(CroisException.class)
                .hasMessageStartingWith(
                        "EventBridge Scheduler does not take schedule `odd` with `cron(0 25 * * ? *)` in"
                                + " UTC: Invalid Schedule Expression");
        assertThat(crois.schedules()).isEmpty();
    }

    @Test
    void a_name_belongs_to_one_workflow() {
        crois.schedule(WORKFLOW).named("nightly").cron("0 3 * * ? *").create();
        Workflow other = Workflow.builder()
                .name("other")
                .step("go", s -> s.image("demo/go:1"))
                .build();

        assertThatThrownBy(() -> crois.schedule(other)
                        .named("nightly")
                        .cron("0 3 * * ? *")
                        .create())
                .isInstanceOf(CroisException.class)
                .hasMessage("`nightly` is a schedule of workflow `training` already. Choose another name, or delete it"
                        + " first.");
    }

    @Test
    void a_local_schedule_fires_while_the_program_runs_and_is_made_again_by_the_next_one(@TempDir Path store)
            throws InterruptedException {
        for (int run = 0; run < 2; run++) {
            try (LocalCrois local = LocalCrois.builder()
                    .store(store)
                    .image("demo/train:1", "/bin/sh", "-c", "exit 0")
                    .build()) {
                CountDownLatch ended = new CountDownLatch(1);
                Subscription listening = local.crois().listen(new ExecutionListener() {
                    @Override
                    public void onEnded(ExecutionEvent.Ended event) {
                        ended.countDown();
                    }
                });
                // Deploying may take longer than the time until then, and a time in the past never comes.
                local.crois().deploy(WORKFLOW);
                LocalDateTime soon = LocalDateTime.ofInstant(Instant.now().plusSeconds(3), ZoneOffset.UTC);
                local.crois().schedule(WORKFLOW).named("soon").once(soon).create();

                assertThat(ended.await(5, TimeUnit.MINUTES)).isTrue();
                assertThat(local.crois().executions()).hasSize(run + 1);
                assertThat(local.crois().schedules()).hasSize(1);
                listening.close();
            }
        }
    }

    private Instant now() {
        return testkit.loop().now();
    }

    private List<String> names() {
        return crois.executions().map(Execution::name).toList();
    }
}
