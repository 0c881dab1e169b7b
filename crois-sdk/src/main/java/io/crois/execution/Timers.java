package io.crois.execution;

import io.crois.contract.ProjectNames;
import io.crois.contract.StartCause;
import io.crois.contract.StartRule;
import io.crois.workflow.CroisException;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.scheduler.SchedulerClient;
import software.amazon.awssdk.services.scheduler.model.ConflictException;
import software.amazon.awssdk.services.scheduler.model.CreateScheduleRequest;
import software.amazon.awssdk.services.scheduler.model.FlexibleTimeWindow;
import software.amazon.awssdk.services.scheduler.model.FlexibleTimeWindowMode;
import software.amazon.awssdk.services.scheduler.model.ResourceNotFoundException;
import software.amazon.awssdk.services.scheduler.model.ScheduleState;
import software.amazon.awssdk.services.scheduler.model.Tag;
import software.amazon.awssdk.services.scheduler.model.Target;
import software.amazon.awssdk.services.scheduler.model.UpdateScheduleRequest;
import software.amazon.awssdk.services.scheduler.model.ValidationException;

/** The schedules of a project in EventBridge Scheduler, one group a project. Thread-safe. */
final class Timers implements Bell {
    private static final String TIME = "\"<aws.scheduler.scheduled-time>\"";

    private final Account account;
    private final AwsCalls calls;
    private final StartRules rules;
    private final String group;

    Timers(Account account, AwsCalls calls, StartRules rules) {
        this.account = account;
        this.calls = calls;
        this.rules = rules;
        this.group = new ProjectNames(account.project().name())
                .scheduleGroup(account.platform().prefix());
    }

    private SchedulerClient scheduler() {
        return AwsClients.required(account.clients().scheduler(), "SchedulerClient", "schedules");
    }

    @Override
    public void put(StartRule rule, String stateMachineArn) {
        CreateScheduleRequest wanted = wanted(rule, stateMachineArn);
        try {
            calls.again(() -> {
                if (!update(wanted)) {
                    ensureGroup();
                    create(wanted);
                }
            });
        } catch (ValidationException e) {
            throw new CroisException(
                    "EventBridge Scheduler does not take schedule `" + rule.name() + "` with `"
                            + wanted.scheduleExpression() + "` in " + wanted.scheduleExpressionTimezone() + ": "
                            + e.awsErrorDetails().errorMessage(),
                    e);
        }
    }

    CreateScheduleRequest wanted(StartRule rule, String stateMachineArn) {
        StartCause.Time time = (StartCause.Time) rule.cause();
        return CreateScheduleRequest.builder()
                .name(rule.name())
                .groupName(group)
                .description("Starts workflow " + rule.workflow() + " of project "
                        + account.project().name())
                .scheduleExpression(time.expression())
                .scheduleExpressionTimezone(time.timeZone())
                .startDate(time.start())
                .endDate(time.end())
                .state(rule.paused() ? ScheduleState.DISABLED : ScheduleState.ENABLED)
                .flexibleTimeWindow(window(time.windowMinutes()))
                .target(Target.builder()
                        .arn(rules.function(stateMachineArn))
                        .roleArn(rules.caller(stateMachineArn))
                        .input(rules.input(rule, Map.of("time", TIME)))
                        .build())
                .build();
    }

    private static FlexibleTimeWindow window(int minutes) {
        return minutes == 0
                ? FlexibleTimeWindow.builder().mode(FlexibleTimeWindowMode.OFF).build()
                : FlexibleTimeWindow.builder()
                        .mode(FlexibleTimeWindowMode.FLEXIBLE)
                        .maximumWindowInMinutes(minutes)
                        .build();
    }

    private boolean update(CreateScheduleRequest wanted) {
        return found(() -> scheduler()
                        .updateSchedule(UpdateScheduleRequest.builder()
                                .name(wanted.name())
                                .groupName(wanted.groupName())
                                .description(wanted.description())
                                .scheduleExpression(wanted.scheduleExpression())
                                .scheduleExpressionTimezone(wanted.scheduleExpressionTimezone())
                                .startDate(wanted.startDate())
                                .endDate(wanted.endDate())
                                .state(wanted.state())
                                .flexibleTimeWindow(wanted.flexibleTimeWindow())
                                .target(wanted.target())
                                .build()))
                != null;
    }

    private void create(CreateScheduleRequest wanted) {
        try {
            scheduler().createSchedule(wanted);
        } catch (ConflictException createdMeanwhile) {
            update(wanted);
        }
    }

    private void ensureGroup() {
        if (found(() -> scheduler().getScheduleGroup(request -> request.name(group))) == null) {
            try {
                scheduler()
                        .createScheduleGroup(request -> request.name(group)
                                .tags(Tag.builder()
                                        .key("crois:project")
                                        .value(account.project().name())
                                        .build()));
            } catch (ConflictException createdMeanwhile) {
                // It is there, which is all that is wanted.
            }
        }
    }

    @Override
    public void delete(StartRule rule) {
        calls.again(() -> found(() -> scheduler()
                        .deleteSchedule(request -> request.name(rule.name()).groupName(group)))
                != null);
    }

    private static <T> @Nullable T found(Supplier<T> call) {
        try {
            return call.get();
        } catch (ResourceNotFoundException none) {
            return null;
        }
    }
}
