package io.crois.samples.crafto;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.crois.samples.crafto.step.Dataset;
import io.crois.workflow.Arguments;
import io.crois.workflow.Parameter;
import io.crois.workflow.Workflow;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Spec;

/** Builds a model. Has an option for each parameter of the workflow. */
@Command(
        name = "build",
        description = "Builds a model and reports on it.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class BuildCommand implements Callable<Integer> {
    /** Steps beside those of the grid. */
    private static final int STEPS_BESIDE = 5;

    private final Builds.Opener opener;
    private final PrintStream out;
    private final PrintStream errors;
    private final Workflow workflow = ModelBuilding.workflow();

    @Mixin
    private StoreOption store = new StoreOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    BuildCommand(Builds.Opener opener, PrintStream out, PrintStream errors) {
        this.opener = opener;
        this.out = out;
        this.errors = errors;
    }

    /** Returns the command with the workflow's parameters as options. */
    CommandSpec options() {
        CommandSpec command = CommandSpec.forAnnotatedObject(this);
        for (Parameter<?> parameter : workflow.parameters()) {
            JsonNode value = parameter.defaultValue();
            String rest = value == null || value.isArray() ? "" : ", default " + value.asText();
            command.addOption(OptionSpec.builder("--" + parameter.name())
                    .type(String.class)
                    .paramLabel("<" + parameter.type().name().toLowerCase(Locale.ROOT) + ">")
                    .description(parameter.description() + rest)
                    .build());
        }
        return command;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path folder = store.folder();
        Arguments arguments = arguments();
        try (Builds builds = opener.open(folder)) {
            Build build = builds.start(arguments);
            out.println("Build `" + build.id() + "` of "
                    + build.argument(ModelBuilding.SOURCE).asText());
            follow(build);
            return conclude(build);
        }
    }

    private Arguments arguments() throws IOException {
        Map<String, String> texts = new LinkedHashMap<>();
        for (Parameter<?> parameter : workflow.parameters()) {
            String text =
                    spec.commandLine().getParseResult().matchedOptionValue("--" + parameter.name(), (String) null);
            if (text != null) {
                texts.put(parameter.name(), text);
            }
        }
        texts.putIfAbsent("source", BundledDataset.file().toString());
        Map<String, JsonNode> checked = Arguments.ofText(texts).check(workflow);
        Grid.check(checked.getOrDefault(ModelBuilding.GRID.name(), NullNode.instance));
        texts.put(
                "source",
                source(
                        texts.getOrDefault("source", ""),
                        checked.getOrDefault(ModelBuilding.TARGET.name(), NullNode.instance)));
        return Arguments.ofText(texts);
    }

    /**
     * Returns the place of the dataset as every step finds it, since steps have directories of their own. A file is
     * checked here already: what can be repaired is told before anything runs.
     */
    private static String source(String source, JsonNode target) throws IOException {
        if (source.toLowerCase(Locale.ROOT).matches("https?://.*")) {
            return source;
        }
        Path file = Path.of(source);
        Dataset.check(file, source, target.asText());
        return file.toAbsolutePath().normalize().toString();
    }

    private void follow(Build build) throws InterruptedException {
        int candidates = build.argument(ModelBuilding.GRID).size();
        boolean terminal = System.console() != null;
        try (Progress progress = terminal ? new BarProgress(out, candidates + STEPS_BESIDE) : new LineProgress(out)) {
            build.await(progress);
        }
    }

    private int conclude(Build build) throws IOException {
        BuildFiles files = BuildFiles.of(store.folder(), build);
        files.collect();
        files.evaluation().ifPresent(evaluation -> out.print(files.summary(evaluation)));
        out.println("Report: " + files.writeReport());
        if (build.failure().isPresent()) {
            errors.println(build.failure().get());
            return Complaints.FAILED;
        }
        out.println("Model: " + files.model());
        return 0;
    }
}
