package io.crois.samples.crafto.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ModelBuildStepsTest {
    private static final String TARGET = "category";

    @TempDir
    Path folder;

    private StepRun download;
    private StepRun split;

    @BeforeEach
    void splitTheDataset() throws IOException {
        download = StepRun.in(folder.resolve("download"));
        assertThat(download.run("download", "--source", "data/image-segments.csv", "--target", TARGET))
                .isZero();
        split = split("stratified", "1");
    }

    @Test
    void a_stratified_split_keeps_the_share_of_each_class() throws IOException {
        CsvTable test = CsvTable.read(split.output("test.csv"), "test.csv");

        assertThat(test.rows()).hasSize(7 * 66);
        assertThat(test.rows()).filteredOn(row -> row.fields().contains("sky")).hasSize(66);
        assertThat(CsvTable.read(split.output("train.csv"), "train.csv").rows()).hasSize(7 * 264);
    }

    @Test
    void a_split_depends_on_its_seed_alone() throws IOException {
        Path again = split("stratified", "1").output("test.csv");
        Path other = split("stratified", "2").output("test.csv");

        assertThat(again).hasSameTextualContentAs(split.output("test.csv"));
        assertThat(Files.readString(other)).isNotEqualTo(Files.readString(again));
    }

    @Test
    void training_again_gives_the_same_predictions() throws IOException {
        StepRun first = train("random-forest", "10", "8");
        StepRun second = train("random-forest", "10", "8");

        assertThat(first.file("results.json")).hasSameTextualContentAs(second.file("results.json"));
        assertThat(accuracyOf(first.output("candidate"))).isEqualTo(accuracyOf(second.output("candidate")));
    }

    @Test
    void training_works_whatever_language_the_machine_speaks() throws Exception {
        StepRun run = StepRun.in(folder.resolve("turkish")).input("train.csv", split.output("train.csv"));
        String arguments =
                "train --target category --algorithm extra-trees --trees 2 --depth 2 --features 0.5 --seed 1";

        int exit = run.runApart(List.of("-Duser.language=tr", "-Duser.country=TR"), arguments.split(" "));

        assertThat(exit).as("%s", run.errors()).isZero();
        assertThat(run.output("candidate")).isNotEmptyFile();
    }

    @Test
    void the_best_candidate_is_picked() throws IOException {
        StepRun pick = StepRun.in(folder.resolve("pick"));
        for (int i = 0; i < 11; i++) {
            Path model = Files.writeString(folder.resolve("model" + i), "model " + i);
            Path score =
                    Files.writeString(folder.resolve("score" + i), "{\"accuracy\": " + (i == 10 ? 0.9 : 0.5) + "}");
            pick.input("candidate/" + i, model).input("score/" + i, score);
        }

        assertThat(pick.run("pick")).isZero();

        assertThat(pick.output("model")).hasContent("model 10");
        assertThat(json(pick.output("scores.json"))).hasSize(11).last().hasToString("0.9");
        assertThat(json(pick.file("results.json")).path("best-candidate").asInt())
                .isEqualTo(10);
    }

    @Test
    void the_evaluation_states_what_the_saved_model_does_on_the_test_rows() throws IOException {
        StepRun train = train("extra-trees", "20", "12");
        StepRun evaluate = StepRun.in(folder.resolve("evaluate"))
                .input("model", train.output("candidate"))
                .input("test.csv", split.output("test.csv"));

        assertThat(evaluate.run("evaluate", "--target", TARGET, "--seed", "1", "--min-accuracy", "0.99"))
                .isZero();

        JsonNode evaluation = json(evaluate.output("evaluation.json"));
        double accuracy = evaluation.path("accuracy").asDouble();
        assertThat(accuracy).isEqualTo(accuracyOf(train.output("candidate"))).isGreaterThan(0.9);
        assertThat(json(evaluate.file("results.json")).path("accuracy").asDouble())
                .isEqualTo(accuracy);
        assertThat(json(evaluate.file("results.json")).path("good-enough").asBoolean())
                .isEqualTo(accuracy >= 0.99);
        assertThat(diagonal(evaluation.path("confusion")) / 462.0).isCloseTo(accuracy, within(1e-12));
        assertThat(evaluation.path("importance").size()).isEqualTo(18);
        assertThat(evaluation.path("perClass").path("sky").path("f1").asDouble())
                .isGreaterThan(0.95);
    }

    @Test
    void deploy_signs_the_model_and_never_shows_the_key() throws IOException {
        StepRun deploy = StepRun.in(folder.resolve("deploy"))
                .input("model", "what do ya want for nothing?")
                .with("SIGNING_KEY", "Jefe");

        assertThat(deploy.run("deploy")).isZero();

        assertThat(deploy.output("deployed-model")).hasContent("what do ya want for nothing?");
        assertThat(deploy.output("signature"))
                .hasContent("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
        assertThat(deploy.errors()).isEmpty();
        assertThat(deploy.file("events.jsonl")).content().doesNotContain("Jefe");
    }

    private StepRun split(String method, String seed) throws IOException {
        StepRun run = StepRun.in(Files.createTempDirectory(folder, "split"))
                .input("dataset.csv", download.output("dataset.csv"));
        assertThat(run.run("split", "--target", TARGET, "--method", method, "--ratio", "0.2", "--seed", seed))
                .isZero();
        return run;
    }

    private StepRun train(String algorithm, String trees, String depth) throws IOException {
        StepRun run =
                StepRun.in(Files.createTempDirectory(folder, "train")).input("train.csv", split.output("train.csv"));
        int exit = run.run(
                "train",
                "--target",
                TARGET,
                "--algorithm",
                algorithm,
                "--trees",
                trees,
                "--depth",
                depth,
                "--features",
                "0.5",
                "--seed",
                "1");
        assertThat(run.errors()).isEmpty();
        assertThat(exit).isZero();
        return run;
    }

    private double accuracyOf(Path model) throws IOException {
        CsvTable test = CsvTable.read(split.output("test.csv"), "test.csv");
        return Scores.accuracy(Scores.load(model), Examples.of(test, TARGET).all());
    }

    private static int diagonal(JsonNode confusion) {
        int sum = 0;
        for (int i = 0; i < confusion.size(); i++) {
            sum += confusion.get(i).get(i).asInt();
        }
        return sum;
    }

    private static JsonNode json(Path file) throws IOException {
        return StepContext.JSON.readTree(file.toFile());
    }
}
