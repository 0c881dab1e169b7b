package io.crois.asl;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The recorded cases, where they lie beside the project or {@code -Dasl.cases} names the file. */
final class RecordedCases {
    private RecordedCases() {}

    static List<JsonNode> of(String kind) throws IOException {
        return all().stream()
                .filter(recorded -> recorded.path("kind").asText().equals(kind))
                .toList();
    }

    static List<JsonNode> all() throws IOException {
        Path file = file();
        assumeTrue(Files.exists(file), "The recorded cases are not there: `" + file + "`.");
        try (var lines = Files.lines(file)) {
            return lines.map(AslReader::read).toList();
        }
    }

    private static Path file() {
        Path relative = Path.of("shared", "asl-conformance", "cases.jsonl");
        String named = System.getProperty("asl.cases");
        if (named != null) {
            return Path.of(named);
        }
        Path folder = Path.of("").toAbsolutePath();
        while (folder != null && !Files.exists(folder.resolve(relative))) {
            folder = folder.getParent();
        }
        return folder == null ? relative : folder.resolve(relative);
    }
}
