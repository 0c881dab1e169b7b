package io.crois.testkit.container;

import java.util.List;
import java.util.Map;

/**
 * A container to run. Its {@code toString} leaves out what is passed to it.
 *
 * @param id of the task or job, unique within a runner: an ARN or a UUID
 * @param image the image as the task or job definition names it
 * @param command entry point and command; in the containers of steps that is the agent, which runners are themselves
 * @param environment variables of the container, among them {@code CROIS_ORDER}
 * @param cpu vCPU
 * @param memoryMib memory in MiB
 */
public record ContainerRequest(
        String id, String image, List<String> command, Map<String, String> environment, double cpu, long memoryMib) {

    public ContainerRequest {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }

    @Override
    public String toString() {
        return "ContainerRequest[" + id + ", image=" + image + "]";
    }
}
