package io.crois.testkit.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crois.testkit.aws.internal.events.EventTargets;
import io.crois.testkit.aws.internal.schedule.ScheduleStore;
import io.crois.testkit.time.VirtualEventLoop;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.scheduler.SchedulerClient;
import software.amazon.awssdk.services.scheduler.model.ActionAfterCompletion;
import software.amazon.awssdk.services.scheduler.model.ConflictException;
import software.amazon.awssdk.services.scheduler.model.CreateScheduleRequest;
import software.amazon.awssdk.services.scheduler.model.FlexibleTimeWindowMode;
import software.amazon.awssdk.services.scheduler.model.GetScheduleResponse;
import software.amazon.awssdk.services.scheduler.model.ResourceNotFoundException;
import software.amazon.awssdk.services.scheduler.model.ScheduleState;
import software.amazon.awssdk.services.scheduler.model.ScheduleSummary;
import software.amazon.awssdk.services.scheduler.model.ValidationException;

final class InMemorySchedulerTest {

    private static final String FUNCTION = "arn:aws:lambda:eu-central-1:222222222222:function:f";

    /** A Thursday. */
    private final VirtualEventLoop loop = VirtualEventLoop.startingAt(Instant.parse("2026-01-01T00:00:00Z"));

    private final List<String> times = new ArrayList<>();
    private final List<String> inputs = new ArrayList<>();
    private final SchedulerClient scheduler = InMemoryScheduler.of(new ScheduleStore(
            loop, "eu-central-1", "222222222222", new Random(7), new EventTargets().add("lambda", (arn, input) -> {
                        times.add(loop.now().toString());
                        inputs.add(input);
                    })));

    @Test
    void a_one_time_schedule_is_due_once_in_its_own_time_zone() {
        create("at(2026-07-01T08:30:00)", schedule -> schedule.scheduleExpressionTimezone("Europe/Berlin"));

        loop.runUntilIdle();

        assertThat(times).containsExactly("2026-07-01T06:30:00Z");
        assertThat(get().name()).isEqualTo("s");
    }

    @Test
    void a_one_time_schedule_may_be_deleted_when_it_is_done() {
        create("at(2026-07-01T08:30:00)", schedule -> schedule.actionAfterCompletion(ActionAfterCompletion.DELETE));

        loop.runUntilIdle();

        assertThat(times).hasSize(1);
        assertThatThrownBy(this::get).isInstanceOf(ResourceNotFoundException.class);
    }

    @Test
    void a_one_time_schedule_in_the_past_is_never_due() {
        create("at(2025-07-01T08:30:00)", UnaryOperator.identity());

        loop.runUntilIdle();

        assertThat(times).isEmpty();
    }

    @Test
    void a_rate_begins_at_once_and_ends_at_its_end() {
        create("rate(20 minutes)", schedule -> schedule.endDate(Instant.parse("2026-01-01T01:00:00Z")));

        loop.runUntilIdle();

        assertThat(times)
                .containsExactly(
                        "2026-01-01T00:00:00Z", "2026-01-01T00:20:00Z", "2026-01-01T00:40:00Z", "2026-01-01T01:00:00Z");
    }

