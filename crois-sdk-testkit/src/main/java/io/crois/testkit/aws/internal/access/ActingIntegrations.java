package io.crois.testkit.aws.internal.access;

import com.fasterxml.jackson.databind.JsonNode;
import io.crois.testkit.engine.TaskCompletion;
import io.crois.testkit.engine.TaskIntegration;
import io.crois.testkit.engine.TaskIntegrations;
import io.crois.testkit.engine.TaskRequest;
import io.crois.testkit.engine.TaskResource;
import io.crois.testkit.engine.TaskResource.Kind;
import io.crois.testkit.engine.TaskResource.WaitPattern;
import io.crois.testkit.policy.Principal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** Lets every task of a state machine act as the machine's role, or as the role of the task's credentials. */
public final class ActingIntegrations implements TaskIntegrations {

    private static final List<String> RULE_ACTIONS =
            List.of("events:DescribeRule", "events:PutRule", "events:PutTargets");

    private final TaskIntegrations integrations;
    private final Permissions permissions;

    /** Wraps integrations whose clients ask {@link Permissions#current} who calls. */
    public ActingIntegrations(TaskIntegrations integrations, Permissions permissions) {
        this.integrations = integrations;
        this.permissions = permissions;
    }

    @Override
    public Optional<TaskIntegration> find(TaskResource resource) {
        return integrations
                .find(resource)
                .map(integration -> (request, completion) -> start(integration, request, completion));
    }

    private TaskIntegration.Cancellation start(
            TaskIntegration integration, TaskRequest request, TaskCompletion completion) {
        String execution = request.executionArn();
        String session = execution.substring(execution.lastIndexOf(':') + 1);
        Identity role = Identity.of(Principal.session(request.roleArn(), session));
        try {
            needed(request).forEach(access -> permissions.require("states", role, access));
        } catch (AwsServiceException denied) {
            completion.failed(
                    error(request.resource()), denied.awsErrorDetails().errorMessage());
            return TaskIntegration.Cancellation.NONE;
        }
        TaskIntegration.Cancellation cancellation =
                permissions.acting(role, () -> integration.start(request, completion));
        return () -> permissions.acting(role, () -> {
            cancellation.cancel();
            return role;
        });
    }

    private static String error(TaskResource resource) {
        return isLambda(resource) ? "Lambda.AWSLambdaException" : "States.TaskFailed";
    }

    private static boolean isLambda(TaskResource resource) {
        return resource.kind() == Kind.FUNCTION || resource.service().equals("lambda");
    }

    /** What Step Functions does for a task besides the call: invoke, and with {@code .sync} watch by a managed rule. */
    private List<Access> needed(TaskRequest request) {
        TaskResource resource = request.resource();
        if (isLambda(resource)) {
            JsonNode name = request.arguments().path("FunctionName");
            String function = resource.kind() == Kind.FUNCTION ? resource.arn() : name.asText();
            return List.of(permissions.functions().invoke(function));
        }
        if (resource.pattern() != WaitPattern.SYNC) {
            return List.of();
        }
        return switch (resource.service()) {
            case "ecs" -> watchTask(request.arguments().path("Cluster").asText("default"));
            case "batch" -> watch("StepFunctionsGetEventsForBatchJobsRule", Access.of("batch:DescribeJobs", "*"));
            default -> List.of();
        };
    }

    private List<Access> watchTask(String cluster) {
        Site site = permissions.site();
        String arn = site.arnOf("ecs", "cluster/", cluster);
        String task = site.arn("ecs", "task/" + arn.substring(arn.lastIndexOf('/') + 1) + "/0");
        return watch(
                "StepFunctionsGetEventsForECSTaskRule",
                Access.of("ecs:DescribeTasks", task).with("ecs:cluster", arn));
    }

    private List<Access> watch(String rule, Access describe) {
        List<Access> needed = new ArrayList<>();
        RULE_ACTIONS.forEach(action ->
                needed.add(Access.of(action, permissions.site().arn("events", "rule/" + rule))));
        needed.add(describe);
        return needed;
    }
}
