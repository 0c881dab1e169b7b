package io.crois.execution;

import com.fasterxml.jackson.databind.JsonNode;
import io.crois.contract.ItemKey;
import io.crois.contract.Json;
import io.crois.contract.Run;
import io.crois.contract.StoredArtifact;
import io.crois.table.CroisTable;
import io.crois.workflow.Artifact;
import io.crois.workflow.Result;
import io.crois.workflow.ValueType;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.s3.S3Client;

/** Reads what the steps of an execution published. */
final class Outputs {
    private static final Pattern INDEX = Pattern.compile("\\[(\\d+)]");

    private final CroisTable table;
    private final S3Client s3;
    private final Run run;

    Outputs(CroisTable table, S3Client s3, Run run) {
        this.table = table;
        this.s3 = s3;
        this.run = run;
    }

    <T> Optional<T> result(Result<T> result) {
        return table.read(ItemKey.result(run, "", result.name()), JsonNode.class)
                .map(json -> value(json, result));
    }

    /** Finds the values of every iteration; they are stored under their scopes. */
    <T> List<T> results(Result<T> result) {
        TreeMap<String, T> found = new TreeMap<>();
        table.entries(ItemKey.partition(run), "RESULT#", JsonNode.class)
                .filter(entry -> isOf(entry.key(), result.name()))
                .forEach(entry -> found.put(inOrder(entry.key().sk()), value(entry.body(), result)));
        return List.copyOf(found.values());
    }

    Optional<ArtifactContent> artifact(Artifact artifact) {
        return table.read(ItemKey.artifact(run, "", artifact.name()), StoredArtifact.class)
                .map(stored -> new ArtifactContent(s3, stored));
    }

    List<ArtifactContent> artifacts(Artifact artifact) {
        TreeMap<String, ArtifactContent> found = new TreeMap<>();
        table.entries(ItemKey.partition(run), "ARTIFACT#", StoredArtifact.class)
                .filter(entry -> isOf(entry.key(), artifact.name()))
                .forEach(entry -> found.put(inOrder(entry.key().sk()), new ArtifactContent(s3, entry.body())));
        return List.copyOf(found.values());
    }

    private static boolean isOf(ItemKey key, String name) {
        return key.sk().endsWith("/" + name) || key.sk().endsWith("#" + name);
    }

    /** Returns a text that sorts as its indices do: the tenth iteration after the ninth. */
    private static String inOrder(String sk) {
        UnaryOperator<String> padded = digits -> "0".repeat(Math.max(0, 10 - digits.length())) + digits;
        return INDEX.matcher(sk)
                .replaceAll(match -> Matcher.quoteReplacement("[" + padded.apply(match.group(1)) + "]"));
    }

    @SuppressWarnings("unchecked")
    static <T> T value(JsonNode json, Result<T> result) {
        return (T) (result.type() == ValueType.JSON ? json : scalar(json, result.type()));
    }

    private static Object scalar(JsonNode json, ValueType type) {
        return switch (type) {
            case TEXT -> json.asText();
            case NUMBER -> json.asDouble();
            case INTEGER -> json.asLong();
            case BOOLEAN -> json.asBoolean();
            case JSON -> Json.tree(json);
        };
    }
}