    @Test
    void a_rate_is_counted_from_its_start_date() {
        create("rate(1 day)", schedule -> schedule.startDate(Instant.parse("2026-01-02T03:00:00Z")));

        loop.advance(Duration.ofDays(3));

        assertThat(times).containsExactly("2026-01-02T03:00:00Z", "2026-01-03T03:00:00Z");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 8 * * ? *            | 2026-01-01T08:00:00Z, 2026-01-02T08:00:00Z, 2026-01-03T08:00:00Z",
                "15 10 ? * MON-FRI *    | 2026-01-01T10:15:00Z, 2026-01-02T10:15:00Z, 2026-01-05T10:15:00Z",
                "0 0 1 */3 ? *          | 2026-01-01T00:00:00Z, 2026-04-01T00:00:00Z, 2026-07-01T00:00:00Z",
                "0/25 12 31 JAN,MAR ? * | 2026-01-31T12:00:00Z, 2026-01-31T12:25:00Z, 2026-01-31T12:50:00Z",
                "5,10 0-1 ? * 1 2027    | 2027-01-03T00:05:00Z, 2027-01-03T00:10:00Z, 2027-01-03T01:05:00Z",
                "0 8 L * ? *            | 2026-01-31T08:00:00Z, 2026-02-28T08:00:00Z, 2026-03-31T08:00:00Z",
                "0 8 LW * ? *           | 2026-01-30T08:00:00Z, 2026-02-27T08:00:00Z, 2026-03-31T08:00:00Z",
                "0 8 1W 2-8/3 ? *       | 2026-02-02T08:00:00Z, 2026-05-01T08:00:00Z, 2026-08-03T08:00:00Z",
                "0 8 ? * FRI#2 *        | 2026-01-09T08:00:00Z, 2026-02-13T08:00:00Z, 2026-03-13T08:00:00Z",
                "0 8 ? * 6L *           | 2026-01-30T08:00:00Z, 2026-02-27T08:00:00Z, 2026-03-27T08:00:00Z",
                "0 8 ? * L *            | 2026-01-03T08:00:00Z, 2026-01-10T08:00:00Z, 2026-01-17T08:00:00Z",
                "0 8 31,15W * ? 2026    | 2026-01-15T08:00:00Z, 2026-01-31T08:00:00Z, 2026-02-16T08:00:00Z"
            })
    void cron_is_due_when_all_its_fields_say_so(String cron, String expected) {
        create("cron(" + cron + ")", UnaryOperator.identity());

        loop.runUntil(() -> times.size() >= 3);

        assertThat(String.join(", ", times)).isEqualTo(expected);
    }

    @Test
    void cron_follows_the_clocks_of_its_zone() {
        loop.advance(Duration.ofDays(86));
        create("cron(30 6 * * ? *)", schedule -> schedule.scheduleExpressionTimezone("Europe/Berlin"));

        loop.runUntil(() -> times.size() >= 3);

        assertThat(times).containsExactly("2026-03-28T05:30:00Z", "2026-03-29T04:30:00Z", "2026-03-30T04:30:00Z");
    }

    @Test
    void a_time_that_the_clocks_leave_out_is_passed_over() {
        loop.advance(Duration.ofDays(86));
        create("cron(30 2 * * ? *)", schedule -> schedule.scheduleExpressionTimezone("Europe/Berlin"));

        loop.runUntil(() -> times.size() >= 3);

        assertThat(times).containsExactly("2026-03-28T01:30:00Z", "2026-03-30T00:30:00Z", "2026-03-31T00:30:00Z");
    }

    @Test
    void a_time_that_comes_twice_is_due_once() {
        loop.advance(Duration.ofDays(296));
        create("cron(30 2 * * ? *)", schedule -> schedule.scheduleExpressionTimezone("Europe/Berlin"));

        loop.runUntil(() -> times.size() >= 3);

        assertThat(times).containsExactly("2026-10-24T00:30:00Z", "2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z");
    }

    @Test
    void a_flexible_schedule_is_due_within_its_window_and_its_input_names_the_time_that_was_meant() {
        create(
                "cron(0 8 * * ? *)",
                schedule -> schedule.flexibleTimeWindow(window ->
                                window.mode(FlexibleTimeWindowMode.FLEXIBLE).maximumWindowInMinutes(30))
                        .target(target -> target.arn(FUNCTION)
                                .roleArn("arn:aws:iam::222222222222:role/r")
                                .input("<aws.scheduler.scheduled-time>")));

        loop.runUntil(() -> times.size() >= 5);

        assertThat(inputs).allMatch(input -> input.endsWith("T08:00:00Z"));
        assertThat(times)
                .allSatisfy(time -> assertThat(time.substring(11)).isBetween("08:00:00Z", "08:30:00Z"))
                .anyMatch(time -> !time.endsWith("T08:00:00Z"));
    }

    @Test
    void a_group_keeps_its_schedules_apart_and_takes_them_away_with_it() {
        scheduler.createScheduleGroup(request -> request.name("mine"));
        assertThatThrownBy(() -> scheduler.createScheduleGroup(request -> request.name("mine")))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("Schedule group mine already exists.");
        create("rate(1 hour)", UnaryOperator.identity());
        create("rate(1 hour)", schedule -> schedule.groupName("mine"));

        assertThat(scheduler.listSchedules(request -> request.groupName("mine")).schedules())
                .extracting(ScheduleSummary::arn)
                .containsExactly("arn:aws:scheduler:eu-central-1:222222222222:schedule/mine/s");
        scheduler.deleteScheduleGroup(request -> request.name("mine"));

        assertThat(scheduler.listSchedules(request -> {}).schedules()).hasSize(1);
        assertThatThrownBy(() -> scheduler.getScheduleGroup(request -> request.name("mine")))
                .isInstanceOf(ResourceNotFoundException.class)
                .hasMessageContaining("Schedule group mine does not exist.");
        assertThatThrownBy(() -> scheduler.deleteScheduleGroup(request -> request.name("default")))
                .isInstanceOf(ValidationException.class);
    }

    @Test
    void an_input_may_name_the_time_and_the_schedule() {
        create(
                "at(2026-07-01T08:30:00)",
                schedule -> schedule.target(
                        target -> target.arn(FUNCTION)
                                .roleArn("arn:aws:iam::222222222222:role/r")
                                .input(
                                        "{\"time\":\"<aws.scheduler.scheduled-time>\",\"of\":\"<aws.scheduler.schedule-arn>\"}")));

        loop.runUntilIdle();

        assertThat(inputs)
                .containsExactly("{\"time\":\"2026-07-01T08:30:00Z\","
                        + "\"of\":\"arn:aws:scheduler:eu-central-1:222222222222:schedule/default/s\"}");
    }

    @Test
    void without_an_input_the_target_is_told_of_the_schedule() {
        create("at(2026-07-01T08:30:00)", UnaryOperator.identity());

        loop.runUntilIdle();

        assertThat(Json.parse(inputs.get(0)).path("source").asText()).isEqualTo("aws.scheduler");
        assertThat(Json.parse(inputs.get(0)).path("time").asText()).isEqualTo("2026-07-01T08:30:00Z");
    }

    @Test
    void a_deleted_schedule_is_not_due_any_more() {
        create("rate(1 hour)", UnaryOperator.identity());
        loop.advance(Duration.ofMinutes(90));

        scheduler.deleteSchedule(request -> request.name("s"));
        loop.runUntilIdle();

        assertThat(times).hasSize(2);
    }

    @Test
    void a_changed_schedule_follows_its_new_times_and_a_disabled_one_none() {
        create("rate(1 hour)", schedule -> schedule.state(ScheduleState.DISABLED));
        loop.advance(Duration.ofHours(5));
        assertThat(times).isEmpty();

        scheduler.updateSchedule(request -> request.name("s")
                .scheduleExpression("at(2026-01-02T00:00:00)")
                .flexibleTimeWindow(window -> window.mode(FlexibleTimeWindowMode.OFF))
                .target(target -> target.arn(FUNCTION).roleArn("arn:aws:iam::222222222222:role/r")));
        loop.runUntilIdle();

        assertThat(times).containsExactly("2026-01-02T00:00:00Z");
        assertThat(get().creationDate()).isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
        assertThat(get().state()).isEqualTo(ScheduleState.ENABLED);
    }

    @Test
    void schedules_are_listed_by_the_beginning_of_their_names() {
        create("rate(1 hour)", UnaryOperator.identity());
        create("rate(1 hour)", schedule -> schedule.name("t"));

        assertThat(scheduler.listSchedules(request -> request.namePrefix("t")).schedules())
                .extracting(ScheduleSummary::arn)
                .containsExactly("arn:aws:scheduler:eu-central-1:222222222222:schedule/default/t");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "every hour              | Invalid Schedule Expression every hour.",
                "rate(0 hours)           | A rate is a number",
                "rate(5 weeks)           | A rate is a number",
                "at(tomorrow)            | Invalid Schedule Expression at(tomorrow).",
                "cron(0 8 * * *)         | has six fields, but this one has 5",
                "cron(0 8 * * * *)       | must be `?`",
                "cron(60 8 * * ? *)      | `60` is not between 0 and 59",
                "cron(0 8 ? * MOO *)     | `MOO` is not between 1 and 7",
                "cron(5-1 8 * * ? *)     | `5-1` names no value"
            })
    void an_expression_that_makes_no_sense_is_refused(String expression, String reason) {
        assertThatThrownBy(() -> create(expression, UnaryOperator.identity()))
                .isInstanceOf(ValidationException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void what_else_makes_no_sense_is_refused() {
        create("rate(1 hour)", UnaryOperator.identity());

        assertThatThrownBy(() -> create("rate(1 hour)", UnaryOperator.identity()))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("Schedule s already exists.");
        assertThatThrownBy(() -> create("rate(1 hour)", schedule -> schedule.name("a b")))
                .isInstanceOf(ValidationException.class)
                .hasMessageContaining("at 'name'");
        assertThatThrownBy(() -> create(
                        "rate(1 hour)",
                        schedule -> schedule.name("b")
                                .target(target -> target.arn("nothing").roleArn("r"))))
                .isInstanceOf(ValidationException.class)
                .hasMessageContaining("Provided Arn is not in correct format.");
        assertThatThrownBy(() ->
                        create("rate(1 hour)", schedule -> schedule.name("b").target(target -> target.arn(FUNCTION))))
                .isInstanceOf(ValidationException.class)
                .hasMessageContaining("RoleArn");
        assertThatThrownBy(() -> create("rate(1 hour)", schedule -> schedule.groupName("mine")))
                .isInstanceOf(ResourceNotFoundException.class)
                .hasMessageContaining("Schedule group mine does not exist.");
    }

    @Test
    void what_is_not_in_memory_is_named() {
        assertThatThrownBy(() -> scheduler.tagResource(request -> request.resourceArn("g")))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessage("SchedulerClient.tagResource is not in memory.");
        assertThatThrownBy(() -> create(
                        "rate(1 hour)",
                        schedule -> schedule.target(target -> target.arn("arn:aws:scheduler:::aws-sdk:sqs:sendMessage")
                                .roleArn("r"))))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("Events to `arn:aws:scheduler:::aws-sdk:sqs:sendMessage` are not in memory.");
    }

    private GetScheduleResponse get() {
        return scheduler.getSchedule(request -> request.name("s"));
    }

    private void create(String expression, UnaryOperator<CreateScheduleRequest.Builder> change) {
        scheduler.createSchedule(change.apply(CreateScheduleRequest.builder()
                        .name("s")
                        .scheduleExpression(expression)
                        .flexibleTimeWindow(window -> window.mode(FlexibleTimeWindowMode.OFF))
                        .target(target -> target.arn(FUNCTION).roleArn("arn:aws:iam::222222222222:role/r")))
                .build());
    }
}
