package io.crois.samples.crafto;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crois.render.Diagram;
import io.crois.render.Report;
import io.crois.render.Section;
import io.crois.render.Timeline;
import io.crois.workflow.Artifact;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The files of a build that a person may want, in the folder {@code builds/<execution>} of the store. */
final class BuildFiles {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<Artifact> WANTED = List.of(
            ModelBuilding.MODEL,
            ModelBuilding.TEST,
            ModelBuilding.SCORES,
            ModelBuilding.EVALUATION,
            ModelBuilding.SIGNATURE);

    private final Path folder;
    private final Build build;

    private BuildFiles(Path folder, Build build) {
        this.folder = folder;
        this.build = build;
    }

    static BuildFiles of(Path store, Build build) {
        return new BuildFiles(store.resolve("builds").resolve(build.id()), build);
    }

    /** Copies what the steps left, as far as they came. */
    void collect() throws IOException {
        Files.createDirectories(folder);
        for (Artifact artifact : WANTED) {
            build.copy(artifact, folder.resolve(artifact.name()));
        }
    }

    Path model() {
        return folder.resolve(ModelBuilding.MODEL.name());
    }

    /** What was found out about the model; empty if the build did not come so far. */
    Optional<Evaluation> evaluation() throws IOException {
        Path scores = folder.resolve(ModelBuilding.SCORES.name());
        Path evaluation = folder.resolve(ModelBuilding.EVALUATION.name());
        if (!Files.exists(scores) || !Files.exists(evaluation)) {
            return Optional.empty();
        }
        JsonNode grid = build.argument(ModelBuilding.GRID);
        return Optional.of(new Evaluation(grid, JSON.readTree(scores.toFile()), JSON.readTree(evaluation.toFile())));
    }

    /** Returns the scores as tables for a terminal. */
    String summary(Evaluation evaluation) {
        return "\n" + table(evaluation.candidates()) + "\n" + table(evaluation.classes()) + "\n" + accuracy(evaluation)
                + "\n";
    }

    private static String accuracy(Evaluation evaluation) {
        return "Candidate " + evaluation.best() + " is the best. Its accuracy on the test rows is "
                + Evaluation.share(evaluation.accuracy()) + ".";
    }

    private static String table(Section.Table table) {
        return new TextTable(table.header(), table.rows()).format();
    }

    /** Writes the report and returns where it is. */
    Path writeReport() throws IOException {
        Timeline timeline = build.timeline();
        Report.Builder report = Report.builder()
                .title("Model build " + build.id())
                .timeline(timeline)
                .diagram(Diagram.of(ModelBuilding.workflow(), timeline));
        Optional<Evaluation> found = evaluation();
        String outcome = build.failure().map(reason -> "Failed. " + reason).orElse("Succeeded.");
        report.summary(outcome + found.map(e -> "\n\n" + accuracy(e)).orElse(""));
        found.ifPresent(evaluation -> report.addSection(evaluation.candidates())
                .addSection(evaluation.classes())
                .addSection(evaluation.confusion())
                .addSection(evaluation.importance()));
        report.addSection(arguments());
        return Files.writeString(folder.resolve("report.html"), report.build().toHtml());
    }

    private Section arguments() {
        List<List<String>> rows = build.arguments().entrySet().stream()
                .filter(argument -> !argument.getValue().isContainerNode())
                .sorted(Map.Entry.comparingByKey())
                .map(argument -> List.of(argument.getKey(), argument.getValue().asText()))
                .toList();
        return new Section.Table("Parameters", List.of("parameter", "value"), rows);
    }
}
