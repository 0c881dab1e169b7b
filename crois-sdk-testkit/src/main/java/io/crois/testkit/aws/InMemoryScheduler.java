package io.crois.testkit.aws;

import io.crois.testkit.aws.internal.schedule.ScheduleStore;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.scheduler.SchedulerClient;
import software.amazon.awssdk.services.scheduler.model.CreateScheduleRequest;
import software.amazon.awssdk.services.scheduler.model.CreateScheduleResponse;
import software.amazon.awssdk.services.scheduler.model.DeleteScheduleRequest;
import software.amazon.awssdk.services.scheduler.model.DeleteScheduleResponse;
import software.amazon.awssdk.services.scheduler.model.GetScheduleRequest;
import software.amazon.awssdk.services.scheduler.model.GetScheduleResponse;
import software.amazon.awssdk.services.scheduler.model.ListSchedulesRequest;
import software.amazon.awssdk.services.scheduler.model.ListSchedulesResponse;
import software.amazon.awssdk.services.scheduler.model.ScheduleState;
import software.amazon.awssdk.services.scheduler.model.ScheduleSummary;
import software.amazon.awssdk.services.scheduler.model.UpdateScheduleRequest;
import software.amazon.awssdk.services.scheduler.model.UpdateScheduleResponse;

/**
 * EventBridge Scheduler: schedules of the default group, once, at a rate or by cron, in time of the event loop. Safe
 * for use by several threads.
 *
 * <p>A schedule without an end keeps a virtual event loop busy for ever: run such a loop for a time, or until something
 * has happened. Targets are given their input at the beginning of a flexible window, and once; a one-time schedule in
 * the past is never due. Lists come in one page. Not in memory: groups, universal targets, dead-letter queues,
 * {@code L}, {@code W} and {@code #} in cron expressions.
 */
final class InMemoryScheduler implements SchedulerClient {

    private final ScheduleStore store;

    private InMemoryScheduler(ScheduleStore store) {
        this.store = store;
    }

    /** Returns a client of the schedules of a store. */
    static SchedulerClient of(ScheduleStore store) {
        return NotInMemory.named(SchedulerClient.class, new InMemoryScheduler(store));
    }

    @Override
    public String serviceName() {
        return "scheduler";
    }

    @Override
    public void close() {
        // The schedules outlive their clients.
    }

    @Override
    public CreateScheduleResponse createSchedule(CreateScheduleRequest request) {
        String arn = store.create(GetScheduleResponse.builder()
                .name(request.name())
                .groupName(request.groupName())
                .description(request.description())
                .scheduleExpression(request.scheduleExpression())
                .scheduleExpressionTimezone(request.scheduleExpressionTimezone())
                .startDate(request.startDate())
                .endDate(request.endDate())
                .state(state(request.state()))
                .flexibleTimeWindow(request.flexibleTimeWindow())
                .actionAfterCompletion(request.actionAfterCompletion())
                .target(request.target()));
        return CreateScheduleResponse.builder().scheduleArn(arn).build();
    }

    @Override
    public UpdateScheduleResponse updateSchedule(UpdateScheduleRequest request) {
        String arn = store.update(GetScheduleResponse.builder()
                .name(request.name())
                .groupName(request.groupName())
                .description(request.description())
                .scheduleExpression(request.scheduleExpression())
                .scheduleExpressionTimezone(request.scheduleExpressionTimezone())
                .startDate(request.startDate())
                .endDate(request.endDate())
                .state(state(request.state()))
                .flexibleTimeWindow(request.flexibleTimeWindow())
                .actionAfterCompletion(request.actionAfterCompletion())
                .target(request.target()));
        return UpdateScheduleResponse.builder().scheduleArn(arn).build();
    }

    private static ScheduleState state(@Nullable ScheduleState state) {
        return state == null ? ScheduleState.ENABLED : state;
    }

    @Override
    public GetScheduleResponse getSchedule(GetScheduleRequest request) {
        return store.find(request.groupName(), request.name());
    }

    @Override
    public DeleteScheduleResponse deleteSchedule(DeleteScheduleRequest request) {
        store.delete(request.groupName(), request.name());
        return DeleteScheduleResponse.builder().build();
    }

    @Override
    public ListSchedulesResponse listSchedules(ListSchedulesRequest request) {
        return ListSchedulesResponse.builder()
                .schedules(store.list(request.groupName(), request.namePrefix()).stream()
                        .filter(schedule -> request.state() == null || request.state() == schedule.state())
                        .map(InMemoryScheduler::summary)
                        .toList())
                .build();
    }

    private static ScheduleSummary summary(GetScheduleResponse schedule) {
        return ScheduleSummary.builder()
                .arn(schedule.arn())
                .name(schedule.name())
                .groupName(schedule.groupName())
                .state(schedule.state())
                .creationDate(schedule.creationDate())
                .lastModificationDate(schedule.lastModificationDate())
                .target(target -> target.arn(schedule.target().arn()))
                .build();
    }
}
