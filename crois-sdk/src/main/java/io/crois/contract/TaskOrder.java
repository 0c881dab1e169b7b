package io.crois.contract;

import com.fasterxml.jackson.databind.JsonNode;
import io.crois.workflow.ArtifactKind;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the agent is to do in one attempt of a step. Holds secrets by reference only; its {@code toString} leaves out
 * what the author passes to the command.
 *
 * @param command the exact argument vector
 * @param environment variables added to those of the image
 * @param parameters the content of {@code parameters.json}
 * @param runBudget seconds
 * @param sealed the arguments that only the agent opens, by parameter: their ciphertext in Base64, which stands in
 *     {@code command}, {@code environment} and {@code parameters} where the value belongs
 * @param fingerprint the digest of everything that the outputs depend on: two attempts with the same one do the same
 * @param kmsKey the ARN of the project's key, or {@code null} where the bucket's default encryption applies
 */
public record TaskOrder(
        Run run,
        String workflow,
        String step,
        int attempt,
        List<String> command,
        Map<String, String> environment,
        @Nullable String workingDirectory,
        Map<String, JsonNode> parameters,
        List<Input> inputs,
        List<Output> outputs,
        List<ResultProduct> results,
        List<SecretUse> secrets,
        long runBudget,
        Map<String, String> sealed,
        @Nullable String kmsKey,
        @Nullable String fingerprint) {

    public TaskOrder {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
        parameters = Map.copyOf(parameters);
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        results = List.copyOf(results);
        secrets = List.copyOf(secrets);
        sealed = sealed == null ? Map.of() : Map.copyOf(sealed);
    }

    /** Returns the same order with what was sealed in its place. */
    public TaskOrder opened(
            List<String> openCommand, Map<String, String> openEnvironment, Map<String, JsonNode> openParameters) {
        return new TaskOrder(
                run,
                workflow,
                step,
                attempt,
                openCommand,
                openEnvironment,
                workingDirectory,
                openParameters,
                inputs,
                outputs,
                results,
                secrets,
                runBudget,
                Map.of(),
                kmsKey,
                fingerprint);
    }

    /** Creates an order without sealed arguments that nobody compares with another one. */
    public TaskOrder(
            Run run,
            String workflow,
            String step,
            int attempt,
            List<String> command,
            Map<String, String> environment,
            @Nullable String workingDirectory,
            Map<String, JsonNode> parameters,
            List<Input> inputs,
            List<Output> outputs,
            List<ResultProduct> results,
            List<SecretUse> secrets,
            long runBudget,
            @Nullable String kmsKey) {
        this(
                run,
                workflow,
                step,
                attempt,
                command,
                environment,
                workingDirectory,
                parameters,
                inputs,
                outputs,
                results,
                secrets,
                runBudget,
                Map.of(),
                kmsKey,
                null);
    }

    /** Returns the same order with its fingerprint. */
    public TaskOrder fingerprinted(String digest) {
        return new TaskOrder(
                run,
                workflow,
                step,
                attempt,
                command,
                environment,
                workingDirectory,
                parameters,
                inputs,
                outputs,
                results,
                secrets,
                runBudget,
                sealed,
                kmsKey,
                digest);
    }

    @Override
    public String toString() {
        return "TaskOrder[" + run + ", step=" + step + ", attempt=" + attempt + "]";
    }

    /**
     * An artifact to fetch.
     *
     * @param artifact the path below {@code CROIS_INPUTS}: the artifact's name, or {@code <name>/<index>} when
     *     collected
     * @param stored where it lies
     */
    public record Input(String artifact, StoredArtifact stored) {}

    /**
     * An artifact to store.
     *
     * @param key the key of the object (a file) or the prefix of its keys, ending in {@code /} (a folder)
     */
    public record Output(String artifact, ArtifactKind kind, boolean optional, String bucket, String key) {}
}
