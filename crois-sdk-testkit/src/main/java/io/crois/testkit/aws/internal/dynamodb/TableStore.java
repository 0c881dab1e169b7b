package io.crois.testkit.aws.internal.dynamodb;

import java.io.Closeable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;

/** All tables, in memory, and in a journal where they are to survive the process. Thread-safe. */
public final class TableStore implements Closeable {

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Table> tables = new TreeMap<>();
    private final @Nullable Journal journal;

    private TableStore(@Nullable Journal journal) {
        this.journal = journal;
    }

    /** Creates a store that lives as long as the process. */
    public static TableStore inMemory() {
        return new TableStore(null);
    }

    /** Creates a store over a journal; other processes may use the same one. */
    public static TableStore over(Journal journal) {
        return new TableStore(journal);
    }

    /** Reads with all that was committed before. */
    public <T> T read(Function<View, T> reading) {
        lock.lock();
        try {
            refresh();
            return reading.apply(new View());
        } finally {
            lock.unlock();
        }
    }

    /** Reads and changes; the changes are committed together when the function returns, and dropped when it throws. */
    public <T> T write(Function<Commit, T> writing) {
        lock.lock();
        try {
            if (journal == null) {
                return commit(writing, null);
            }
            try (Journal.Writing right = journal.lock()) {
                refresh();
                return commit(writing, right);
            }
        } finally {
            lock.unlock();
        }
    }

    private <T> T commit(Function<Commit, T> writing, Journal.@Nullable Writing right) {
        Commit commit = new Commit();
        T result = writing.apply(commit);
        if (right != null && !commit.changes.isEmpty()) {
            right.append(commit.changes);
        }
        commit.changes.forEach(this::apply);
        return result;
    }

    private void refresh() {
        if (journal != null) {
            journal.refresh(this::apply);
        }
    }

    private void apply(Change change) {
        if (change instanceof Change.Put put) {
            table(put.table()).put(put.item());
        } else if (change instanceof Change.Delete delete) {
            table(delete.table()).delete(delete.key());
        } else if (change instanceof Change.Create create) {
            tables.put(create.definition().name(), new Table(create.definition()));
        } else if (change instanceof Change.Drop drop) {
            tables.remove(drop.table());
        }
    }

    private Table table(String name) {
        Table table = tables.get(name);
        if (table == null) {
            String message = "Requested resource not found";
            throw ResourceNotFoundException.builder()
                    .awsErrorDetails(Refusal.details("ResourceNotFoundException", message))
                    .statusCode(400)
                    .requestId("in-memory")
                    .message(message)
                    .build();
        }
        return table;
    }

    @Override
    public void close() {
        if (journal != null) {
            journal.close();
        }
    }

    /** What a reader sees. */
    public class View {

        private View() {}

        /**
         * Returns a table.
         *
         * @throws ResourceNotFoundException if there is none of this name
         */
        public Table table(String name) {
            return TableStore.this.table(name);
        }

        /** Returns the names of all tables, in order. */
        public List<String> names() {
            return List.copyOf(tables.keySet());
        }
    }

    /** What a writer sees and may change; its own changes are not seen before the commit. */
    public final class Commit extends View {

        private final List<Change> changes = new ArrayList<>();

        private Commit() {}

        /** Puts an item. */
        public void put(String table, Map<String, AttributeValue> item) {
            changes.add(new Change.Put(table, item));
        }

        /** Deletes an item. */
        public void delete(String table, Map<String, AttributeValue> key) {
            changes.add(new Change.Delete(table, key));
        }

        /** Creates a table. */
        public void create(TableDefinition definition) {
            changes.add(new Change.Create(definition));
        }

        /** Deletes a table. */
        public void drop(String table) {
            changes.add(new Change.Drop(table));
        }
    }
}
