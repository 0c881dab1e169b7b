package io.crois.samples.crafto.step;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Divides the dataset into rows to learn from and rows to test with: {@code --target}, {@code --method} ({@code random}
 * or {@code stratified}), {@code --ratio} (the share that is tested with, 0.05–0.5), {@code --seed}.
 */
final class Split implements Step {
    @Override
    public void run(StepContext context) throws IOException {
        Options options = context.options();
        CsvTable table = CsvTable.read(context.input("dataset.csv"), "dataset.csv");
        List<CsvRow> test = new ArrayList<>();
        List<CsvRow> train = new ArrayList<>();
        double ratio = options.numberBetween("ratio", 0.05, 0.5);
        Random random = new Random(options.wholeNumber("seed", 0, Integer.MAX_VALUE));
        for (List<CsvRow> group : groups(table, options)) {
            List<CsvRow> shuffled = new ArrayList<>(group);
            Collections.shuffle(shuffled, random);
            int size = (int) Math.round(shuffled.size() * ratio);
            test.addAll(shuffled.subList(0, size));
            train.addAll(shuffled.subList(size, shuffled.size()));
        }
        checkSizes(test, train);
        table.write(context.output("test.csv"), test);
        table.write(context.output("train.csv"), train);
        context.progress(1, 1, train.size() + " rows to train, " + test.size() + " to test");
    }

    private static Iterable<List<CsvRow>> groups(CsvTable table, Options options) {
        Examples examples = Examples.of(table, options.text("target"));
        return switch (options.text("method")) {
            case "random" -> List.of(table.rows());
            case "stratified" ->
                table.rows().stream()
                        .collect(Collectors.groupingBy(examples::label, TreeMap::new, Collectors.toList()))
                        .values();
            default ->
                throw new Refusal("Command line: `--method` must be `random` or `stratified`, but was `"
                        + options.text("method") + "`.");
        };
    }

    private static void checkSizes(List<CsvRow> test, List<CsvRow> train) {
        if (test.isEmpty() || train.size() < 2) {
            throw new Refusal("File `dataset.csv`: too few rows to split; " + train.size()
                    + " would be left to train and " + test.size() + " to test. Give more rows or another ratio.");
        }
    }
}
