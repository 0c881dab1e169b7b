package io.crois.contract;

import io.crois.workflow.Backend;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that the functions need to know of a step; stored once per deployment under its digest.
 *
 * @param step the step's name, unique in its workflow
 * @param loops the names of the forEach blocks round it, outermost first
 * @param workingDirectory where the command starts, or {@code null} for the image's own
 * @param parameters the names of the parameters offered in {@code parameters.json}
 * @param spot whether Spot capacity may be used
 * @param cached whether the outputs of an equal earlier attempt may be reused
 * @param queueBudget seconds that an attempt may wait for its machine
 * @param runBudget seconds that an attempt may run
 */
public record StepSpec(
        String step,
        List<String> loops,
        String image,
        List<Value> command,
        Map<String, Value> environment,
        @Nullable String workingDirectory,
        List<ArtifactUse> consumes,
        List<ArtifactProduct> produces,
        List<ResultProduct> reports,
        List<SecretUse> secrets,
        List<String> parameters,
        ResourceRule resources,
        Backend backend,
        boolean spot,
        boolean cached,
        List<RetryRule> retry,
        long queueBudget,
        long runBudget) {

    public StepSpec {
        loops = List.copyOf(loops);
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
        consumes = List.copyOf(consumes);
        produces = List.copyOf(produces);
        reports = List.copyOf(reports);
        secrets = List.copyOf(secrets);
        parameters = List.copyOf(parameters);
        retry = List.copyOf(retry);
    }

    /** Returns the name under which the spec is stored. */
    public String digest() {
        return Json.digest(this);
    }
}
