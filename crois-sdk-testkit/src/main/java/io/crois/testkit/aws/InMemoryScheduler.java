package io.crois.testkit.aws;

import io.crois.testkit.aws.internal.schedule.ScheduleStore;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.scheduler.SchedulerClient;
import software.amazon.awssdk.services.scheduler.model.CreateScheduleGroupRequest;
import software.amazon.awssdk.services.scheduler.model.CreateScheduleGroupResponse;
import software.amazon.awssdk.services.scheduler.model.CreateScheduleRequest;
import software.amazon.awssdk.services.scheduler.model.CreateScheduleResponse;
import software.amazon.awssdk.services.scheduler.model.DeleteScheduleGroupRequest;
import software.amazon.awssdk.services.scheduler.model.DeleteScheduleGroupResponse;
import software.amazon.awssdk.services.scheduler.model.DeleteScheduleRequest;
import software.amazon.awssdk.services.scheduler.model.DeleteScheduleResponse;
import software.amazon.awssdk.services.scheduler.model.GetScheduleGroupRequest;
import software.amazon.awssdk.services.scheduler.model.GetScheduleGroupResponse;
import software.amazon.awssdk.services.scheduler.model.GetScheduleRequest;
import software.amazon.awssdk.services.scheduler.model.GetScheduleResponse;
import software.amazon.awssdk.services.scheduler.model.ListScheduleGroupsRequest;
import software.amazon.awssdk.services.scheduler.model.ListScheduleGroupsResponse;
import software.amazon.awssdk.services.scheduler.model.ListSchedulesRequest;
import software.amazon.awssdk.services.scheduler.model.ListSchedulesResponse;
import software.amazon.awssdk.services.scheduler.model.ScheduleGroupSummary;
import software.amazon.awssdk.services.scheduler.model.ScheduleState;
import software.amazon.awssdk.services.scheduler.model.ScheduleSummary;
import software.amazon.awssdk.services.scheduler.model.UpdateScheduleRequest;
import software.amazon.awssdk.services.scheduler.model.UpdateScheduleResponse;

/**
 * EventBridge Scheduler: groups and their schedules, once, at a rate or by cron, in time of the event loop. Safe for
 * use by several threads.
 *
 * <p>A schedule without an end keeps a virtual event loop busy for ever: run such a loop for a time, or until something
 * has happened. Targets are given their input once, at some second of a flexible window; a one-time schedule in the
 * past is never due. By cron, a time that the clocks leave out in spring is passed over, and one that comes twice in
 * autumn is due the first time. Lists come in one page, and a group is gone at once. Not in memory: universal targets,
 * dead-letter queues, tags.
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

    @Override
    public CreateScheduleGroupResponse createScheduleGroup(CreateScheduleGroupRequest request) {
        return CreateScheduleGroupResponse.builder()
                .scheduleGroupArn(store.createGroup(request.name()))
                .build();
    }

    @Override
    public GetScheduleGroupResponse getScheduleGroup(GetScheduleGroupRequest request) {
        return store.findGroup(request.name());
    }

    @Override
    public DeleteScheduleGroupResponse deleteScheduleGroup(DeleteScheduleGroupRequest request) {
        store.deleteGroup(request.name());
        return DeleteScheduleGroupResponse.builder().build();
    }

    @Override
    public ListScheduleGroupsResponse listScheduleGroups(ListScheduleGroupsRequest request) {
        return ListScheduleGroupsResponse.builder()
                .scheduleGroups(store.groups(request.namePrefix()).stream()
                        .map(group -> ScheduleGroupSummary.builder()
                                .arn(group.arn())
                                .name(group.name())
                                .state(group.state())
                                .creationDate(group.creationDate())
                                .lastModificationDate(group.lastModificationDate())
                                .build())
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
