package io.crois.testkit.aws.internal.ecs;

import io.crois.testkit.container.ContainerRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.ContainerOverride;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;
import software.amazon.awssdk.services.ecs.model.TaskOverride;

/** Finds the container of a task that really runs, and what it runs with. */
final class ContainerOrder {

    private static final String MAIN = "main";
    private static final double CPU_UNITS = 1_024;
    private static final int DEFAULT_MEMORY_MIB = 512;

    private ContainerOrder() {}

    /** Returns the container named {@code main}, or else the first that is essential. */
    static ContainerDefinition main(TaskDefinition definition) {
        List<ContainerDefinition> containers = definition.containerDefinitions();
        return containers.stream()
                .filter(container -> container.name().equals(MAIN))
                .findFirst()
                .or(() -> containers.stream()
                        .filter(ContainerDefinition::essential)
                        .findFirst())
                .orElseThrow();
    }

    static ContainerRequest of(String taskArn, TaskDefinition definition, @Nullable TaskOverride overrides) {
        ContainerDefinition container = main(definition);
        TaskOverride ofTask = overrides == null ? TaskOverride.builder().build() : overrides;
        ContainerOverride own = ofTask.containerOverrides().stream()
                .filter(override -> override.name().equals(container.name()))
                .findFirst()
                .orElse(ContainerOverride.builder().build());
        List<String> command = new ArrayList<>(container.entryPoint());
        command.addAll(own.hasCommand() ? own.command() : container.command());
        String cpu = RunTaskCheck.given(ofTask.cpu(), definition.cpu());
        String memory = RunTaskCheck.given(ofTask.memory(), definition.memory());
        boolean sized = cpu != null && memory != null;
        FargateSize size = sized ? FargateSize.of(cpu, memory) : new FargateSize((int) CPU_UNITS, DEFAULT_MEMORY_MIB);
        return new ContainerRequest(
                taskArn,
                container.image(),
                command,
                environment(container, own),
                size.cpu() / CPU_UNITS,
                size.memory());
    }

    private static Map<String, String> environment(ContainerDefinition container, ContainerOverride own) {
        Map<String, String> environment = new HashMap<>();
        container.environment().forEach(variable -> environment.put(variable.name(), variable.value()));
        own.environment().forEach(variable -> environment.put(variable.name(), variable.value()));
        return environment;
    }
}
