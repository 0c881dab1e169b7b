package io.crois.runtime.lambda;

import io.crois.contract.ItemKey;
import io.crois.table.CroisTable;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps the list of projects that have run something; writes each once in the life of a function. Thread-safe. */
final class Projects {
    private final CroisTable table;
    private final Set<String> listed = ConcurrentHashMap.newKeySet();

    Projects(CroisTable table) {
        this.table = table;
    }

    void note(String project) {
        if (!listed.contains(project)) {
            table.put(ItemKey.project(project), project);
            listed.add(project);
        }
    }
}
