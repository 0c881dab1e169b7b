package io.crois.samples.crafto;

import static io.crois.workflow.Resources.cpu;
import static io.crois.workflow.Size.gib;
import static io.crois.workflow.Size.mib;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.crois.workflow.Artifact;
import io.crois.workflow.Backend;
import io.crois.workflow.Body;
import io.crois.workflow.FailureClass;
import io.crois.workflow.ForEach;
import io.crois.workflow.Item;
import io.crois.workflow.Module;
import io.crois.workflow.Parameter;
import io.crois.workflow.Resources;
import io.crois.workflow.Result;
import io.crois.workflow.Retry;
import io.crois.workflow.Step;
import io.crois.workflow.Workflow;
import java.time.Duration;
import java.util.List;

/**
 * The workflow that builds a model: download, split, train a grid of candidates, pick the best, evaluate it on rows
 * that no candidate has seen, and deploy it if it is good enough.
 */
final class ModelBuilding {
    static final String IMAGE = "crafto/steps:1";
    static final String SECRET = "signing-key";

    static final Parameter<String> SOURCE =
            Parameter.text("source").describedAs("CSV file or http address to learn from");
    static final Parameter<String> TARGET =
            Parameter.text("target").withDefault("category").describedAs("Column to predict; the others hold numbers");
    static final Parameter<String> METHOD = Parameter.text("method")
            .withDefault("stratified")
            .oneOf("stratified", "random")
            .describedAs("How rows to test with are chosen");
    static final Parameter<Double> RATIO =
            Parameter.number("ratio").withDefault(0.2).between(0.05, 0.5).describedAs("Share of the rows to test with");
    static final Parameter<Double> MIN_ACCURACY = Parameter.number("min-accuracy")
            .withDefault(0.9)
            .between(0, 1)
            .describedAs("Accuracy on the test rows that a deployed model must have");
    static final Parameter<Long> SEED = Parameter.integer("seed")
            .withDefault(1L)
            .between(0, Integer.MAX_VALUE)
            .describedAs("Start of all random choices; the same seed builds the same model");
    static final Parameter<JsonNode> GRID = Parameter.json("grid")
            .withDefault(defaultGrid())
            .describedAs("Candidates to train, a JSON list of {algorithm, trees, depth, features}");

    static final Artifact DATASET = Artifact.file("dataset.csv");
    static final Artifact TRAIN = Artifact.file("train.csv");
    static final Artifact TEST = Artifact.file("test.csv");
    static final Artifact CANDIDATE = Artifact.file("candidate");
    static final Artifact SCORE = Artifact.file("score");
    static final Artifact MODEL = Artifact.file("model");
    static final Artifact SCORES = Artifact.file("scores.json");
    static final Artifact EVALUATION = Artifact.file("evaluation.json");
    static final Artifact DEPLOYED = Artifact.file("deployed-model");
    static final Artifact SIGNATURE = Artifact.file("signature");

    static final Result<Double> VALIDATION_ACCURACY = Result.number("validation-accuracy");
    static final Result<Long> BEST_CANDIDATE = Result.integer("best-candidate");
    static final Result<Double> BEST_SCORE = Result.number("best-score");
    static final Result<Double> ACCURACY = Result.number("accuracy");
    static final Result<Boolean> GOOD_ENOUGH = Result.bool("good-enough");

    private static final int AT_ONCE = 4;

    /** What all steps have in common. A refusal (exit code 2) is not repeated; infrastructure failures are anyway. */
    private static final Module PROGRAM = Module.of(s -> s.image(IMAGE)
            .backend(Backend.FARGATE)
            .runBudget(Duration.ofHours(2))
            .retry(Retry.on(FailureClass.OUT_OF_MEMORY)
                    .growMemory(2)
                    .upTo(gib(30))
                    .maxAttempts(2)));

    private ModelBuilding() {}

