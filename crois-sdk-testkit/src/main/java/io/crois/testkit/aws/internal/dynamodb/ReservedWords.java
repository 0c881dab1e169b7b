package io.crois.testkit.aws.internal.dynamodb;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Set;

/** The words that may not stand as attribute names in expressions ("Reserved words in DynamoDB", developer guide). */
final class ReservedWords {

    private static final Set<String> WORDS = read();

    private ReservedWords() {}

    static boolean contains(String upperCaseWord) {
        return WORDS.contains(upperCaseWord);
    }

    private static Set<String> read() {
        try (InputStream words =
                Objects.requireNonNull(ReservedWords.class.getResourceAsStream("reserved-words.txt"))) {
            return Set.of(new String(words.readAllBytes(), StandardCharsets.US_ASCII)
                    .trim()
                    .split("\\s+"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
