package io.crois.testkit.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.crois.testkit.aws.internal.dynamodb.Journal;
import io.crois.testkit.aws.internal.dynamodb.TableDefinition;
import io.crois.testkit.aws.internal.dynamodb.TableStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

final class JournalTest {

    @TempDir
    private Path folder;

    @Test
    void what_was_committed_is_there_for_the_next_process() {
        try (TableStore first = open()) {
            create(first);
            first.write(commit -> put(commit, "a", 1));
        }

        try (TableStore second = open()) {
            assertThat(read(second, "a")).isEqualTo(1);
        }
    }

    @Test
    void two_processes_see_what_the_other_commits() {
        try (TableStore first = open();
                TableStore second = open()) {
            create(first);

            first.write(commit -> put(commit, "a", 1));
            second.write(commit -> put(commit, "a", 2));

            assertThat(read(first, "a")).isEqualTo(2);
        }
    }

    @Test
    void a_line_without_its_end_is_not_read_and_is_cut_by_the_next_writer() throws IOException {
        try (TableStore store = open()) {
            create(store);
            store.write(commit -> put(commit, "a", 1));
        }
        Path journal = folder.resolve("tables.jsonl");
        Files.writeString(journal, "[{\"put\":\"things\",\"item\":{\"pk\":{\"S\":\"b", StandardOpenOption.APPEND);

        try (TableStore store = open()) {
            assertThat(read(store, "a")).isEqualTo(1);
            store.write(commit -> put(commit, "a", 2));
        }

        try (TableStore store = open()) {
            assertThat(read(store, "a")).isEqualTo(2);
        }
        assertThat(Files.readAllLines(journal)).hasSize(3).allMatch(line -> line.endsWith("]"));
    }

    @Test
    void killed_writers_leave_whole_commits_and_lose_none() throws Exception {
        try (TableStore store = open()) {
            create(store);
        }
        for (int round = 0; round < 5; round++) {
            Process writer = start("killed-" + round);
            long acknowledged = 0;
            try (var lines = writer.inputReader(StandardCharsets.US_ASCII)) {
                while (acknowledged < 20 + round * 7L) {
                    acknowledged = Long.parseLong(lines.readLine());
                }
                writer.destroyForcibly().waitFor();
            }
            try (TableStore store = open()) {
                long left = read(store, "left-killed-" + round);
                assertThat(left).isEqualTo(read(store, "right-killed-" + round)).isGreaterThanOrEqualTo(acknowledged);
            }
        }
    }

    @Test
    void processes_that_count_together_lose_no_count() throws Exception {
        try (TableStore store = open()) {
            create(store);
        }
        List<Process> writers =
                IntStream.range(0, 2).mapToObj(i -> start("shared")).toList();
        for (Process writer : writers) {
            try (var lines = writer.inputReader(StandardCharsets.US_ASCII)) {
                for (int i = 0; i < 100; i++) {
                    lines.readLine();
                }
            }
        }
        for (Process writer : writers) {
            writer.destroyForcibly().waitFor();
        }

        try (TableStore store = open()) {
            long count = read(store, "left-shared");
            assertThat(count).isEqualTo(read(store, "right-shared")).isGreaterThanOrEqualTo(200);
        }
    }

    private Process start(String name) {
        try {
            return new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            Counter.class.getName(),
                            folder.toString(),
                            name)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private TableStore open() {
        return TableStore.over(Journal.open(folder, "tables"));
    }

    private static void create(TableStore store) {
        store.write(commit -> {
            commit.create(new TableDefinition("things", "pk", "S", null, null, 0));
            return true;
        });
    }

    private static boolean put(TableStore.Commit commit, String key, long count) {
        commit.put(
                "things",
                Map.of("pk", AttributeValue.fromS(key), "count", AttributeValue.fromN(String.valueOf(count))));
        return true;
    }

    private static long read(TableStore store, String key) {
        return store.read(view -> count(view, key));
    }

    private static long count(TableStore.View view, String key) {
        Map<String, AttributeValue> item = view.table("things").get(Map.of("pk", AttributeValue.fromS(key)));
        return item == null ? 0 : Long.parseLong(item.get("count").n());
    }

    /** Counts two items up together until it is killed, and prints each count after its commit. */
    static final class Counter {

        private Counter() {}

        public static void main(String[] args) {
            TableStore store = TableStore.over(Journal.open(Path.of(args[0]), "tables"));
            while (!System.out.checkError()) {
                long count = store.write(commit -> {
                    long next = count(commit, "left-" + args[1]) + 1;
                    put(commit, "left-" + args[1], next);
                    put(commit, "right-" + args[1], next);
                    return next;
                });
                System.out.println(count);
                System.out.flush();
            }
        }
    }
}
