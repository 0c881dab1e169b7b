package io.crois.samples.crafto;

import com.fasterxml.jackson.databind.JsonNode;
import io.crois.render.Section;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.StreamSupport;

/**
 * What a build found out about its model, as its steps left it.
 *
 * @param grid the candidates
 * @param scores the validation accuracy of each candidate
 * @param evaluation what {@code evaluation.json} holds
 */
record Evaluation(JsonNode grid, JsonNode scores, JsonNode evaluation) {
    double accuracy() {
        return evaluation.path("accuracy").asDouble();
    }

    /** The number of the candidate with the best score, the first of equals. */
    int best() {
        int best = 0;
        for (int i = 1; i < scores.size(); i++) {
            best = scores.get(i).asDouble() > scores.get(best).asDouble() ? i : best;
        }
        return best;
    }

    Section.Table candidates() {
        List<List<String>> rows = new ArrayList<>();
        for (int i = 0; i < grid.size(); i++) {
            JsonNode candidate = grid.get(i);
            rows.add(List.of(
                    Integer.toString(i),
                    candidate.path("algorithm").asText(),
                    candidate.path("trees").asText(),
                    candidate.path("depth").asText(),
                    candidate.path("features").asText(),
                    share(scores.path(i).asDouble())));
        }
        return new Section.Table(
                "Candidates",
                List.of("candidate", "algorithm", "trees", "depth", "features", "validation accuracy"),
                rows,
                best());
    }

    Section.Table classes() {
        List<List<String>> rows = new ArrayList<>();
        evaluation.path("perClass").properties().forEach(entry -> {
            JsonNode one = entry.getValue();
            rows.add(List.of(
                    entry.getKey(),
                    share(one.path("precision").asDouble()),
                    share(one.path("recall").asDouble()),
                    share(one.path("f1").asDouble()),
                    Long.toString(one.path("support").asLong())));
        });
        return new Section.Table("Scores by class", List.of("class", "precision", "recall", "F1", "rows"), rows);
    }

    Section.Confusion confusion() {
        List<List<Long>> counts = elements(evaluation.path("confusion")).stream()
                .map(row -> elements(row).stream().map(JsonNode::asLong).toList())
                .toList();
        List<String> classes = elements(evaluation.path("classes")).stream()
                .map(JsonNode::asText)
                .toList();
        return new Section.Confusion("Confusion matrix", classes, counts);
    }

    /** Features by the accuracy that is lost when their values are shuffled, the most important first. */
    Section.Bars importance() {
        Map<String, Double> sorted = new LinkedHashMap<>();
        evaluation.path("importance").properties().stream()
                .sorted(Comparator.comparing(entry -> -entry.getValue().asDouble()))
                .forEach(entry -> sorted.put(entry.getKey(), entry.getValue().asDouble()));
        return new Section.Bars("Feature importance: accuracy lost when shuffled", sorted);
    }

    static String share(double value) {
        return String.format(Locale.ROOT, "%.4f", value);
    }

    private static List<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }
}
