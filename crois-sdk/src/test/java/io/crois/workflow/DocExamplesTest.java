package io.crois.workflow;

import static io.crois.workflow.Resources.cpu;
import static io.crois.workflow.Size.gib;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

final class DocExamplesTest {
    @Test
    void the_model_building_example_builds() {
        Parameter<String> source = Parameter.text("source");
        Parameter<Double> holdout = Parameter.number("holdout").withDefault(0.2).between(0.05, 0.5);
        Parameter<JsonNode> grid = Parameter.json("grid");
        Artifact dataset = Artifact.file("dataset.csv");
        Artifact train = Artifact.file("train.csv");
        Artifact test = Artifact.file("test.csv");
        Artifact model = Artifact.file("model");
        Result<Double> score = Result.number("score");
        Result<Double> auc = Result.number("auc");

        Workflow training = Workflow.builder()
                .name("model-building")
                .parameter(source)
                .parameter(holdout)
                .parameter(grid)
                .step(
                        "download",
                        s -> s.image("crafto/dataset:1")
                                .command("download", "--from", source)
                                .produces(dataset))
                .step(
                        "split",
                        s -> s.image("crafto/dataset:1")
                                .consumes(dataset)
                                .command("split", "--holdout", holdout)
                                .produces(train, test))
                .forEach(
                        "tune",
                        grid,
                        (body, candidate) -> body.step(
                                "train",
                                s -> s.image("crafto/train:3")
                                        .consumes(train)
                                        .command("train", "--eta", candidate.number("eta"))
                                        .resources(Resources.scaledBy(train)
                                                .upTo(gib(1), cpu(2).memory(gib(8)))
                                                .otherwise(cpu(16).memory(gib(120))))
                                        .retry(Retry.on(ExitCode.OUT_OF_MEMORY)
                                                .growMemory(2.0)
                                                .upTo(gib(240)))
                                        .secret("WAREHOUSE_PASSWORD", "warehouse/password")
                                        .produces(model)
                                        .reports(score)))
                .step(
                        "evaluate",
                        s -> s.image("crafto/train:3")
                                .consumes(model.all(), test)
                                .command("evaluate", score.all())
                                .reports(auc))
                .choose(c -> c.when(auc.atLeast(0.8), yes -> yes.step("deploy", s -> s.image("crafto/deploy:1")))
                        .otherwise(no -> no.fail("ModelTooWeak", "AUC below 0.8")))
                .build();

        assertThat(training.body().elements())
                .extracting(Element::name)
                .containsExactly("download", "split", "tune", "evaluate", "choose-1");
    }
}
