package io.crois.runtime.lambda;

import io.crois.contract.StoredArtifact;
import io.crois.contract.TaskOrder;
import io.crois.wire.Records;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Names everything that the outputs of an attempt depend on: image, command, environment, parameters, the content of
 * inputs, and what is declared to come out. Where things lie, how large the machine is and how often the step is tried
 * do not count.
 */
final class StepFingerprint {
    private StepFingerprint() {}

    static String of(String image, TaskOrder order) {
        Map<String, Object> parts = new LinkedHashMap<>();
        parts.put("image", image);
        parts.put("command", order.command());
        parts.put("environment", order.environment());
        parts.put("workingDirectory", String.valueOf(order.workingDirectory()));
        parts.put("parameters", order.parameters());
        parts.put(
                "inputs", order.inputs().stream().map(StepFingerprint::content).toList());
        parts.put(
                "outputs",
                order.outputs().stream()
                        .map(output -> List.<Object>of(output.artifact(), output.kind(), output.optional()))
                        .toList());
        parts.put("results", order.results());
        parts.put("secrets", order.secrets());
        return Records.digest(parts);
    }

    private static List<Object> content(TaskOrder.Input input) {
        StoredArtifact stored = input.stored();
        return List.of(input.artifact(), stored.kind(), stored.sha256(), stored.bytes());
    }
}
