package io.crois.testkit.aws.internal.batch;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.batch.model.ContainerProperties;
import software.amazon.awssdk.services.batch.model.DescribeJobDefinitionsRequest;
import software.amazon.awssdk.services.batch.model.JobDefinition;
import software.amazon.awssdk.services.batch.model.ResourceType;

/** The revisions of all job definitions. Guarded by its owner. */
final class JobDefinitions {

    static final String ACTIVE = "ACTIVE";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,127}");

    private final Map<String, List<JobDefinition>> definitions = new TreeMap<>();
    private final BatchArns arns;

    JobDefinitions(BatchArns arns) {
        this.arns = arns;
    }

    /** Keeps a definition as the next revision of its name. */
    JobDefinition register(JobDefinition asked) {
        String name = String.valueOf(asked.jobDefinitionName());
        BatchRefusal.unlessValid(
                NAME.matcher(name).matches(), "Job definition name should match valid pattern: " + NAME.pattern());
        BatchRefusal.unlessValid("container".equals(asked.type()), "Job definition type must be container.");
        checkContainer(asked.containerProperties());
        JobChecks.checkRetry(asked.retryStrategy());
        JobChecks.checkTimeout(asked.timeout());
        List<JobDefinition> revisions = definitions.computeIfAbsent(name, missing -> new ArrayList<>());
        int number = revisions.size() + 1;
        JobDefinition revision = asked.toBuilder()
                .revision(number)
                .jobDefinitionArn(arns.definition(name, number))
                .status(ACTIVE)
                .build();
        revisions.add(revision);
        return revision;
    }

    private static void checkContainer(@Nullable ContainerProperties container) {
        if (container == null) {
            throw BatchRefusal.client("Container properties should not be empty.");
        }
        BatchRefusal.unlessValid(
                container.image() != null && !container.image().isEmpty(), "Image should not be null or empty.");
        BatchRefusal.unlessValid(
                container.vcpus() != null || requires(container, ResourceType.VCPU),
                "vCPUs must be specified in resourceRequirements.");
        BatchRefusal.unlessValid(
                container.memory() != null || requires(container, ResourceType.MEMORY),
                "Memory must be specified in resourceRequirements.");
        JobChecks.checkEnvironment(container.environment());
    }

    private static boolean requires(ContainerProperties container, ResourceType type) {
        return container.resourceRequirements().stream().anyMatch(requirement -> requirement.type() == type);
    }

    /** Returns a revision by its ARN, by {@code name:revision}, or the latest active one by its name. */
    @Nullable
    JobDefinition find(@Nullable String name) {
        String text = BatchArns.last(String.valueOf(name));
        int colon = text.indexOf(':');
        List<JobDefinition> revisions =
                definitions.getOrDefault(colon < 0 ? text : text.substring(0, colon), List.of());
        if (colon < 0) {
            return revisions.stream()
                    .filter(definition -> definition.status().equals(ACTIVE))
                    .reduce((first, second) -> second)
                    .orElse(null);
        }
        return revisions.stream()
                .filter(definition -> text.endsWith(":" + definition.revision()))
                .findFirst()
                .orElse(null);
    }

    /** Returns what is asked for, the newest revisions first. */
    List<JobDefinition> describe(DescribeJobDefinitionsRequest request) {
        Stream<JobDefinition> found = definitions.values().stream().flatMap(List::stream);
        if (request.hasJobDefinitions()) {
            found = request.jobDefinitions().stream().map(this::find).filter(definition -> definition != null);
        }
        return found.filter(definition -> request.jobDefinitionName() == null
                        || definition.jobDefinitionName().equals(request.jobDefinitionName()))
                .filter(definition ->
                        request.status() == null || definition.status().equals(request.status()))
                .sorted(Comparator.comparing(JobDefinition::jobDefinitionName)
                        .thenComparing(JobDefinition::revision, Comparator.reverseOrder()))
                .toList();
    }

    /** Lets a revision start no more jobs; does nothing when there is none. */
    void deregister(@Nullable String name) {
        JobDefinition found = String.valueOf(name).contains(":") ? find(name) : null;
        if (found != null) {
            definitions
                    .getOrDefault(found.jobDefinitionName(), List.of())
                    .set(
                            found.revision() - 1,
                            found.toBuilder().status("INACTIVE").build());
        }
    }
}
