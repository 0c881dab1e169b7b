package io.crois;

import static org.assertj.core.api.Assertions.assertThat;

import io.crois.workflow.FailureClass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds docs/errors.md to the source: a message or an exception that is not on the page fails the build. */
final class ErrorsPageTest {
    private static final Path SOURCE = Path.of("src/main/java/io/crois");
    private static final Path FUNCTIONS = Path.of("../crois-runtime/src/main/java/io/crois/runtime/lambda");
    private static final Pattern TOLD = Pattern.compile(
            "new (?:CroisException|IllegalArgumentException)\\(|problems\\.add\\(|(?<![A-Za-z] )addUnless\\(");
    private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern EXCEPTION =
            Pattern.compile("public final class (\\w+) extends (?:CroisException|StepFailure|RuntimeException)");
    private static final int SHORTEST = 12;

    @Test
    void every_message_that_a_caller_can_meet_is_on_the_page() throws IOException {
        String page = page();
        List<String> missing = new ArrayList<>();
        for (Path file : sources()) {
            messages(Files.readString(file)).stream()
                    .filter(part -> !page.contains(part))
                    .forEach(part -> missing.add(file.getFileName() + ": " + part));
        }

        assertThat(missing).isEmpty();
    }

    @Test
    void every_exception_of_the_functions_and_every_child_of_ours_is_on_the_page() throws IOException {
        String page = page();
        List<String> names = new ArrayList<>();
        for (Path root : List.of(SOURCE, FUNCTIONS)) {
            for (Path file : javaFiles(root)) {
                Matcher exception = EXCEPTION.matcher(Files.readString(file));
                if (exception.find()) {
                    names.add(exception.group(1));
                }
            }
        }

        assertThat(names).hasSizeGreaterThan(FailureClass.values().length).contains("OutOfMemory", "Reused");
        assertThat(names).allSatisfy(name -> assertThat(page).contains("`" + name + "`"));
    }

    @Test
    void the_longest_fixed_part_of_a_message_is_what_is_looked_for() {
        String code = "throw new CroisException(\"Step `\" + name + \"` has no image. \"\n + \"Set one.\");";

        assertThat(messages(code)).containsExactly("` has no image. Set one.");
    }

    private static String page() throws IOException {
        return Files.readString(Path.of("../docs/errors.md"));
    }

    private static List<Path> sources() throws IOException {
        List<Path> files = new ArrayList<>(List.of(SOURCE.resolve("Crois.java")));
        for (String feature : List.of("workflow", "execution", "export", "platform", "project", "render")) {
            files.addAll(javaFiles(SOURCE.resolve(feature)));
        }
        return files;
    }

    private static List<Path> javaFiles(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .toList();
        }
    }

    /** Returns the longest part between values of each message that is written at a throw. */
    private static List<String> messages(String code) {
        List<String> messages = new ArrayList<>();
        Matcher told = TOLD.matcher(code);
        while (told.find()) {
            parts(code.substring(told.end(), end(code, told.end()))).stream()
                    .max(Comparator.comparing(String::length))
                    .filter(part -> part.length() >= SHORTEST)
                    .ifPresent(messages::add);
        }
        return messages;
    }

    /** Joins literals that nothing but a plus and white space parts; a line break within one ends a part. */
    private static List<String> parts(String arguments) {
        List<String> parts = new ArrayList<>();
        Matcher literal = LITERAL.matcher(arguments);
        int last = -1;
        while (literal.find()) {
            boolean joined = last >= 0
                    && arguments
                            .substring(last, literal.start())
                            .replaceAll("[\\s+]", "")
                            .isEmpty();
            String text = literal.group(1).replace("\\\"", "\"");
            if (joined) {
                parts.set(parts.size() - 1, parts.get(parts.size() - 1) + text);
            } else {
                parts.add(text);
            }
            last = literal.end();
        }
        return parts.stream()
                .flatMap(part -> Stream.of(part.split("\\\\n")))
                .map(part -> part.strip().replaceAll("^[:,] *|:$", ""))
                .toList();
    }

    private static int end(String code, int from) {
        int depth = 1;
        boolean quoted = false;
        for (int i = from; i < code.length(); i++) {
            char c = code.charAt(i);
            if (quoted) {
                i += c == '\\' ? 1 : 0;
                quoted = c != '"';
            } else if (c == '"') {
                quoted = true;
            } else if (c == '(' || c == ')') {
                depth += c == '(' ? 1 : -1;
                if (depth == 0) {
                    return i;
                }
            }
        }
        return code.length();
    }
}
