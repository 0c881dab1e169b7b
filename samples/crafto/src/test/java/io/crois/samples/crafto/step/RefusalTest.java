package io.crois.samples.crafto.step;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RefusalTest {
    @TempDir
    Path folder;

    private StepRun step;

    @BeforeEach
    void prepare() throws IOException {
        step = StepRun.in(folder.resolve("step"));
    }

    @Test
    void a_missing_file_is_refused() {
        Path missing = folder.resolve("none.csv");

        int exit = step.run("download", "--source", missing.toString(), "--target", "kind");

        assertRefused(
                exit,
                "File `" + missing
                        + "`: there is no such file. Check the path, which starts at the directory of the program"
                        + " if it is relative.");
    }

    @Test
    void an_empty_file_is_refused() throws IOException {
        Path file = csv("");

        int exit = download(file);

        assertRefused(exit, "File `" + file + "`: expected a header and rows, but the file is empty.");
    }

    @Test
    void a_header_alone_is_refused() throws IOException {
        Path file = csv("size,kind\n");

        int exit = download(file);

        assertRefused(exit, "File `" + file + "`: expected rows below the header, but found none.");
    }

    @Test
    void a_missing_target_column_is_refused() throws IOException {
        Path file = csv("size,type\n1,a\n2,b\n");

        int exit = download(file);

        assertRefused(
                exit,
                "File `" + file
                        + "`, line 1: expected the target column `kind`, but the columns are `size`, `type`. Name one"
                        + " of them as the target.");
    }

    @Test
    void a_text_where_a_number_is_needed_is_refused() throws IOException {
        Path file = csv("size,kind\n1,a\n\nlarge,b\n");

        int exit = download(file);

        assertRefused(
                exit,
                "File `" + file
                        + "`, line 4, column `size`: expected a number, but found `large`. Correct the field, or remove"
                        + " the row or the column.");
    }

    @Test
    void not_a_number_is_no_number() throws IOException {
        Path file = csv("size,kind\nNaN,a\n1,b\n");

        int exit = download(file);

        assertRefused(
                exit,
                "File `" + file
                        + "`, line 2, column `size`: expected a number, but found `NaN`. Correct the field, or remove"
                        + " the row or the column.");
    }

    @Test
    void a_row_without_a_class_is_refused() throws IOException {
        Path file = csv("size,kind\n1,a\n2,\n");

        int exit = download(file);

        assertRefused(
                exit,
                "File `" + file
                        + "`, line 3, column `kind`: expected a class, but the field is empty. Fill it in or remove the"
                        + " row.");
    }

    @Test
    void a_single_class_is_refused() throws IOException {
        Path file = csv("size,kind\n1,a\n2,a\n");

        int exit = download(file);

        assertRefused(exit, "File `" + file + "`, column `kind`: expected at least two classes, but found one.");
    }

    @Test
    void a_row_with_another_number_of_fields_is_refused() throws IOException {
        Path file = csv("size,kind\n1,a,x\n");

        int exit = download(file);

        assertRefused(exit, "File `" + file + "`, line 2: expected 2 fields as in the header, but found 3.");
    }

    @Test
    void all_wrong_lines_and_names_are_told_at_once() throws IOException {
        Path file = csv("size,size,kind\n1,1,a\n2,2\n3\n");

        int exit = download(file);

        assertRefused(
                exit,
                "File `" + file + "`, line 1, column 2: expected a column name of its own, but found `size`.\n"
                        + "File `" + file + "`, line 3: expected 3 fields as in the header, but found 2.\n"
                        + "File `" + file + "`, line 4: expected 3 fields as in the header, but found 1.");
    }

    @Test
    void an_open_quote_is_refused() throws IOException {
        Path file = csv("size,kind\n1,\"a\n");

        int exit = download(file);

        assertRefused(
                exit,
                "File `" + file + "`, line 2: a quoted field that begins here is not closed. Add the closing quote.");
    }

    @Test
    void a_column_named_twice_is_refused() throws IOException {
        Path file = csv("size,size,kind\n1,1,a\n");

        int exit = download(file);

        assertRefused(
                exit, "File `" + file + "`, line 1, column 2: expected a column name of its own, but found `size`.");
    }

    @Test
    void a_ratio_out_of_range_is_refused() throws IOException {
        step.input("dataset.csv", "size,kind\n1,a\n2,b\n");

        int exit = step.run("split", "--target", "kind", "--method", "random", "--ratio", "1.5", "--seed", "1");

        assertRefused(exit, "Command line: `--ratio` must be between 0.05 and 0.5, but was 1.5.");
    }

    @Test
    void an_unknown_method_is_refused() throws IOException {
        step.input("dataset.csv", "size,kind\n1,a\n2,b\n");

        int exit = step.run("split", "--target", "kind", "--method", "odd", "--ratio", "0.5", "--seed", "1");

        assertRefused(exit, "Command line: `--method` must be `random` or `stratified`, but was `odd`.");
    }

    @Test
    void an_unknown_step_is_refused() {
        int exit = step.run("dance");

        assertRefused(
                exit,
                "Expected one of the steps `download`, `split`, `train`, `pick`, `evaluate` and `deploy`, but found `dance`.");
    }

    @Test
    void deploy_without_its_secret_is_refused() throws IOException {
        step.input("model", "content");

        int exit = step.run("deploy");

        assertRefused(exit, "Environment: `SIGNING_KEY` is not set. The agent sets it; start the step through it.");
    }

    @Test
    void a_random_forest_that_looks_at_all_features_is_refused() throws IOException {
        step.input("train.csv", "size,kind\n1,a\n2,b\n3,a\n4,b\n5,a\n6,b\n");

        int exit = step.run(
                "train --target kind --algorithm random-forest --trees 2 --depth 2 --features 1 --seed 1".split(" "));

        assertRefused(exit, "Command line: `--features` must be between 0.01 and 0.99, but was 1.");
    }

    @Test
    void a_refusal_reaches_those_who_listen() throws IOException {
        Path file = csv("");

        download(file);

        JsonNode event = StepContext.JSON.readTree(step.file("events.jsonl").toFile());
        assertThat(event.path("type").asText()).isEqualTo("message");
        assertThat(event.path("message").asText())
                .isEqualTo("File `" + file + "`: expected a header and rows, but the file is empty.");
    }

    private int download(Path file) {
        return step.run("download", "--source", file.toString(), "--target", "kind");
    }

    private Path csv(String content) throws IOException {
        return Files.writeString(folder.resolve("own.csv"), content);
    }

    private void assertRefused(int exit, String message) {
        assertThat(exit).isEqualTo(2);
        assertThat(step.errors()).isEqualTo(message + System.lineSeparator());
    }
}
