package io.crois.samples.crafto.step;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.tribuo.Example;
import org.tribuo.MutableDataset;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.impl.ArrayExample;
import org.tribuo.provenance.SimpleDataSourceProvenance;

/** Turns the rows of a table into what Tribuo learns from. Every column but the target is a number. */
final class Examples {
    private static final Pattern NUMBER = Pattern.compile("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?");

    private final CsvTable table;
    private final int target;

    private Examples(CsvTable table, int target) {
        this.table = table;
        this.target = target;
    }

    static Examples of(CsvTable table, String target) {
        return new Examples(table, table.column(target));
    }

    List<String> features() {
        List<String> features = new ArrayList<>(table.header());
        features.remove(target);
        return features;
    }

    String label(CsvRow row) {
        return row.fields().get(target);
    }

    List<Example<Label>> all() {
        return table.rows().stream().map(this::example).toList();
    }

    Example<Label> example(CsvRow row) {
        String[] names = features().toArray(String[]::new);
        double[] values = IntStream.range(0, table.header().size())
                .filter(column -> column != target)
                .mapToDouble(column -> number(row, column))
                .toArray();
        return new ArrayExample<>(new Label(label(row)), names, values);
    }

    static MutableDataset<Label> dataset(List<? extends Example<Label>> examples) {
        LabelFactory labels = new LabelFactory();
        MutableDataset<Label> dataset =
                new MutableDataset<>(new SimpleDataSourceProvenance("Crafto's dataset", labels), labels);
        dataset.addAll(examples);
        return dataset;
    }

    /** Refuses rows without a label, fields that are no number, and a target with too few or too many classes. */
    void check() {
        List<String> problems = new ArrayList<>();
        table.rows().forEach(row -> check(row, problems));
        Refusal.refuse(problems);
        checkClasses(table.rows().stream().map(this::label).distinct().count());
    }

    private void check(CsvRow row, List<String> problems) {
        if (label(row).isEmpty()) {
            problems.add(
                    place(row, target) + ": expected a class, but the field is empty. Fill it in or remove the row.");
        }
        for (int column = 0; column < table.header().size(); column++) {
            if (column != target && Double.isNaN(valueOf(row, column))) {
                problems.add(noNumber(row, column));
            }
        }
    }

    private void checkClasses(long classes) {
        String place = "File `" + table.name() + "`, column `" + table.header().get(target) + "`: ";
        if (classes < 2) {
            throw new Refusal(place + "expected at least two classes, but found one.");
        }
        int rows = table.rows().size();
        if (classes * 2 > rows) {
            throw new Refusal(place + "expected classes of several rows each, but found " + classes
                    + " different values in " + rows + " rows. Name a target column that holds classes, or give more"
                    + " rows.");
        }
        if (table.header().size() < 2) {
            throw new Refusal("File `" + table.name()
                    + "`, line 1: expected columns of numbers beside the target column, but found none.");
        }
    }

    private double number(CsvRow row, int column) {
        double value = valueOf(row, column);
        if (Double.isNaN(value)) {
            throw new Refusal(noNumber(row, column));
        }
        return value;
    }

    /** Returns NaN for what is no finite number in the usual decimal form. */
    private static double valueOf(CsvRow row, int column) {
        String field = row.fields().get(column);
        if (!NUMBER.matcher(field).matches()) {
            return Double.NaN;
        }
        double value = Double.parseDouble(field);
        return Double.isFinite(value) ? value : Double.NaN;
    }

    private String noNumber(CsvRow row, int column) {
        return place(row, column) + ": expected a number, but found `"
                + row.fields().get(column) + "`. Correct the field, or remove the row or the column.";
    }

    private String place(CsvRow row, int column) {
        return "File `" + table.name() + "`, line " + row.line() + ", column `"
                + table.header().get(column) + "`";
    }
}
