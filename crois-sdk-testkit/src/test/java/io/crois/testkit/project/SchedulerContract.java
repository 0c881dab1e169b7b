package io.crois.testkit.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.scheduler.SchedulerClient;
import software.amazon.awssdk.services.scheduler.model.ConflictException;
import software.amazon.awssdk.services.scheduler.model.CreateScheduleRequest;
import software.amazon.awssdk.services.scheduler.model.FlexibleTimeWindowMode;
import software.amazon.awssdk.services.scheduler.model.GetScheduleResponse;
import software.amazon.awssdk.services.scheduler.model.ResourceNotFoundException;
import software.amazon.awssdk.services.scheduler.model.ScheduleState;
import software.amazon.awssdk.services.scheduler.model.ScheduleSummary;

/** What schedules of the SDK rest on, wherever EventBridge Scheduler comes from; moto 5 takes a group twice. */
abstract class SchedulerContract {
    private static final String FUNCTION = "arn:aws:lambda:us-east-1:123456789012:function:crois-start";
    private static final String ROLE = "arn:aws:iam::123456789012:role/crois/crois-start-caller";

    /** Returns a client of an account without schedules. */
    abstract SchedulerClient scheduler();

    @Test
    void a_schedule_is_what_it_was_created_as_and_then_what_it_was_updated_to() {
        SchedulerClient scheduler = group();
        create(scheduler, "nightly", UnaryOperator.identity());

        GetScheduleResponse created = get(scheduler, "nightly");
        scheduler.updateSchedule(request -> request.name("nightly")
                .groupName("crois-demo")
                .scheduleExpression("rate(1 hour)")
                .state(ScheduleState.DISABLED)
                .flexibleTimeWindow(
                        window -> window.mode(FlexibleTimeWindowMode.FLEXIBLE).maximumWindowInMinutes(15))
                .target(target -> target.arn(FUNCTION).roleArn(ROLE).input("{\"b\":2}")));
        GetScheduleResponse updated = get(scheduler, "nightly");

        assertThat(created.arn()).endsWith(":schedule/crois-demo/nightly");
        assertThat(created.scheduleExpression()).isEqualTo("cron(0 3 * * ? *)");
        assertThat(created.scheduleExpressionTimezone()).isEqualTo("Europe/Berlin");
        assertThat(created.state()).isEqualTo(ScheduleState.ENABLED);
        assertThat(created.target().input()).isEqualTo("{\"a\":1}");
        assertThat(updated.scheduleExpression()).isEqualTo("rate(1 hour)");
        assertThat(updated.state()).isEqualTo(ScheduleState.DISABLED);
        assertThat(updated.flexibleTimeWindow().maximumWindowInMinutes()).isEqualTo(15);
        assertThat(updated.target().input()).isEqualTo("{\"b\":2}");
    }

    @Test
    void schedules_are_listed_by_their_group_and_go_when_they_are_deleted() {
        SchedulerClient scheduler = group();
        create(scheduler, "one", UnaryOperator.identity());
        create(scheduler, "two", UnaryOperator.identity());
        create(scheduler, "one", request -> request.groupName("default"));

        assertThat(scheduler
                        .listSchedules(request -> request.groupName("crois-demo"))
                        .schedules())
                .extracting(ScheduleSummary::name)
                .containsExactlyInAnyOrder("one", "two");
        scheduler.deleteSchedule(request -> request.groupName("crois-demo").name("one"));

        assertThatThrownBy(() -> get(scheduler, "one")).isInstanceOf(ResourceNotFoundException.class);
        assertThat(scheduler
                        .getSchedule(request -> request.groupName("default").name("one"))
                        .name())
                .isEqualTo("one");
    }

    @Test
    void what_is_there_cannot_be_created_and_what_is_not_cannot_be_changed() {
        SchedulerClient scheduler = group();
        create(scheduler, "nightly", UnaryOperator.identity());

        assertThatThrownBy(() -> create(scheduler, "nightly", UnaryOperator.identity()))
                .isInstanceOf(ConflictException.class);
        assertThatThrownBy(() -> scheduler.deleteSchedule(
                        request -> request.groupName("crois-demo").name("none")))
                .isInstanceOf(ResourceNotFoundException.class);
        assertThatThrownBy(() -> scheduler.getScheduleGroup(request -> request.name("none")))
                .isInstanceOf(ResourceNotFoundException.class);
    }

    private SchedulerClient group() {
        SchedulerClient scheduler = scheduler();
        scheduler.createScheduleGroup(request -> request.name("crois-demo"));
        return scheduler;
    }

    private static GetScheduleResponse get(SchedulerClient scheduler, String name) {
        return scheduler.getSchedule(request -> request.groupName("crois-demo").name(name));
    }

    private static void create(
            SchedulerClient scheduler, String name, UnaryOperator<CreateScheduleRequest.Builder> change) {
        scheduler.createSchedule(change.apply(CreateScheduleRequest.builder()
                        .name(name)
                        .groupName("crois-demo")
                        .scheduleExpression("cron(0 3 * * ? *)")
                        .scheduleExpressionTimezone("Europe/Berlin")
                        .flexibleTimeWindow(window -> window.mode(FlexibleTimeWindowMode.OFF))
                        .target(target -> target.arn(FUNCTION).roleArn(ROLE).input("{\"a\":1}")))
                .build());
    }
}
