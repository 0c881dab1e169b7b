package io.crois.compile;

import static io.crois.workflow.Size.gib;
import static io.crois.workflow.Size.mib;

import io.crois.workflow.Artifact;
import io.crois.workflow.Backend;
import io.crois.workflow.BodyBuilder;
import io.crois.workflow.Condition;
import io.crois.workflow.FailureClass;
import io.crois.workflow.ForEach;
import io.crois.workflow.Parameter;
import io.crois.workflow.Resources;
import io.crois.workflow.Result;
import io.crois.workflow.Retry;
import io.crois.workflow.Text;
import io.crois.workflow.Workflow;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One workflow for each construct of the DSL; the file of the expected definition bears the same name. */
final class Workflows {
    private static final Parameter<String> SOURCE = Parameter.text("source");
    private static final Parameter<String> TOKEN = Parameter.text("token").sealed();
    private static final Parameter<com.fasterxml.jackson.databind.JsonNode> GRID = Parameter.json("grid");
    private static final Artifact DATASET = Artifact.file("dataset");
    private static final Artifact MODEL = Artifact.folder("model");
    private static final Result<Double> AUC = Result.number("auc");
    private static final Result<Boolean> FAIR = Result.bool("fair");

    private Workflows() {}

    static Map<String, Workflow> all() {
        Map<String, Workflow> all = new TreeMap<>();
        all.put("step-on-fargate", named("one").step("train", s -> s.image("i")).build());
        all.put(
                "step-on-batch",
                named("one")
                        .step(
                                "train",
                                s -> s.image("i").resources(Resources.cpu(8).gpu(1)))
                        .build());
        all.put("step-picked-at-run-time", pickedAtRunTime());
        all.put("step-with-everything", everything());
        all.put(
                "two-steps",
                named("two")
                        .step("a", s -> s.image("i"))
                        .step("b", s -> s.image("i"))
                        .build());
        all.put(
                "parallel",
                named("both")
                        .parallel(
                                "both",
                                p -> p.branch("left", b -> plain(b, "a")).branch("right", b -> plain(b, "b")))
                        .build());
        all.put("for-each-inline", forEach(List.of(1, 2, 3), ForEach.Mode.AUTO));
        all.put("for-each-distributed", forEach(List.of(1, 2, 3), ForEach.Mode.DISTRIBUTED));
        all.put("for-each-large", forEach(List.of(1, 2, 3), ForEach.Mode.LARGE));
        all.put("for-each-of-unknown-length", ofUnknownLength());
        all.put("for-each-nested", nested());
        all.put("choose", choose());
        all.put("choose-without-otherwise", chooseWithoutOtherwise());
        all.put(
                "wait",
                named("pause")
                        .waitFor(Duration.ofMinutes(5))
                        .step("a", s -> s.image("i"))
                        .build());
        all.put(
                "fail",
                named("never")
                        .step("a", s -> s.image("i"))
                        .fail("TooWeak", "Not good enough.")
                        .build());
        all.put(
                "on-failure",
                named("careful")
                        .step("a", s -> s.image("i"))
                        .step("b", s -> s.image("i"))
                        .onFailure(f -> plain(f, "clean"))
                        .build());
        all.put(
                "lastly",
                named("tidy")
                        .step("a", s -> s.image("i"))
                        .lastly(l -> plain(l, "sweep"))
                        .build());
        all.put("on-failure-and-lastly", onFailureAndLastly());
        all.put("failure-in-a-branch", failureInABranch());
        all.put("sub-workflow", subWorkflow());
        all.put("sub-workflow-in-a-for-each", subWorkflowInAForEach());
        all.put("raw", raw());
        return all;
    }

    static Workflow chain(int steps) {
        Workflow.Builder chain = named("chain");
        for (int i = 0; i < steps; i++) {
            chain.step("step-" + i, s -> s.image("i").command("x"));
        }
        return chain.build();
    }

    static Workflow.Builder named(String name) {
        return Workflow.builder().name(name);
    }

