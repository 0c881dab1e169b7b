package io.crois.samples.crafto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crois.samples.crafto.step.Predictor;
import io.crois.testkit.container.LocalProcessContainers;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole builds, each step a real process. */
final class LocalBuildsTest {
    private static final String GRID =
            "[{\"algorithm\": \"random-forest\", \"trees\": 8, \"depth\": 8, \"features\": 0.4},"
                    + " {\"algorithm\": \"extra-trees\", \"trees\": 8, \"depth\": 8, \"features\": 0.7}]";

    @TempDir
    private Path store;

    @Test
    void the_accuracy_that_the_report_states_is_that_of_the_saved_model_on_the_test_rows() throws IOException {
        CraftoRun build = CraftoRun.local("build", "--store", store.toString(), "--grid", GRID);

        assertThat(build.errors()).isEmpty();
        assertThat(build.exit()).isZero();
        assertThat(build.out()).contains("tune[0]/train succeeded", "tune[1]/train succeeded", "deploy succeeded");
        Path folder = onlyBuild();
        List<String> rows = Files.readAllLines(folder.resolve("test.csv"));
        double accuracy = accuracy(folder.resolve("model"), rows);
        JsonNode stated =
                new ObjectMapper().readTree(folder.resolve("evaluation.json").toFile());
        assertThat(accuracy)
                .isGreaterThan(0.9)
                .isCloseTo(stated.path("accuracy").asDouble(), within(1e-9));
        assertThat(folder.resolve("report.html")).content().contains(Evaluation.share(accuracy), "<svg");

        String row = rows.get(1).substring(0, rows.get(1).lastIndexOf(','));
        CraftoRun predict = CraftoRun.local("predict", "--store", store.toString(), "--row", row);
        assertThat(predict.out()).startsWith("Prediction: ");
        assertThat(CraftoRun.local("list", "--store", store.toString()).out()).contains("SUCCEEDED");
    }

    @Test
    void a_build_whose_model_is_too_weak_fails_with_the_reason() throws IOException {
        CraftoRun build =
                CraftoRun.local("build", "--store", store.toString(), "--grid", GRID, "--min-accuracy", "1.0");

        assertThat(build.exit()).isEqualTo(Complaints.FAILED);
        assertThat(build.errors()).startsWith("ModelTooWeak: The model's accuracy on the test rows is below");
        assertThat(onlyBuild().resolve("report.html")).exists();
    }

    @Test
    void a_build_that_was_killed_is_shown_as_interrupted_and_the_store_goes_on_working() throws Exception {
        List<String> command = new ArrayList<>(LocalProcessContainers.javaCommand(Crafto.class));
        command.addAll(List.of("build", "--store", store.toString(), "--grid", GRID));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        waitFor(process, "split started");
        List<ProcessHandle> children = process.descendants().toList();
        process.destroyForcibly().waitFor();
        for (ProcessHandle child : children) {
            child.onExit().get(60, TimeUnit.SECONDS);
        }

        CraftoRun list = CraftoRun.local("list", "--store", store.toString());
        CraftoRun again = CraftoRun.local("build", "--store", store.toString(), "--ratio", "0.3", "--grid", GRID);

        assertThat(children).isNotEmpty();
        assertThat(list.errors()).isEmpty();
        assertThat(list.out())
                .contains("ABORTED")
                .contains("Crois.Interrupted: The process that ran it ended before the execution did.");
        assertThat(again.exit()).isZero();
        assertThat(CraftoRun.local("list", "--store", store.toString()).out()).contains("ABORTED", "SUCCEEDED");
    }

    private static void waitFor(Process process, String line) throws IOException {
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String read = out.readLine();
        while (read != null && !read.equals(line)) {
            read = out.readLine();
        }
        assertThat(read).isEqualTo(line);
    }

    private Path onlyBuild() throws IOException {
        try (Stream<Path> builds = Files.list(store.resolve("builds"))) {
            return builds.reduce((a, b) -> {
                        throw new AssertionError("More than one build: " + a + ", " + b);
                    })
                    .orElseThrow();
        }
    }

    /** Asks the saved model about each test row; the last column holds the truth. */
    private static double accuracy(Path model, List<String> rows) throws IOException {
        Predictor predictor = Predictor.load(model, rows.get(0), "category");
        long right = rows.stream()
                .skip(1)
                .filter(row -> predictor.predict(row).get(0).getKey().equals(row.substring(row.lastIndexOf(',') + 1)))
                .count();
        return (double) right / (rows.size() - 1);
    }
}