    static Workflow workflow() {
        return Workflow.builder()
                .name("model-building")
                .description("Builds a classifier from a CSV file and deploys it if it is good enough.")
                .parameter(SOURCE)
                .parameter(TARGET)
                .parameter(METHOD)
                .parameter(RATIO)
                .parameter(MIN_ACCURACY)
                .parameter(SEED)
                .parameter(GRID)
                .step("download", ModelBuilding::download)
                .step("split", ModelBuilding::split)
                .forEach("tune", GRID, ModelBuilding::tune)
                .step("pick", ModelBuilding::pick)
                .step("evaluate", ModelBuilding::evaluate)
                .choose(
                        "release",
                        c -> c.when(GOOD_ENOUGH.isTrue(), ModelBuilding::deploy).otherwise(ModelBuilding::refuse))
                .build();
    }

    private static void download(Step.Builder step) {
        step.module(PROGRAM)
                .command("download", "--source", SOURCE, "--target", TARGET)
                .produces(DATASET);
    }

    private static void split(Step.Builder step) {
        step.module(PROGRAM)
                .consumes(DATASET)
                .command("split", "--target", TARGET, "--method", METHOD, "--ratio", RATIO, "--seed", SEED)
                .resources(sizeFor(DATASET))
                .produces(TRAIN, TEST);
    }

    private static void tune(ForEach.Builder body, Item candidate) {
        body.mode(ForEach.Mode.INLINE).concurrency(AT_ONCE).step("train", s -> train(s, candidate));
    }

    private static void train(Step.Builder step, Item candidate) {
        step.module(PROGRAM)
                .consumes(TRAIN)
                .command(
                        "train",
                        "--target",
                        TARGET,
                        "--algorithm",
                        candidate.text("algorithm"),
                        "--trees",
                        candidate.integer("trees"),
                        "--depth",
                        candidate.integer("depth"),
                        "--features",
                        candidate.number("features"),
                        "--seed",
                        SEED)
                .resources(sizeFor(TRAIN))
                .produces(CANDIDATE, SCORE)
                .reports(VALIDATION_ACCURACY);
    }

    private static void pick(Step.Builder step) {
        step.module(PROGRAM)
                .consumes(CANDIDATE.all(), SCORE.all())
                .command("pick")
                .produces(MODEL, SCORES)
                .reports(BEST_CANDIDATE, BEST_SCORE);
    }

    private static void evaluate(Step.Builder step) {
        step.module(PROGRAM)
                .consumes(MODEL, TEST)
                .command("evaluate", "--target", TARGET, "--seed", SEED, "--min-accuracy", MIN_ACCURACY)
                .resources(sizeFor(TEST))
                .produces(EVALUATION)
                .reports(ACCURACY, GOOD_ENOUGH);
    }

    private static void deploy(Body.Builder body) {
        body.step(
                "deploy",
                s -> s.module(PROGRAM)
                        .consumes(MODEL)
                        .command("deploy")
                        .secret("SIGNING_KEY", SECRET)
                        .produces(DEPLOYED, SIGNATURE));
    }

    private static void refuse(Body.Builder body) {
        body.fail(
                "ModelTooWeak",
                "The model's accuracy on the test rows is below `min-accuracy`. Give more rows, better columns or a"
                        + " wider `grid`, or lower `min-accuracy`.");
    }

    /** A row takes some ten times its place in the file once it is read, and trees are grown beside it. */
    private static Resources sizeFor(Artifact table) {
        return Resources.scaledBy(table)
                .upTo(mib(16), cpu(1).memory(gib(2)))
                .upTo(mib(256), cpu(2).memory(gib(8)))
                .otherwise(cpu(8).memory(gib(32)));
    }

    private static ArrayNode defaultGrid() {
        ArrayNode grid = new ObjectMapper().createArrayNode();
        for (String algorithm : List.of("random-forest", "extra-trees")) {
            for (int trees : List.of(8, 24)) {
                for (double features : List.of(0.2, 0.4, 0.7)) {
                    grid.addObject()
                            .put("algorithm", algorithm)
                            .put("trees", trees)
                            .put("depth", trees == 8 ? 8 : 14)
                            .put("features", features);
                }
            }
        }
        return grid;
    }
}
