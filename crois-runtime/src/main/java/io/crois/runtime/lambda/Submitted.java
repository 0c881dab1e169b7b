package io.crois.runtime.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import io.crois.contract.ExecutionItem;
import io.crois.contract.ItemKey;
import io.crois.contract.Run;
import io.crois.contract.SubmitTerms;
import io.crois.table.CroisTable;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What executions were submitted with. It never changes, so that a function that stays warm reads it once for the
 * thousands of iterations of an execution. Thread-safe.
 */
final class Submitted {
    private static final int MOST_KEPT = 16;

    private final CroisTable table;
    private final Map<String, With> kept = new LinkedHashMap<>(MOST_KEPT, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, With> eldest) {
            return size() > MOST_KEPT;
        }
    };

    Submitted(CroisTable table) {
        this.table = table;
    }

    /** The arguments and terms of one execution. */
    record With(Map<String, JsonNode> arguments, SubmitTerms terms) {}

    /**
     * Returns what an execution was submitted with.
     *
     * @throws MissingValue if the execution is not in the table
     */
    With of(Run run) {
        ItemKey key = ItemKey.execution(run);
        synchronized (kept) {
            With known = kept.get(key.pk());
            if (known != null) {
                return known;
            }
        }
        ExecutionItem item = table.read(key, ExecutionItem.class)
                .orElseThrow(() -> new MissingValue("Execution `" + run.execution() + "` of project `" + run.project()
                        + "` is not in the table. Start executions through Crois, not by hand."));
        With with = new With(item.arguments(), item.otherwise());
        synchronized (kept) {
            kept.put(key.pk(), with);
        }
        return with;
    }
}
