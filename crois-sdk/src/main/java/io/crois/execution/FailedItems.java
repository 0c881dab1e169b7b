package io.crois.execution;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.crois.contract.Run;
import io.crois.contract.StepStatus;
import io.crois.table.CroisTable;
import io.crois.table.ForEachItems;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads which items of a forEach have failed. */
final class FailedItems {
    private final CroisTable table;
    private final Run run;

    FailedItems(CroisTable table, Run run) {
        this.table = table;
        this.run = run;
    }

    List<FailedItem> of(String forEach) {
        Map<Integer, StepAttempt> failures = failures(forEach + "[");
        int name = forEach.lastIndexOf('/') + 1;
        Run outer = new Run(run.project(), run.execution(), forEach.substring(0, name));
        Map<Integer, JsonNode> items =
                ForEachItems.of(table, outer, forEach.substring(name)).readAll(failures.keySet());
        List<FailedItem> failed = new ArrayList<>();
        failures.forEach((index, failure) ->
                failed.add(new FailedItem(index, items.getOrDefault(index, MissingNode.getInstance()), failure)));
        return List.copyOf(failed);
    }

    private Map<Integer, StepAttempt> failures(String start) {
        Map<Integer, StepAttempt> failures = new TreeMap<>();
        for (StepAttempt attempt : new Attempts(table, run).latest()) {
            if (attempt.status() == StepStatus.FAILED && attempt.step().startsWith(start)) {
                String index =
                        attempt.step().substring(start.length(), attempt.step().indexOf(']', start.length()));
                failures.putIfAbsent(Integer.valueOf(index), attempt);
            }
        }
        return failures;
    }
}
