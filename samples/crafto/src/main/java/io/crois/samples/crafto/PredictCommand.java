package io.crois.samples.crafto;

import io.crois.samples.crafto.step.Predictor;
import io.crois.samples.crafto.step.Refusal;
import io.crois.workflow.Artifact;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Predicts the class of a row with the model of a build. */
@Command(
        name = "predict",
        description = "Loads the model of a build and predicts the class of a row.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class PredictCommand implements Callable<Integer> {
    private final Builds.Opener opener;
    private final PrintStream out;

    @Mixin
    private StoreOption store = new StoreOption();

    @Option(
            names = "--row",
            required = true,
            paramLabel = "<values>",
            description = "Values in the order of the dataset's columns, divided by commas; without the target column")
    private String row = "";

    @Option(
            names = "--execution",
            paramLabel = "<execution>",
            description = "Build whose model is asked, default the latest that succeeded")
    private @Nullable String execution;

    PredictCommand(Builds.Opener opener, PrintStream out) {
        this.opener = opener;
        this.out = out;
    }

    @Override
    public Integer call() throws IOException {
        try (Builds builds = opener.open(store.folder())) {
            Build build = execution == null ? builds.latestGood() : builds.get(execution);
            List<Map.Entry<String, Double>> classes = predictor(build).predict(row);
            out.println("Prediction: " + classes.get(0).getKey() + " (build `" + build.id() + "`)");
            classes.forEach(one -> out.println("  " + Evaluation.share(one.getValue()) + "  " + one.getKey()));
            return 0;
        }
    }

    private static Predictor predictor(Build build) throws IOException {
        Path folder = Files.createTempDirectory("crafto");
        Path model = folder.resolve("model");
        Path rows = folder.resolve("rows");
        try {
            copy(build, ModelBuilding.MODEL, model);
            copy(build, ModelBuilding.TEST, rows);
            return Predictor.load(
                    model, firstLine(rows), build.argument(ModelBuilding.TARGET).asText());
        } finally {
            Files.deleteIfExists(model);
            Files.deleteIfExists(rows);
            Files.delete(folder);
        }
    }

    private static void copy(Build build, Artifact artifact, Path file) throws IOException {
        if (!build.copy(artifact, file)) {
            throw new Refusal("Build `" + build.id() + "` left no `" + artifact.name() + "`: it is " + build.status()
                    + ". Name another one with `--execution`.");
        }
    }

    private static String firstLine(Path file) throws IOException {
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            String line = reader.readLine();
            return line == null ? "" : line;
        }
    }
}
