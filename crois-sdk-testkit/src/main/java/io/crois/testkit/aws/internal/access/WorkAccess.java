package io.crois.testkit.aws.internal.access;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.EcsException;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;
import software.amazon.awssdk.services.ecs.model.TaskOverride;
import software.amazon.awssdk.services.sfn.model.RoutingConfigurationListItem;

/** What runs work: Step Functions, ECS, Batch, EventBridge and its Scheduler. */
final class WorkAccess {

    private static final String TASKS = "ecs-tasks.amazonaws.com";

    private final Site site;
    private final RoleAccess roles;
    private final EcsClient ecs;

    WorkAccess(Site site, RoleAccess roles, EcsClient ecs) {
        this.site = site;
        this.roles = roles;
        this.ecs = ecs;
    }

    List<Access> states(Call call) {
        List<Access> needed = new ArrayList<>();
        String machine = call.find("StateMachineArn")
                .or(() -> call.find("StateMachineAliasArn"))
                .or(() -> call.find("StateMachineVersionArn"))
                .or(() -> routed(call))
                .or(() -> call.find("Name")
                        .filter(name -> call.operation().equals("CreateStateMachine"))
                        .map(name -> site.arn("states", "stateMachine:" + name)))
                .orElse("*");
        needed.add(Access.of(
                "states:" + call.operation(), call.find("ExecutionArn").orElse(machine)));
        if (call.operation().matches("CreateStateMachine|UpdateStateMachine|TestState")) {
            needed.addAll(roles.pass(call.find("RoleArn"), "states.amazonaws.com"));
        }
        return needed;
    }

    /** A new alias is named by the machine whose versions it leads to. */
    private static Optional<String> routed(Call call) {
        return call.get("RoutingConfiguration").map(List.class::cast).stream()
                .flatMap(items -> ((List<?>) items).stream())
                .map(item -> ((RoutingConfigurationListItem) item).stateMachineVersionArn())
                .findFirst();
    }

    List<Access> ecs(Call call) {
        String cluster = site.arnOf("ecs", "cluster/", call.find("Cluster").orElse("default"));
        List<Access> needed = new ArrayList<>();
        String action = "ecs:" + call.operation();
        switch (call.operation()) {
            case "RunTask" -> {
                TaskDefinition definition = definition(call.text("TaskDefinition"));
                needed.add(Access.of(action, definition.taskDefinitionArn()).with("ecs:cluster", cluster));
                Optional<TaskOverride> override = call.get("Overrides").map(TaskOverride.class::cast);
                needed.addAll(
                        roles.pass(role(override.map(TaskOverride::taskRoleArn), definition.taskRoleArn()), TASKS));
                needed.addAll(roles.pass(
                        role(override.map(TaskOverride::executionRoleArn), definition.executionRoleArn()), TASKS));
            }
            case "StopTask" -> needed.add(onTask(action, cluster, call.text("Task")));
            case "DescribeTasks" -> texts(call, "Tasks").forEach(task -> needed.add(onTask(action, cluster, task)));
            case "RegisterTaskDefinition" -> {
                needed.add(Access.of(action, site.arn("ecs", "task-definition/" + call.text("Family") + ":*")));
                needed.addAll(roles.pass(call.find("TaskRoleArn"), TASKS));
                needed.addAll(roles.pass(call.find("ExecutionRoleArn"), TASKS));
            }
            case "CreateCluster" ->
                needed.add(Access.of(
                        action,
                        site.arn("ecs", "cluster/" + call.find("ClusterName").orElse("default"))));
            default -> needed.add(Access.of(action, "*"));
        }
        return needed;
    }

    private static Optional<String> role(Optional<String> override, @org.jspecify.annotations.Nullable String own) {
        return override.or(() -> Optional.ofNullable(own));
    }

    private Access onTask(String action, String cluster, String task) {
        String id = task.substring(task.lastIndexOf('/') + 1);
        String name = cluster.substring(cluster.lastIndexOf('/') + 1);
        return Access.of(action, site.arn("ecs", "task/" + name + "/" + id)).with("ecs:cluster", cluster);
    }

