package io.crois.samples.crafto.step;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.tribuo.Example;
import org.tribuo.Feature;
import org.tribuo.Model;
import org.tribuo.classification.Label;
import org.tribuo.impl.ArrayExample;

/** Measures a model on rows whose classes are known. */
public final class Scores {
    private Scores() {}

    /** Loads a model that a build stored. */
    public static Model<Label> load(Path file) throws IOException {
        return Model.deserializeFromFile(file).castModel(Label.class);
    }

    /** The share of rows whose class the model predicts, 0–1. */
    public static double accuracy(Model<Label> model, List<Example<Label>> examples) {
        long right = examples.stream()
                .filter(example ->
                        predict(model, example).equals(example.getOutput().getLabel()))
                .count();
        return (double) right / examples.size();
    }

    /** Rows are the true classes, columns the predicted ones, both in the order of {@code classes}. */
    static int[][] confusion(Model<Label> model, List<Example<Label>> examples, List<String> classes) {
        int[][] counts = new int[classes.size()][classes.size()];
        for (Example<Label> example : examples) {
            counts[classes.indexOf(example.getOutput().getLabel())][classes.indexOf(predict(model, example))]++;
        }
        return counts;
    }

    /** How much accuracy is lost when a feature's values are shuffled among the rows, by feature. */
    static Map<String, Double> importance(
            Model<Label> model, List<Example<Label>> examples, List<String> features, long seed) {
        double base = accuracy(model, examples);
        Map<String, Double> importance = new LinkedHashMap<>();
        for (String feature : features) {
            List<Example<Label>> shuffled = shuffle(examples, feature, new Random(seed));
            importance.put(feature, base - accuracy(model, shuffled));
        }
        return importance;
    }

    static String predict(Model<Label> model, Example<Label> example) {
        return model.predict(example).getOutput().getLabel();
    }

    private static List<Example<Label>> shuffle(List<Example<Label>> examples, String feature, Random random) {
        List<Double> values = new ArrayList<>();
        examples.forEach(example -> values.add(example.lookup(feature).getValue()));
        Collections.shuffle(values, random);
        List<Example<Label>> shuffled = new ArrayList<>();
        for (int i = 0; i < examples.size(); i++) {
            ArrayExample<Label> copy = new ArrayExample<>(examples.get(i));
            copy.set(new Feature(feature, values.get(i)));
            shuffled.add(copy);
        }
        return shuffled;
    }

    /** Precision, recall, F1 and support of each class; 0 where nothing is to be divided by. */
    static Map<String, Map<String, Double>> perClass(int[][] confusion, List<String> classes) {
        Map<String, Map<String, Double>> scores = new LinkedHashMap<>();
        for (int i = 0; i < classes.size(); i++) {
            int index = i;
            double right = confusion[i][i];
            double truth = Arrays.stream(confusion[i]).sum();
            double predicted =
                    Arrays.stream(confusion).mapToInt(row -> row[index]).sum();
            Map<String, Double> one = new LinkedHashMap<>();
            one.put("precision", share(right, predicted));
            one.put("recall", share(right, truth));
            one.put("f1", share(2 * right, truth + predicted));
            one.put("support", truth);
            scores.put(classes.get(i), one);
        }
        return scores;
    }

    private static double share(double part, double whole) {
        return whole == 0 ? 0 : part / whole;
    }
}
