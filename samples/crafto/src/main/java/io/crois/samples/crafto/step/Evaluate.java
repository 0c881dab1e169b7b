package io.crois.samples.crafto.step;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.tribuo.Example;
import org.tribuo.Model;
import org.tribuo.classification.Label;

/**
 * Measures the picked model on the test rows and writes {@code evaluation.json}: {@code --target}, {@code --seed},
 * {@code --min-accuracy} (0–1), from which on the model is good enough.
 */
final class Evaluate implements Step {
    @Override
    public void run(StepContext context) throws IOException {
        Model<Label> model = Scores.load(context.input("model"));
        Examples rows = Examples.of(
                CsvTable.read(context.input("test.csv"), "test.csv"),
                context.options().text("target"));
        List<Example<Label>> examples = rows.all();
        double accuracy = Scores.accuracy(model, examples);
        double least = context.options().numberBetween("min-accuracy", 0, 1);
        context.metric("accuracy", accuracy);
        context.progress(1, 2, "scored");
        int seed = context.options().wholeNumber("seed", 0, Integer.MAX_VALUE);
        Map<String, Object> evaluation = new LinkedHashMap<>();
        evaluation.put("accuracy", accuracy);
        evaluation.put("rows", examples.size());
        putClasses(evaluation, model, examples);
        evaluation.put("importance", Scores.importance(model, examples, rows.features(), seed));
        StepContext.JSON
                .writerWithDefaultPrettyPrinter()
                .writeValue(context.output("evaluation.json").toFile(), evaluation);
        context.report(Map.<String, Object>of("accuracy", accuracy, "good-enough", accuracy >= least));
        context.progress(2, 2, "features ranked");
    }

    private static void putClasses(Map<String, Object> evaluation, Model<Label> model, List<Example<Label>> examples) {
        Stream<String> known = model.getOutputIDInfo().getDomain().stream().map(Label::getLabel);
        Stream<String> found =
                examples.stream().map(example -> example.getOutput().getLabel());
        List<String> classes = Stream.concat(known, found).distinct().sorted().toList();
        int[][] confusion = Scores.confusion(model, examples, classes);
        evaluation.put("classes", classes);
        evaluation.put("confusion", confusion);
        evaluation.put("perClass", Scores.perClass(confusion, classes));
    }
}