    private TaskDefinition definition(String name) {
        try {
            return ecs.describeTaskDefinition(describe -> describe.taskDefinition(name))
                    .taskDefinition();
        } catch (EcsException missing) {
            return TaskDefinition.builder()
                    .taskDefinitionArn(site.arnOf("ecs", "task-definition/", name))
                    .build();
        }
    }

    List<Access> batch(Call call) {
        String action = "batch:" + call.operation();
        return switch (call.operation()) {
            case "SubmitJob" ->
                List.of(
                        Access.of(action, site.arnOf("batch", "job-definition/", call.text("JobDefinition"))),
                        Access.of(action, site.arnOf("batch", "job-queue/", call.text("JobQueue"))));
            case "TerminateJob", "CancelJob" ->
                List.of(Access.of(action, site.arn("batch", "job/" + call.text("JobId"))));
            case "RegisterJobDefinition" -> definition(call, action);
            case "DeregisterJobDefinition" ->
                List.of(Access.of(action, site.arnOf("batch", "job-definition/", call.text("JobDefinition"))));
            case "CreateJobQueue" ->
                List.of(Access.of(action, site.arn("batch", "job-queue/" + call.text("JobQueueName"))));
            default -> List.of(Access.of(action, "*"));
        };
    }

    private List<Access> definition(Call call, String action) {
        List<Access> needed = new ArrayList<>();
        needed.add(Access.of(action, site.arn("batch", "job-definition/" + call.text("JobDefinitionName"))));
        call.get("ContainerProperties")
                .map(SdkPojo.class::cast)
                .map(Call::within)
                .ifPresent(container -> {
                    needed.addAll(roles.pass(container.find("JobRoleArn"), TASKS));
                    needed.addAll(roles.pass(container.find("ExecutionRoleArn"), TASKS));
                });
        return needed;
    }

    List<Access> events(Call call) {
        String action = "events:" + call.operation();
        List<Access> needed = new ArrayList<>();
        if (call.operation().equals("PutEvents")) {
            call.things("Entries")
                    .forEach(entry -> needed.add(Access.of(
                                    action,
                                    site.arnOf(
                                            "events",
                                            "event-bus/",
                                            Call.within(entry)
                                                    .find("EventBusName")
                                                    .orElse("default")))
                            .with("events:source", Call.within(entry).find("Source"))
                            .with("events:detail-type", Call.within(entry).find("DetailType"))));
            return needed;
        }
        String rule = call.find("Rule").or(() -> call.find("Name")).orElse("*");
        needed.add(Access.of(action, rule.equals("*") ? rule : site.arn("events", "rule/" + rule))
                .with(
                        "events:TargetArn",
                        call.things("Targets").stream()
                                .map(target -> Call.within(target).text("Arn"))
                                .toArray(String[]::new)));
        call.things("Targets")
                .forEach(target ->
                        needed.addAll(roles.pass(Call.within(target).find("RoleArn"), "events.amazonaws.com")));
        return needed;
    }

    List<Access> scheduler(Call call) {
        String group = call.find("GroupName").orElse("default");
        List<Access> needed = new ArrayList<>();
        boolean ofGroup = call.operation().contains("ScheduleGroup");
        needed.add(Access.of(
                "scheduler:" + call.operation(),
                call.find("ResourceArn")
                        .or(() -> call.find("Name")
                                .map(name -> site.arn(
                                        "scheduler",
                                        ofGroup ? "schedule-group/" + name : "schedule/" + group + "/" + name)))
                        .orElse("*")));
        if (call.operation().equals("CreateScheduleGroup")
                && !call.things("Tags").isEmpty()) {
            needed.add(Access.of("scheduler:TagResource", needed.get(0).resource()));
        }
        call.get("Target")
                .map(SdkPojo.class::cast)
                .ifPresent(target ->
                        needed.addAll(roles.pass(Call.within(target).find("RoleArn"), "scheduler.amazonaws.com")));
        return needed;
    }

    @SuppressWarnings("unchecked")
    private static List<String> texts(Call call, String member) {
        return call.get(member).map(list -> (List<String>) list).orElse(List.of());
    }

    Map<String, AccessRules> rules() {
        return Map.of(
                "states", this::states,
                "ecs", this::ecs,
                "batch", this::batch,
                "events", this::events,
                "scheduler", this::scheduler);
    }
}
