package io.crois.testkit.aws.internal.ecs;

import io.crois.testkit.aws.internal.integration.SdkJson;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.Compatibility;
import software.amazon.awssdk.services.ecs.model.ContainerOverride;
import software.amazon.awssdk.services.ecs.model.NetworkMode;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;
import software.amazon.awssdk.services.ecs.model.TaskOverride;

/** Checks a request to run a task as the service does before anything starts. */
final class RunTaskCheck {

    private static final int MAX_COUNT = 10;
    private static final int MAX_OVERRIDES = 8_192;
    private static final Pattern STARTED_BY = Pattern.compile("[A-Za-z0-9-/_ ]{1,128}");
    private static final SdkJson JSON = SdkJson.ofEvents();

    private RunTaskCheck() {}

    static void check(RunTaskRequest request, TaskDefinition definition) {
        if (count(request) < 1 || count(request) > MAX_COUNT) {
            throw EcsRefusal.invalid("Invalid count, it should be between 1 and " + MAX_COUNT + ".");
        }
        if (request.launchType() != null && request.hasCapacityProviderStrategy()) {
            throw EcsRefusal.invalid("Specifying both a launch type and capacity provider strategy is not supported."
                    + " Remove one and try again.");
        }
        if (request.startedBy() != null
                && !STARTED_BY.matcher(request.startedBy()).matches()) {
            throw EcsRefusal.invalid("startedBy contains invalid characters.");
        }
        if (definition.networkMode() == NetworkMode.AWSVPC
                && (request.networkConfiguration() == null
                        || request.networkConfiguration().awsvpcConfiguration() == null)) {
            throw EcsRefusal.invalid("Network Configuration must be provided when networkMode 'awsvpc' is specified.");
        }
        checkOverrides(request.overrides(), definition);
    }

    static int count(RunTaskRequest request) {
        return request.count() == null ? 1 : request.count();
    }

    private static void checkOverrides(@Nullable TaskOverride overrides, TaskDefinition definition) {
        if (overrides == null) {
            return;
        }
        int length = JSON.write(overrides).toString().length();
        if (length > MAX_OVERRIDES) {
            throw EcsRefusal.invalid("Container Overrides length must be at most " + MAX_OVERRIDES + ".");
        }
        for (ContainerOverride override : overrides.containerOverrides()) {
            if (definition.containerDefinitions().stream()
                    .noneMatch(container -> container.name().equals(override.name()))) {
                throw EcsRefusal.invalid("Override for container named " + override.name()
                        + " is not a container in the TaskDefinition.");
            }
        }
        if (overrides.ephemeralStorage() != null) {
            TaskDefinitions.checkDisk(overrides.ephemeralStorage().sizeInGiB());
        }
        if (definition.requiresCompatibilities().contains(Compatibility.FARGATE)) {
            FargateSize.of(given(overrides.cpu(), definition.cpu()), given(overrides.memory(), definition.memory()));
        }
    }

    static @Nullable String given(@Nullable String override, @Nullable String otherwise) {
        return override == null ? otherwise : override;
    }
}
