package io.crois.samples.crafto;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each refusal is one line, exit code 2, and nothing has been started. */
final class CommandLineTest {
    private final FakeBuilds builds = new FakeBuilds();

    @TempDir
    Path folder;

    @AfterEach
    void nothing_was_started() {
        assertThat(builds.all()).isEmpty();
    }

    @Test
    void a_command_that_there_is_not_is_refused() {
        assertRefused(
                CraftoRun.of(builds, "biuld"),
                "Command line: there is no place for `biuld` of `crafto`. Did you mean `build`? `crafto --help` tells what"
                        + " there is.");
    }

    @Test
    void no_command_is_refused() {
        assertRefused(
                CraftoRun.of(builds),
                "Command line: Missing required subcommand. `crafto --help` tells what there is.");
    }

    @Test
    void an_unknown_parameter_is_refused() {
        assertRefused(
                CraftoRun.of(builds, "build", "--rato", "0.3"),
                "Command line: there is no option `--rato` of `build`. Did you mean `--ratio`? `crafto build --help` tells"
                        + " what there is.");
    }

    @Test
    void a_parameter_without_a_value_is_refused() {
        assertRefused(
                CraftoRun.of(builds, "build", "--ratio"),
                "Command line: Missing required parameter for option '--ratio' (<number>). `crafto build --help` tells"
                        + " what there is.");
    }

    @Test
    void a_ratio_out_of_range_is_refused() {
        assertRefused(
                CraftoRun.of(builds, "build", "--ratio", "1.5"),
                "Command line: `--ratio`: ratio must be between 0.05 and 0.5, but was 1.5.");
    }

    @Test
    void a_text_where_a_number_is_needed_is_refused() {
        assertRefused(
                CraftoRun.of(builds, "build", "--min-accuracy", "high"),
                "Command line: `--min-accuracy`: min-accuracy must be of type NUMBER, but was \"high\".");
    }

    @Test
    void a_method_that_there_is_not_is_refused() {
        assertRefused(
                CraftoRun.of(builds, "build", "--method", "alphabetic"),
                "Command line: `--method`: method must be one of \"stratified\", \"random\", but was \"alphabetic\".");
    }

    @Test
    void a_missing_file_is_refused() {
        assertRefused(
                CraftoRun.of(builds, "build", "--source", "none.csv"),
                "File `none.csv`: there is no such file. Check the path, which starts at the directory of the program if"
                        + " it is relative.");
    }

    @Test
    void a_file_without_the_target_column_is_refused_before_a_build_starts() throws IOException {
        Path file = Files.writeString(folder.resolve("own.csv"), "size,kind\n1,a\n2,b\n");

        assertRefused(
                CraftoRun.of(builds, "build", "--source", file.toString()),
                "File `" + file
                        + "`, line 1: expected the target column `category`, but the columns are `size`, `kind`."
                        + " Name one of them as the target.");
    }

    @Test
    void an_empty_file_is_refused_before_a_build_starts() throws IOException {
        Path file = Files.createFile(folder.resolve("own.csv"));

        assertRefused(
                CraftoRun.of(builds, "build", "--source", file.toString()),
                "File `" + file + "`: expected a header and rows, but the file is empty.");
    }

    @Test
    void a_field_that_is_no_number_is_refused_before_a_build_starts() throws IOException {
        Path file = Files.writeString(folder.resolve("own.csv"), "size,kind\n1,a\nlarge,b\n");

        assertRefused(
                CraftoRun.of(builds, "build", "--source", file.toString(), "--target", "kind"),
                "File `" + file
                        + "`, line 3, column `size`: expected a number, but found `large`. Correct the field, or"
                        + " remove the row or the column.");
    }

    @Test
    void a_store_that_is_a_file_is_refused() throws IOException {
        Path file = Files.createFile(folder.resolve("store"));

        assertRefused(
                CraftoRun.of(builds, "build", "--store", file.toString()),
                "Command line: `--store` must be a folder, but `" + file + "` is a file.");
    }

    @Test
    void a_grid_that_is_no_list_is_refused() {
        assertRefused(
                CraftoRun.of(builds, "build", "--grid", "{}"),
                "Command line: `--grid` must be a JSON list of 1 to 500 candidates, but is OBJECT.");
    }

    @Test
    void a_grid_without_candidates_is_refused() {
        assertRefused(
                CraftoRun.of(builds, "build", "--grid", "[]"),
                "Command line: `--grid` must be a JSON list of 1 to 500 candidates, but has 0.");
    }

    @Test
    void a_candidate_that_lacks_something_is_refused() {
        assertRefused(
                CraftoRun.of(builds, "build", "--grid", "[{\"algorithm\": \"extra-trees\", \"trees\": 2.5}]"),
                "Command line: `--grid`, candidate 0: `trees` must be a whole number. A candidate looks like"
                        + " {\"algorithm\": \"random-forest\", \"trees\": 8, \"depth\": 8, \"features\": 0.4}.");
    }

    @Test
    void a_prediction_without_a_build_is_refused() {
        assertRefused(
                CraftoRun.of(builds, "predict", "--row", "1,2"),
                "Store: no build has succeeded yet. Run `build` first.");
    }

    @Test
    void a_build_that_there_is_not_is_refused() {
        assertRefused(
                CraftoRun.of(builds, "show", "run-9"),
                "Command line: there is no execution `run-9` in this store. `list` tells which there are.");
    }

    @Test
    void help_names_every_parameter_of_the_workflow() {
        CraftoRun run = CraftoRun.of(builds, "build", "--help");

        assertThat(run.exit()).isZero();
        assertThat(run.out())
                .contains(ModelBuilding.workflow().parameters().stream()
                        .map(parameter -> "--" + parameter.name())
                        .toArray(String[]::new));
    }

    private static void assertRefused(CraftoRun run, String line) {
        assertThat(run.errors()).isEqualTo(line + "\n");
        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
    }
}
