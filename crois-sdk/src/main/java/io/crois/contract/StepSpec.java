package io.crois.contract;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.crois.workflow.Backend;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that the functions need to know of a step; stored once per deployment under its digest.
 *
 * @param step the step's name, unique in its workflow
 * @param loops the names of the forEach and sub-workflow blocks round it, outermost first
 * @param workingDirectory where the command starts, or {@code null} for the image's own
 * @param parameters the names of the parameters offered in {@code parameters.json}
 * @param spot whether Spot capacity may be used
 * @param cached whether the outputs of an equal earlier attempt may be reused
 * @param queueBudget seconds that an attempt may wait for its machine
 * @param runBudget seconds that an attempt may run
 * @param bound the parameters of a sub-workflow offered in {@code parameters.json}, with what they are bound to; in
 *     JSON only when there are any
 * @param returns what is published for the workflows round a sub-workflow as well; in JSON only when there is any
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
        long runBudget,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, Value> bound,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<ProductReturn> returns) {

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
        bound = bound == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(bound));
        returns = returns == null ? List.of() : List.copyOf(returns);
    }

    /** Creates the spec of a step that stands in no sub-workflow. */
    public StepSpec(
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
        this(
                step,
                loops,
                image,
                command,
                environment,
                workingDirectory,
                consumes,
                produces,
                reports,
                secrets,
                parameters,
                resources,
                backend,
                spot,
                cached,
                retry,
                queueBudget,
                runBudget,
                Map.of(),
                List.of());
    }

    /** Returns the same spec with another image. */
    public StepSpec withImage(String other) {
        return new StepSpec(
                step,
                loops,
                other,
                command,
                environment,
                workingDirectory,
                consumes,
                produces,
                reports,
                secrets,
                parameters,
                resources,
                backend,
                spot,
                cached,
                retry,
                queueBudget,
                runBudget,
                bound,
                returns);
    }

    /** Returns the same spec on a fixed back end. */
    public StepSpec on(Backend fixed) {
        return new StepSpec(
                step,
                loops,
                image,
                command,
                environment,
                workingDirectory,
                consumes,
                produces,
                reports,
                secrets,
                parameters,
                resources,
                fixed,
                spot,
                cached,
                retry,
                queueBudget,
                runBudget,
                bound,
                returns);
    }

    /** Returns the name under which the spec is stored. */
    public String digest() {
        return Json.digest(this);
    }
}
