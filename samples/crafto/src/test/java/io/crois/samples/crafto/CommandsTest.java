package io.crois.samples.crafto;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CommandsTest {
    private final FakeBuilds builds = new FakeBuilds();

    @TempDir
    Path store;

    @BeforeEach
    void leave_what_the_steps_leave() {
        builds.files.put("model", "a model");
        builds.files.put("scores.json", "[0.5, 0.75]");
        builds.files.put(
                "evaluation.json",
                "{\"accuracy\": 0.9375, \"classes\": [\"sky\", \"path\"], \"confusion\": [[8, 0], [1, 7]],"
                        + " \"perClass\": {\"sky\": {\"precision\": 0.8889, \"recall\": 1, \"f1\": 0.9412, \"support\":"
                        + " 8}}, \"importance\": {\"row\": 0.01, \"hue\": 0.3}}");
    }

    @Test
    void a_build_shows_its_progress_its_scores_and_where_its_files_are() throws IOException {
        CraftoRun run = build("--seed", "7");

        assertThat(run.errors()).isEmpty();
        assertThat(run.exit()).isZero();
        assertThat(run.out())
                .startsWith("Build `run-1` of ")
                .containsSubsequence(
                        "download started\n",
                        "download: 2310 rows\n",
                        "download failed at attempt 1, is tried again\n",
                        "download started, attempt 2\n",
                        "download succeeded\n")
                .containsSubsequence(
                        "candidate  algorithm      trees  depth  features  validation accuracy\n",
                        "0          random-forest  8      8      0.2       0.5000\n",
                        "class  precision  recall  F1      rows\n",
                        "sky    0.8889     1.0000  0.9412  8\n",
                        "Candidate 1 is the best. Its accuracy on the test rows is 0.9375.\n",
                        "Report: " + store.resolve("builds/run-1/report.html") + "\n",
                        "Model: " + store.resolve("builds/run-1/model") + "\n");
        assertThat(store.resolve("builds/run-1/model")).hasContent("a model");
        assertThat(builds.started().get("seed").asInt()).isEqualTo(7);
    }

    @Test
    void the_report_states_what_was_found() throws IOException {
        build();

        String html = Files.readString(store.resolve("builds/run-1/report.html"));
        assertThat(html)
                .containsSubsequence(
                        "<h1>Model build run-1</h1>",
                        "<p>Succeeded.</p>",
                        "Its accuracy on the test rows is 0.9375.",
                        "<h2>Candidates</h2>",
                        "<tr class=\"best\"><td class=\"number\">1</td>",
                        "<h2>Scores by class</h2>",
                        "<h2>Confusion matrix</h2>",
                        "<h2>Feature importance",
                        ">hue<",
                        ">row<",
                        "<h2>Timeline</h2>",
                        "tune[0]/train",
                        "<svg");
    }

    @Test
    void a_source_is_handed_on_as_an_absolute_path() {
        build("--source", "data/../data/image-segments.csv");

        assertThat(Path.of(builds.started().get("source").asText()))
                .isAbsolute()
                .isNormalized()
                .isRegularFile();
    }

    @Test
    void an_address_is_handed_on_as_it_is() {
        build("--source", "http://localhost:1/rows.csv");

        assertThat(builds.started().get("source").asText()).isEqualTo("http://localhost:1/rows.csv");
    }

    @Test
    void a_build_that_failed_says_why_and_still_reports() throws IOException {
        builds.files.clear();
        builds.failure = Optional.of("File `dataset.csv`: it is empty.");

        CraftoRun run = build();

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.errors()).isEqualTo("File `dataset.csv`: it is empty.\n");
        assertThat(run.out()).doesNotContain("Model:");
        assertThat(Files.readString(store.resolve("builds/run-1/report.html")))
                .contains("Failed. File `dataset.csv`: it is empty.")
                .doesNotContain("Candidates");
    }

    @Test
    void builds_are_listed_the_latest_first() {
        build();
        build();

        CraftoRun run = CraftoRun.of(builds, "list", "--store", store.toString());

        assertThat(run.out().lines())
                .hasSize(3)
                .satisfiesExactly(
                        header -> assertThat(header).startsWith("execution  status"),
                        latest -> assertThat(latest).startsWith("run-2      SUCCEEDED  2026-01-01T00:00:00Z"),
                        first -> assertThat(first).startsWith("run-1      SUCCEEDED"));
    }

    @Test
    void a_build_is_shown_with_its_steps() {
        build();

        CraftoRun run = CraftoRun.of(builds, "show", "run-1", "--store", store.toString());

        assertThat(run.exit()).isZero();
        assertThat(run.out())
                .startsWith("run-1 SUCCEEDED\n")
                .contains("tune[0]/train  1        succeeded  2.0\n", "accuracy on the test rows is 0.9375");
    }

    @Test
    void a_prediction_from_a_build_without_a_model_is_refused() {
        builds.files.remove("model");
        build();

        CraftoRun run = CraftoRun.of(builds, "predict", "--row", "1", "--execution", "run-1");

        assertThat(run.errors())
                .isEqualTo("Build `run-1` left no `model`: it is SUCCEEDED. Name another one with `--execution`.\n");
        assertThat(run.exit()).isEqualTo(2);
    }

    private CraftoRun build(String... more) {
        String[] arguments = new String[more.length + 3];
        arguments[0] = "build";
        arguments[1] = "--store";
        arguments[2] = store.toString();
        System.arraycopy(more, 0, arguments, 3, more.length);
        return CraftoRun.of(builds, arguments);
    }
}
