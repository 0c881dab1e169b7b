package io.crois.testkit.aws.internal.access;

import io.crois.testkit.container.ContainerEnd;
import io.crois.testkit.policy.Principal;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/**
 * What ECS does before a container runs: it takes the container's role and the execution role, and with the latter
 * pulls images from Amazon ECR and opens the log. AWS Batch does the same, for its jobs are tasks.
 */
public final class LaunchRights {

    private static final String TASKS = "ecs-tasks.amazonaws.com";
    private static final Pattern REPOSITORY =
            Pattern.compile("(\\d{12})\\.dkr\\.ecr\\.([a-z0-9-]+)\\.amazonaws\\.com(?:\\.cn)?/([^:@]+).*");
    private static final List<String> PULLS =
            List.of("ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer");

    private final Permissions permissions;

    /** Decides by permissions. */
    public LaunchRights(Permissions permissions) {
        this.permissions = permissions;
    }

    /** Returns how a container ends that may not start; empty for one that may. */
    public Optional<ContainerEnd> refusal(Launch launch) {
        return Stream.of(launch.executionRole(), launch.taskRole())
                .flatMap(Optional::stream)
                .flatMap(role -> unassumed(role).stream())
                .findFirst()
                .or(() -> launch.executionRole().flatMap(role -> refusal(launch, identity(role, launch))));
    }

    private Optional<ContainerEnd> unassumed(String role) {
        Site site = permissions.site();
        Access assume = permissions
                .roles()
                .assume(role)
                .with("aws:SourceArn", site.arn("ecs", "task/0"))
                .with("aws:SourceAccount", site.account());
        return denial(Identity.of(Principal.service(TASKS)), assume)
                .map(why -> ContainerEnd.notStarted("ECS was unable to assume the role '" + role
                        + "' that was provided for this task. Please verify that the role being passed has the proper"
                        + " trust relationship and permissions and that your IAM user has permissions to pass this"
                        + " role."));
    }

    private Optional<ContainerEnd> refusal(Launch launch, Identity role) {
        List<String> repositories = launch.images().stream()
                .map(REPOSITORY::matcher)
                .filter(Matcher::matches)
                .map(image -> "arn:aws:ecr:" + image.group(2) + ":" + image.group(1) + ":repository/" + image.group(3))
                .toList();
        return login(repositories, role)
                .or(() -> pull(repositories, role))
                .or(() -> launch.logGroup()
                        .flatMap(group -> denial(role, onStream("logs:CreateLogStream", group, launch)))
                        .map(why -> ContainerEnd.notStarted("ResourceInitializationError: failed to validate logger"
                                + " args: failed to create Cloudwatch log stream: AccessDeniedException: " + why)));
    }

    private Optional<ContainerEnd> login(List<String> repositories, Identity role) {
        if (repositories.isEmpty()) {
            return Optional.empty();
        }
        return denial(role, Access.of("ecr:GetAuthorizationToken", "*"))
                .map(why -> ContainerEnd.notStarted("ResourceInitializationError: unable to pull secrets or registry"
                        + " auth: unable to retrieve ecr registry auth: AccessDeniedException: " + why));
    }

    private Optional<ContainerEnd> pull(List<String> repositories, Identity role) {
        return repositories.stream()
                .flatMap(repository -> PULLS.stream().map(action -> Access.of(action, repository)))
                .flatMap(access -> denial(role, access).stream())
                .findFirst()
                .map(ContainerEnd::notPulled);
    }

    /** Says whether what a container prints reaches its log; a container runs without. */
    public boolean mayLog(Launch launch) {
        return launch.executionRole().isEmpty()
                || launch.logGroup().isEmpty()
                || denial(
                                identity(launch.executionRole().get(), launch),
                                onStream("logs:PutLogEvents", launch.logGroup().get(), launch))
                        .isEmpty();
    }

    private Access onStream(String action, String group, Launch launch) {
        return Access.of(
                action, permissions.site().arn("logs", "log-group:" + group + ":log-stream:" + launch.logStream()));
    }

    private static Identity identity(String role, Launch launch) {
        String session = launch.id().substring(launch.id().lastIndexOf('/') + 1);
        return Identity.of(Principal.session(role, session));
    }

    private Optional<String> denial(Identity identity, Access access) {
        try {
            permissions.require("ecs", identity, access);
            return Optional.empty();
        } catch (AwsServiceException denied) {
            return Optional.of(denied.awsErrorDetails().errorMessage());
        }
    }
}
