package io.crois.samples.crafto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crois.testkit.container.LocalProcessContainers;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The notebook in {@code samples/notebook} is run cell by cell, by Jupyter and a kernel of JShell. */
final class NotebookTest {
    private static final Path SAMPLES = Path.of("..").toAbsolutePath().normalize();

    @TempDir
    private Path folder;

    @BeforeEach
    void jupyter_has_a_kernel_for_java() throws IOException, InterruptedException {
        assumeTrue(
                answers("jupyter-kernelspec", "list")
                        && log().contains("java")
                        && answers("jupyter-execute", "--version"),
                "Jupyter with a kernel for Java is not installed (pip install jjava==1.0a8 nbclient).");
    }

    @Test
    void every_cell_of_the_notebook_runs_and_shows_what_it_says() throws IOException, InterruptedException {
        Path notebook = Files.createDirectories(folder.resolve("notebook")).resolve("model-building.ipynb");
        Files.copy(SAMPLES.resolve("notebook/model-building.ipynb"), notebook);
        Path data = Files.createDirectories(folder.resolve("crafto/data")).resolve("image-segments.csv");
        Files.copy(SAMPLES.resolve("crafto/data/image-segments.csv"), data);

        assertThat(answers("jupyter-execute", "--startup_timeout=300", "--inplace", notebook.toString()))
                .as("%s", log())
                .isTrue();

        JsonNode cells = new ObjectMapper().readTree(notebook.toFile()).path("cells");
        List<String> shown = new ArrayList<>();
        cells.forEach(cell -> cell.path("outputs").forEach(output -> shown.add(output.toString())));
        assertThat(shown).noneMatch(output -> output.contains("\"output_type\":\"error\""));
        assertThat(shown).anyMatch(output -> output.contains("SUCCEEDED, 7 attempts"));
        assertThat(shown.stream().filter(output -> output.contains("image/svg+xml")))
                .hasSize(2);
        assertThat(shown).anyMatch(output -> output.contains("Accuracy on rows that no candidate has seen: 0.9"));
        assertThat(folder.resolve("notebook/notebook-store/model")).isNotEmptyFile();
    }

    @Test
    void the_notebook_is_kept_without_what_a_run_showed() throws IOException {
        JsonNode cells = new ObjectMapper()
                .readTree(SAMPLES.resolve("notebook/model-building.ipynb").toFile())
                .path("cells");

        assertThat(cells).isNotEmpty().allMatch(cell -> cell.path("outputs").isEmpty());
    }

    private boolean answers(String... command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile());
        builder.environment()
                .put(
                        "JJAVA_CLASSPATH",
                        LocalProcessContainers.javaCommand(NotebookTest.class).get(2));
        builder.environment()
                .merge(
                        "PATH",
                        Path.of(System.getProperty("java.home"), "bin").toString(),
                        (old, java) -> java + File.pathSeparator + old);
        Process process;
        try {
            process = builder.start();
        } catch (IOException missing) {
            return false;
        }
        if (!process.waitFor(15, TimeUnit.MINUTES)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        return process.waitFor() == 0;
    }

    private String log() throws IOException {
        return Files.readString(folder.resolve("log"));
    }
}
