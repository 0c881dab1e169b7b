package io.crois.testkit.aws.internal.ecs;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.Compatibility;
import software.amazon.awssdk.services.ecs.model.ContainerCondition;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.ContainerDependency;
import software.amazon.awssdk.services.ecs.model.NetworkMode;
import software.amazon.awssdk.services.ecs.model.SortOrder;
import software.amazon.awssdk.services.ecs.model.Tag;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;
import software.amazon.awssdk.services.ecs.model.TaskDefinitionStatus;

/** The revisions of all families. Guarded by its owner. */
final class TaskDefinitions {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,255}");
    private static final int MIN_DISK_GIB = 21;
    private static final int MAX_DISK_GIB = 200;

    private final Map<String, List<Revision>> families = new TreeMap<>();
    private final BiFunction<String, Integer, String> arns;

    /** Creates an empty store; {@code arns} makes the ARN of a family's revision. */
    TaskDefinitions(BiFunction<String, Integer, String> arns) {
        this.arns = arns;
    }

    /** A revision and its tags. */
    record Revision(TaskDefinition definition, List<Tag> tags) {}

    /** Keeps a definition as the next revision of its family. */
    Revision register(TaskDefinition.Builder asked, List<Tag> tags) {
        TaskDefinition definition = asked.build();
        check(definition);
        List<Revision> revisions = families.computeIfAbsent(definition.family(), family -> new ArrayList<>());
        int number = revisions.size() + 1;
        Revision revision = new Revision(
                asked.taskDefinitionArn(arns.apply(definition.family(), number))
                        .revision(number)
                        .status(TaskDefinitionStatus.ACTIVE)
                        .containerDefinitions(definition.containerDefinitions().stream()
                                .map(TaskDefinitions::completed)
                                .toList())
                        .build(),
                List.copyOf(tags));
        revisions.add(revision);
        return revision;
    }

    private static ContainerDefinition completed(ContainerDefinition container) {
        return container.essential() == null
                ? container.toBuilder().essential(true).build()
                : container;
    }

    private static void check(TaskDefinition definition) {
        if (definition.family() == null || !NAME.matcher(definition.family()).matches()) {
            throw EcsRefusal.client("Family contains invalid characters.");
        }
        if (definition.containerDefinitions().isEmpty()) {
            throw EcsRefusal.client("Container list cannot be empty.");
        }
        Set<String> names = new HashSet<>();
        for (ContainerDefinition container : definition.containerDefinitions()) {
            checkContainer(container, names);
        }
        if (definition.containerDefinitions().stream().noneMatch(TaskDefinitions::isEssential)) {
            throw EcsRefusal.client("Task definition does not have any essential containers.");
        }
        definition.containerDefinitions().forEach(container -> checkDependencies(container, definition));
        if (definition.requiresCompatibilities().contains(Compatibility.FARGATE)) {
            checkFargate(definition);
        }
    }

    private static void checkContainer(ContainerDefinition container, Set<String> names) {
        if (container.name() == null || !NAME.matcher(container.name()).matches()) {
            throw EcsRefusal.client("Container name contains invalid characters.");
        }
        if (!names.add(container.name())) {
            throw EcsRefusal.client("Container names must be unique: " + container.name() + ".");
        }
        if (container.image() == null || container.image().isEmpty()) {
            throw EcsRefusal.client("Container.image should not be null or empty.");
        }
    }

    private static void checkDependencies(ContainerDefinition container, TaskDefinition definition) {
        for (ContainerDependency dependency : container.dependsOn()) {
            ContainerDefinition other = definition.containerDefinitions().stream()
                    .filter(found -> found.name().equals(dependency.containerName()))
                    .findFirst()
                    .orElseThrow(() -> EcsRefusal.client(
                            "Dependency on a container that is not defined: " + dependency.containerName() + "."));
            boolean waitsForEnd = dependency.condition() == ContainerCondition.COMPLETE
                    || dependency.condition() == ContainerCondition.SUCCESS;
            if (waitsForEnd && isEssential(other)) {
                throw EcsRefusal.client("A container dependency with condition " + dependency.conditionAsString()
                        + " cannot be on an essential container: " + other.name() + ".");
            }
        }
    }

    private static void checkFargate(TaskDefinition definition) {
        if (definition.networkMode() != NetworkMode.AWSVPC) {
            throw EcsRefusal.client("Fargate only supports network mode 'awsvpc'.");
        }
        FargateSize.of(definition.cpu(), definition.memory());
        if (definition.ephemeralStorage() != null) {
            checkDisk(definition.ephemeralStorage().sizeInGiB());
        }
    }

    static void checkDisk(@Nullable Integer gib) {
        if (gib == null || gib < MIN_DISK_GIB || gib > MAX_DISK_GIB) {
            throw EcsRefusal.client("Invalid setting for ephemeral storage: sizeInGiB must be between " + MIN_DISK_GIB
                    + " and " + MAX_DISK_GIB + ".");
        }
    }

    private static boolean isEssential(ContainerDefinition container) {
        return container.essential() == null || container.essential();
    }

    /** Returns a revision by its ARN, by {@code family:revision}, or the latest active one by its family. */
    @Nullable
    Revision find(@Nullable String name) {
        String text = EcsArns.last(String.valueOf(name));
        int colon = text.indexOf(':');
        List<Revision> revisions = families.getOrDefault(colon < 0 ? text : text.substring(0, colon), List.of());
        if (colon < 0) {
            return revisions.stream()
                    .filter(TaskDefinitions::isActive)
                    .reduce((first, second) -> second)
                    .orElse(null);
        }
        return revisions.stream()
                .filter(revision -> text.endsWith(":" + revision.definition().revision()))
                .findFirst()
                .orElse(null);
    }

    static boolean isActive(Revision revision) {
        return revision.definition().status() == TaskDefinitionStatus.ACTIVE;
    }

    /** Lets a revision start no more tasks. */
    TaskDefinition deregister(@Nullable String name) {
        Revision revision = String.valueOf(name).contains(":") ? find(name) : null;
        if (revision == null) {
            throw EcsRefusal.client("The specified task definition does not exist.");
        }
        TaskDefinition inactive = revision.definition().toBuilder()
                .status(TaskDefinitionStatus.INACTIVE)
                .build();
        List<Revision> revisions = families.getOrDefault(inactive.family(), List.of());
        revisions.set(inactive.revision() - 1, new Revision(inactive, revision.tags()));
        return inactive;
    }

    /** Returns the ARNs of revisions by family and number. */
    List<String> list(@Nullable String family, @Nullable TaskDefinitionStatus status, @Nullable SortOrder order) {
        TaskDefinitionStatus wanted = status == null ? TaskDefinitionStatus.ACTIVE : status;
        Comparator<TaskDefinition> byNumber =
                Comparator.comparing(TaskDefinition::family).thenComparing(TaskDefinition::revision);
        return all().filter(definition -> family == null || definition.family().equals(family))
                .filter(definition -> definition.status() == wanted)
                .sorted(order == SortOrder.DESC ? byNumber.reversed() : byNumber)
                .map(TaskDefinition::taskDefinitionArn)
                .toList();
    }

    /** Returns the families whose names begin with a text and that have a revision of a status; any without one. */
    List<String> families(@Nullable String prefix, @Nullable TaskDefinitionStatus status) {
        return all().filter(definition -> prefix == null || definition.family().startsWith(prefix))
                .filter(definition -> status == null || definition.status() == status)
                .map(TaskDefinition::family)
                .distinct()
                .sorted()
                .toList();
    }

    private Stream<TaskDefinition> all() {
        return families.values().stream().flatMap(List::stream).map(Revision::definition);
    }
}
