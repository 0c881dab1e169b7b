package io.crois.execution;

import io.crois.contract.StartCause;
import io.crois.contract.StartRule;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Finds rules that would start executions for ever. */
final class StartLoops {
    private StartLoops() {}

    /**
     * Returns the workflows of a ring that a new rule would close, from the started one round to the same; empty if
     * there is none.
     */
    static List<String> ring(String started, String after, List<StartRule> rules) {
        Deque<List<String>> ways = new ArrayDeque<>(List.of(List.of(started)));
        Set<String> seen = new TreeSet<>(Set.of(started));
        while (!ways.isEmpty()) {
            List<String> way = ways.remove();
            String last = way.get(way.size() - 1);
            if (last.equals(after)) {
                return longer(way, started);
            }
            for (StartRule rule : rules) {
                if (rule.cause() instanceof StartCause.ExecutionEnded ended
                        && ended.workflow().equals(last)
                        && seen.add(rule.workflow())) {
                    ways.add(longer(way, rule.workflow()));
                }
            }
        }
        return List.of();
    }

    private static List<String> longer(List<String> way, String next) {
        List<String> longer = new ArrayList<>(way);
        longer.add(next);
        return longer;
    }
}
