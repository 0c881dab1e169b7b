package io.crois.samples.crafto.step;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.tribuo.Model;
import org.tribuo.Prediction;
import org.tribuo.classification.Label;

/** Predicts the class of a row with a model that a build stored. */
public final class Predictor {
    private static final Pattern NUMBER = Pattern.compile("[-+]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][-+]?[0-9]+)?");

    private final Model<Label> model;
    private final List<String> header;
    private final String target;

    private Predictor(Model<Label> model, List<String> header, String target) {
        this.model = model;
        this.header = header;
        this.target = target;
    }

    /**
     * Returns a predictor.
     *
     * @param model the stored model
     * @param header the first line of the dataset that it was built from
     * @param target the column that is predicted
     */
    public static Predictor load(Path model, String header, String target) throws IOException {
        return new Predictor(
                Scores.load(model), CsvRow.parse("header", 1, header).fields(), target);
    }

    /**
     * Returns how sure the model is of each class, 0–1, the surest first.
     *
     * @param row the values in the order of the dataset's columns, divided by commas; the target column may be left out
     * @throws Refusal if the row does not fit the columns
     */
    public List<Map.Entry<String, Double>> predict(String row) {
        List<String> fields = new ArrayList<>(CsvRow.parse("--row", 1, row).fields());
        int column = header.indexOf(target);
        if (fields.size() == header.size() - 1) {
            fields.add(column, target);
        }
        if (fields.size() != header.size()) {
            throw new Refusal("Command line: `--row` must hold " + (header.size() - 1)
                    + " values, one for each column but `" + target + "`, but held " + fields.size() + ".");
        }
        checkNumbers(fields, column);
        CsvTable table = new CsvTable("--row", header, List.of(new CsvRow(1, fields)));
        Prediction<Label> prediction =
                model.predict(Examples.of(table, target).all().get(0));
        Map<String, Double> scores = new TreeMap<>();
        prediction.getOutputScores().forEach((name, label) -> scores.put(name, label.getScore()));
        return scores.entrySet().stream()
                .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
                .toList();
    }

    private void checkNumbers(List<String> fields, int except) {
        for (int i = 0; i < fields.size(); i++) {
            if (i != except && !NUMBER.matcher(fields.get(i)).matches()) {
                throw new Refusal("Command line: `--row`, column `" + header.get(i)
                        + "`: expected a number, but found `" + fields.get(i) + "`.");
            }
        }
    }
}
