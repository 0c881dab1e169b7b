package io.crois.samples.crafto.step;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.tribuo.Example;
import org.tribuo.Model;
import org.tribuo.Trainer;
import org.tribuo.classification.Label;
import org.tribuo.classification.dtree.CARTClassificationTrainer;
import org.tribuo.classification.ensemble.VotingCombiner;
import org.tribuo.common.tree.ExtraTreesTrainer;
import org.tribuo.common.tree.RandomForestTrainer;

/**
 * Trains one candidate: {@code --target}, {@code --algorithm} ({@code random-forest} or {@code extra-trees}),
 * {@code --trees} (1–1000), {@code --depth} (1–64), {@code --features} (share looked at by each split, 0.01–1, in a
 * random forest up to 0.99), {@code --seed}.
 *
 * <p>Its score is the accuracy on a fifth of the training rows that a first model has not seen; the model that is
 * stored learns from all of them. The test rows stay untouched until the best candidate is known.
 */
final class Train implements Step {
    private static final int FOLDS = 5;

    @Override
    public void run(StepContext context) throws Exception {
        Options options = context.options();
        CsvTable table = CsvTable.read(context.input("train.csv"), "train.csv");
        List<Example<Label>> examples =
                new ArrayList<>(Examples.of(table, options.text("target")).all());
        Collections.shuffle(examples, new Random(options.wholeNumber("seed", 0, Integer.MAX_VALUE)));
        int held = Math.max(1, examples.size() / FOLDS);
        Model<Label> first = train(options, examples.subList(held, examples.size()));
        double score = Scores.accuracy(first, examples.subList(0, held));
        context.metric("validation-accuracy", score);
        context.progress(1, 2, "scored");
        train(options, examples).serializeToFile(context.output("candidate"));
        StepContext.JSON.writeValue(context.output("score").toFile(), Map.of("accuracy", score));
        context.report(Map.<String, Object>of("validation-accuracy", score));
        context.progress(2, 2, "trained");
    }

    private static Model<Label> train(Options options, List<Example<Label>> examples) {
        return trainer(options).train(Examples.dataset(examples));
    }

    private static Trainer<Label> trainer(Options options) {
        int seed = options.wholeNumber("seed", 0, Integer.MAX_VALUE);
        int trees = options.wholeNumber("trees", 1, 1000);
        int depth = options.wholeNumber("depth", 1, 64);
        VotingCombiner votes = new VotingCombiner();
        return switch (options.text("algorithm")) {
            case "random-forest" ->
                new RandomForestTrainer<>(
                        new CARTClassificationTrainer(depth, features(options, 0.99), false, seed), votes, trees, seed);
            case "extra-trees" ->
                new ExtraTreesTrainer<>(
                        new CARTClassificationTrainer(depth, features(options, 1), true, seed), votes, trees, seed);
            default ->
                throw new Refusal("Command line: `--algorithm` must be `random-forest` or `extra-trees`, but was `"
                        + options.text("algorithm") + "`.");
        };
    }

    private static float features(Options options, double most) {
        return (float) options.numberBetween("features", 0.01, most);
    }
}