    private static <B extends BodyBuilder<B>> void plain(B body, String step) {
        body.step(step, s -> s.image("i"));
    }

    private static Workflow pickedAtRunTime() {
        return named("either")
                .step("download", s -> s.image("i").produces(DATASET))
                .step(
                        "train",
                        s -> s.image("i")
                                .consumes(DATASET)
                                .resources(Resources.scaledBy(DATASET)
                                        .upTo(gib(1), Resources.cpu(2).memory(gib(8)))
                                        .otherwise(Resources.cpu(64).memory(gib(488)))))
                .build();
    }

    private static Workflow everything() {
        return named("everything")
                .description("All that a step can say.")
                .parameter(SOURCE)
                .parameter(TOKEN)
                .step("download", s -> s.image("i").command(TOKEN).produces(DATASET))
                .step(
                        "train",
                        s -> s.image("crafto/train:3")
                                .command("train", Text.of("--from=", SOURCE), 3)
                                .environment("SEED", 7)
                                .workingDirectory("/srv")
                                .consumes(DATASET)
                                .produces(MODEL)
                                .reports(AUC)
                                .secret("PASSWORD", "warehouse/password")
                                .secretFile("key.pem", "warehouse/key")
                                .resources(Resources.cpu(4).memory(gib(16)).disk(gib(100)))
                                .backend(Backend.BATCH)
                                .spot(true)
                                .cached()
                                .retry(Retry.on(FailureClass.OUT_OF_MEMORY)
                                        .growMemory(2)
                                        .upTo(mib(65_536)))
                                .queueBudget(Duration.ofHours(2))
                                .runBudget(Duration.ofHours(3)))
                .build();
    }

    private static Workflow forEach(List<Integer> items, ForEach.Mode mode) {
        return named("grid")
                .forEach(
                        "tune",
                        items,
                        (b, item) -> b.mode(mode)
                                .concurrency(2)
                                .step(
                                        "train",
                                        s -> s.image("i")
                                                .command(item.value(), item.index())
                                                .reports(AUC)))
                .step("best", s -> s.image("i").command(AUC.all()))
                .build();
    }

    private static Workflow ofUnknownLength() {
        return named("grid")
                .parameter(GRID)
                .forEach(
                        "tune",
                        GRID,
                        (b, item) -> b.toleratedFailures(3)
                                .step(
                                        "train",
                                        s -> s.image("i")
                                                .command(item.number("eta"))
                                                .produces(MODEL)))
                .step("pick", s -> s.image("i").consumes(MODEL.all()))
                .build();
    }

    private static Workflow nested() {
        return named("grids")
                .forEach(
                        "outer",
                        List.of("a", "b"),
                        (o, x) -> o.step("start", s -> s.image("i").produces(DATASET))
                                .forEach(
                                        "inner",
                                        List.of(1, 2),
                                        (n, y) -> n.step(
                                                "work",
                                                s -> s.image("i")
                                                        .command(x.value(), y.value())
                                                        .consumes(DATASET)
                                                        .reports(AUC)))
                                .step("gather", s -> s.image("i").command(AUC.all())))
                .build();
    }

    private static Workflow choose() {
        Parameter<Boolean> publish = Parameter.bool("publish").withDefault(true);
        return named("gate")
                .parameter(publish)
                .step("evaluate", s -> s.image("i").reports(AUC, FAIR))
                .choose(c -> c.when(
                                AUC.atLeast(0.8)
                                        .and(Condition.not(FAIR.isFalse()).or(publish.isTrue())),
                                yes -> plain(yes, "deploy"))
                        .when(AUC.lessThan(0.5), no -> no.fail("ModelTooWeak", "AUC below 0.5"))
                        .otherwise(o -> plain(o, "ask")))
                .step("report", s -> s.image("i"))
                .build();
    }

    private static Workflow chooseWithoutOtherwise() {
        return named("gate")
                .step("evaluate", s -> s.image("i").reports(AUC))
                .choose("strong", c -> c.when(AUC.greaterThan(0.8), yes -> plain(yes, "deploy")))
                .build();
    }

