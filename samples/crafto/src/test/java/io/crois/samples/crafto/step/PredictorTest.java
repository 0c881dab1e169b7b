package io.crois.samples.crafto.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PredictorTest {
    @TempDir
    Path folder;

    private Predictor predictor;

    @BeforeEach
    void train() throws IOException {
        StringBuilder rows = new StringBuilder("size,kind,weight\n");
        for (int i = 0; i < 40; i++) {
            rows.append(i).append(i < 20 ? ",small," : ",large,").append(i % 3).append('\n');
        }
        StepRun train = StepRun.in(folder).input("train.csv", rows.toString());
        int exit = train.run(
                "train --target kind --algorithm extra-trees --trees 15 --depth 4 --features 1 --seed 1".split(" "));
        assertThat(train.errors()).isEmpty();
        assertThat(exit).isZero();
        predictor = Predictor.load(train.output("candidate"), "size,kind,weight", "kind");
    }

    @Test
    void classes_come_with_the_surest_first() {
        List<Map.Entry<String, Double>> classes = predictor.predict("3,1");

        assertThat(classes).extracting(Map.Entry::getKey).containsExactly("small", "large");
        assertThat(classes.get(0).getValue() + classes.get(1).getValue()).isBetween(0.999, 1.001);
        assertThat(predictor.predict("37,1").get(0).getKey()).isEqualTo("large");
    }

    @Test
    void the_target_column_may_be_there_and_is_not_looked_at() {
        assertThat(predictor.predict("3,large,1")).isEqualTo(predictor.predict("3,1"));
    }

    @Test
    void a_row_that_is_too_short_is_refused() {
        assertThatThrownBy(() -> predictor.predict("3"))
                .isInstanceOf(Refusal.class)
                .hasMessage("Command line: `--row` must hold 2 values, one for each column but `kind`, but held 1.");
    }

    @Test
    void a_value_that_is_no_number_is_refused() {
        assertThatThrownBy(() -> predictor.predict("3,heavy"))
                .isInstanceOf(Refusal.class)
                .hasMessage("Command line: `--row`, column `weight`: expected a number, but found `heavy`.");
    }
}
