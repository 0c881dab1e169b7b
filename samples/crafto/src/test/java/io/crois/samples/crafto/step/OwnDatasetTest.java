package io.crois.samples.crafto.step;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Datasets as users bring them: each goes the whole way, or ends with one line that names the place. */
final class OwnDatasetTest {
    @TempDir
    private Path folder;

    @Test
    void numbers_alone_with_a_whole_number_as_class() throws IOException {
        assertThat(build(
                        "x,y,category\n" + rows(60, (x, y) -> x + "," + y + "," + (x > 0.5 ? 1 : 0) + "\n"),
                        "category"))
                .isGreaterThan(0.8);
    }

    @Test
    void a_byte_order_mark_and_windows_line_ends() throws IOException {
        String text = "\uFEFFcategory,x,y\n" + rows(60, (x, y) -> (x > 0.5 ? "a" : "b") + "," + x + "," + y + "\n");

        assertThat(build(text.replace("\n", "\r\n"), "category")).isGreaterThan(0.8);
    }

    @Test
    void labels_and_columns_with_blanks() throws IOException {
        String text = "petal length, petal width ,kind of flower\n"
                + rows(60, (x, y) -> x + "," + y + "," + (x > 0.5 ? "Iris of the sea" : "Iris of the land") + "\n");

        assertThat(build(text, "kind of flower")).isGreaterThan(0.8);
    }

    @Test
    void quoted_fields_with_commas_quotes_and_line_breaks() throws IOException {
        String text = "\"x, first\",y,category\n"
                + rows(
                        60,
                        (x, y) -> "\"" + x + "\"," + y + ",\"" + (x > 0.5 ? "a" : "b") + ", the\nlabel \"\"q\"\"\"\n");

        assertThat(build(text, "category")).isGreaterThan(0.8);
    }

    @Test
    void fewer_rows_than_candidates_and_a_class_of_one_row() throws IOException {
        assertThat(build("x,category\n0.1,a\n0.2,a\n0.3,a\n0.8,b\n0.9,b\n0.7,b\n0.5,c\n", "category"))
                .isBetween(0.0, 1.0);
    }

    @Test
    void the_line_of_a_problem_behind_a_field_of_several_lines() throws IOException {
        assertThat(refusal("x,category\n1,\"a\nb\"\n2,c\nmany,c\n"))
                .endsWith(
                        "line 5, column `x`: expected a number, but found `many`. Correct the field, or remove the row"
                                + " or the column.\n");
    }

    @Test
    void a_missing_value_is_refused() throws IOException {
        assertThat(refusal("x,y,category\n1,2,a\n1,,b\n"))
                .endsWith("line 3, column `y`: expected a number, but found ``. Correct the field, or remove the row or"
                        + " the column.\n");
    }

    @Test
    void all_fields_of_a_column_of_categories_are_refused_at_once() throws IOException {
        assertThat(refusal("x,colour,category\n1,red,a\n1,blue,b\n").lines())
                .satisfiesExactly(
                        line -> assertThat(line)
                                .endsWith("line 2, column `colour`: expected a number, but found `red`. Correct the"
                                        + " field, or remove the row or the column."),
                        line -> assertThat(line)
                                .endsWith("line 3, column `colour`: expected a number, but found `blue`. Correct the"
                                        + " field, or remove the row or the column."));
    }

    @Test
    void ten_problems_are_told_in_full_and_the_others_are_counted() throws IOException {
        assertThat(refusal("x,category\n" + "red,a\n".repeat(12)).lines())
                .hasSize(11)
                .last()
                .isEqualTo("And 2 more like these.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"NaN", "Infinity", "0x1p3", "1d", "1,5", "1 000", "--1"})
    void what_only_some_programs_take_for_a_number_is_refused(String field) throws IOException {
        assertThat(refusal("x,category\n\"" + field + "\",a\n1,b\n2,b\n3,a\n"))
                .contains("line 2, column `x`: expected a number, but found `" + field + "`.");
    }

    @Test
    void a_target_that_measures_is_refused() throws IOException {
        assertThat(refusal("x,category\n1,0.5\n2,0.6\n3,0.7\n4,0.8\n"))
                .endsWith("column `category`: expected classes of several rows each, but found 4 different values in 4"
                        + " rows. Name a target column that holds classes, or give more rows.\n");
    }

    @Test
    void a_target_alone_is_refused() throws IOException {
        assertThat(refusal("category\na\nb\na\nb\n"))
                .endsWith("line 1: expected columns of numbers beside the target column, but found none.\n");
    }

    @Test
    void bytes_that_are_no_text_are_refused() throws IOException {
        Path file = folder.resolve("own.csv");
        Files.write(file, new byte[] {'x', (byte) 0xFF, ',', 'y', '\n'});
        StepRun download = StepRun.in(folder.resolve("download"));

        assertThat(download.run("download", "--source", file.toString(), "--target", "y"))
                .isEqualTo(2);

        assertThat(download.errors()).endsWith("expected UTF-8 text, but found other bytes. Save it as UTF-8.\n");
    }

    private static String rows(int count, BiFunction<Double, Double, String> row) {
        Random random = new Random(1);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(row.apply(random.nextDouble(), random.nextDouble()));
        }
        return text.toString();
    }

    /** Returns what the download step says about a file that it refuses. */
    private String refusal(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("own.csv"), text);
        StepRun download = StepRun.in(folder.resolve("download"));
        assertThat(download.run("download", "--source", file.toString(), "--target", "category"))
                .isEqualTo(2);
        assertThat(download.errors()).startsWith("File `" + file + "`");
        return download.errors();
    }

    /** Returns the accuracy at the end of all steps. */
    private double build(String text, String target) throws IOException {
        Path file = Files.writeString(folder.resolve("own.csv"), text);
        StepRun download = StepRun.in(folder.resolve("download"));
        succeeds(download, "download", "--source", file.toString(), "--target", target);
        StepRun split = StepRun.in(folder.resolve("split")).input("dataset.csv", download.output("dataset.csv"));
        succeeds(split, "split", "--target", target, "--method", "stratified", "--ratio", "0.3", "--seed", "1");
        StepRun train = StepRun.in(folder.resolve("train")).input("train.csv", split.output("train.csv"));
        succeeds(
                train,
                "train",
                "--target",
                target,
                "--algorithm",
                "extra-trees",
                "--trees",
                "5",
                "--depth",
                "6",
                "--features",
                "0.9",
                "--seed",
                "1");
        StepRun evaluate = StepRun.in(folder.resolve("evaluate"))
                .input("model", train.output("candidate"))
                .input("test.csv", split.output("test.csv"));
        succeeds(evaluate, "evaluate", "--target", target, "--seed", "1", "--min-accuracy", "0.1");
        JsonNode evaluation =
                new ObjectMapper().readTree(evaluate.output("evaluation.json").toFile());
        return evaluation.path("accuracy").asDouble();
    }

    private static void succeeds(StepRun run, String... arguments) {
        int exit = run.run(arguments);
        assertThat(run.errors()).isEmpty();
        assertThat(exit).isZero();
    }
}