    private static Workflow onFailureAndLastly() {
        return named("both")
                .step("a", s -> s.image("i").reports(AUC))
                .choose(c -> c.when(AUC.atMost(0.5), no -> no.fail("TooWeak")))
                .onFailure(f -> plain(f, "clean"))
                .lastly(l -> plain(l, "sweep"))
                .build();
    }

    private static Workflow failureInABranch() {
        return named("branches")
                .parallel(
                        "both",
                        p -> p.branch(
                                        "left",
                                        b -> b.step("a", s -> s.image("i")).lastly(l -> plain(l, "sweep-a")))
                                .branch("right", b -> b.fail("Right", "The right branch ends so.")))
                .lastly(l -> plain(l, "sweep"))
                .build();
    }

    private static Workflow scoring() {
        Parameter<Double> limit = Parameter.number("limit").withDefault(0.5);
        return named("scoring")
                .parameter(SOURCE)
                .parameter(limit)
                .step(
                        "score",
                        s -> s.image("i")
                                .command("score", SOURCE)
                                .produces(DATASET)
                                .reports(AUC))
                .choose("enough", c -> c.when(AUC.lessThan(0.1), no -> no.fail("TooWeak")))
                .step("tell", s -> s.image("i").consumes(DATASET).command(AUC, limit))
                .onFailure(f -> plain(f, "clean"))
                .build();
    }

    private static Workflow preparation() {
        return named("scoring")
                .parameter(SOURCE)
                .step(
                        "score",
                        s -> s.image("i")
                                .command("score", SOURCE)
                                .produces(DATASET)
                                .reports(AUC))
                .step("tell", s -> s.image("i").consumes(DATASET).command(AUC))
                .build();
    }

    private static Workflow subWorkflow() {
        Result<Double> second = Result.number("second");
        return named("twice")
                .parameter(SOURCE)
                .subWorkflow(
                        "first",
                        preparation(),
                        c -> c.with(SOURCE, SOURCE).returns(DATASET).returns(AUC))
                .subWorkflow(
                        "again",
                        preparation(),
                        c -> c.with(SOURCE, Text.of("more of ", SOURCE)).returnsAs(AUC, second))
                .subWorkflow("guarded", scoring(), c -> c.with(SOURCE, "{% no expression %}"))
                .step("compare", s -> s.image("i").consumes(DATASET).command(AUC, second))
                .build();
    }

    private static Workflow subWorkflowInAForEach() {
        return named("many")
                .parameter(GRID)
                .forEach(
                        "each",
                        GRID,
                        (b, item) -> b.subWorkflow(
                                "score",
                                preparation(),
                                c -> c.with(SOURCE, item.text("source")).returns(AUC)))
                .step("best", s -> s.image("i").command(AUC.all()))
                .build();
    }

    private static Workflow raw() {
        return named("told")
                .step("evaluate", s -> s.image("i").reports(AUC))
                .raw("pause", "{\"Type\": \"Wait\", \"Timestamp\": \"2030-01-01T00:00:00Z\"}")
                .raw(
                        "until",
                        "{\"Type\": \"Wait\", \"Seconds\": \"{% $random() * 9 %}\", \"Assign\": {\"waited\": \"{% true %}\"}}")
                .raw("notify", r -> r.state("""
                                        {
                                          "Type": "Task",
                                          "Resource": "arn:aws:states:::sns:publish",
                                          "Arguments": {
                                            "TopicArn": "arn:aws:sns:eu-west-1:123456789012:models",
                                            "Message": "{% 'AUC ' & $states.input.values.auc %}"
                                          },
                                          "TimeoutSeconds": 60,
                                          "Retry": [{"ErrorEquals": ["States.ALL"], "MaxAttempts": 2}]
                                        }
                                        """).value("auc", AUC).value("text", "{% no expression %}"))
                .onFailure(f -> plain(f, "clean"))
                .build();
    }
}
