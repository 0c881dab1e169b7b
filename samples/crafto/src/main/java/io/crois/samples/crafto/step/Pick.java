package io.crois.samples.crafto.step;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Picks the candidate with the highest score, the first of equals; candidates and scores lie in folders by index.
 * Leaves all scores in {@code scores.json}, a list in the order of the candidates.
 */
final class Pick implements Step {
    @Override
    public void run(StepContext context) throws IOException {
        List<Double> scores = scores(context.input("score"));
        int best = IntStream.range(0, scores.size())
                .reduce((a, b) -> scores.get(b) > scores.get(a) ? b : a)
                .orElseThrow(() -> new Refusal("Folder `score`: expected a score of each candidate, but found none."));
        Files.copy(context.input("candidate").resolve(Integer.toString(best)), context.output("model"));
        StepContext.JSON.writeValue(context.output("scores.json").toFile(), scores);
        context.report(Map.<String, Object>of("best-candidate", best, "best-score", scores.get(best)));
    }

    private static List<Double> scores(Path folder) throws IOException {
        int count;
        try (Stream<Path> files = Files.list(folder)) {
            count = (int) files.count();
        }
        return IntStream.range(0, count)
                .mapToObj(index -> score(folder.resolve(Integer.toString(index))))
                .toList();
    }

    private static double score(Path file) {
        try {
            return StepContext.JSON.readTree(file.toFile()).path("accuracy").asDouble();
        } catch (IOException e) {
            throw new Refusal("File `score/" + file.getFileName() + "`: expected the score of a candidate.");
        }
    }
}
