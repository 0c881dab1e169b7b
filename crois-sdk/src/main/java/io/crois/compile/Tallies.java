package io.crois.compile;

import com.fasterxml.jackson.databind.JsonNode;
import io.crois.compile.Ways.Node;
import io.crois.compile.Ways.Way;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Counts along all the ways through a machine that the facts leave open. */
final class Tallies {
    private final Ways ways;
    private final Node start;
    private final Map<Node, List<Way>> looked = new HashMap<>();
    private final Map<Node, Outcome> onward = new HashMap<>();

    Tallies(JsonNode machine, Facts facts, Place place) {
        this.ways = new Ways(machine.path("States"), facts, place);
        this.start = new Node(machine.path("StartAt").asText(), Set.of());
    }

    /** Returns the outcome of the whole machine. */
    Outcome whole() {
        return onwardFrom(start);
    }

    /** Returns the state on the longest way at which the history passes a limit, or {@code null}. */
    @Nullable
    String passing(long limit) {
        long events = 0;
        Node node = start;
        while (node != null) {
            Way longest = longest(node);
            if (longest == null) {
                return null;
            }
            events += Math.min(limit + 1, longest.taken().events().most());
            if (events > limit) {
                return node.state();
            }
            node = longest.next();
        }
        return null;
    }

    private @Nullable Way longest(Node node) {
        onwardFrom(node);
        Way best = null;
        long most = -1;
        for (Way way : ways(node)) {
            long events = onward(way).anyEnd().events().most();
            if (events > most) {
                best = way;
                most = events;
            }
        }
        return best;
    }

    /** Works with a stack of its own, since chains may be thousands of states long. */
    private Outcome onwardFrom(Node first) {
        Deque<Node> open = new ArrayDeque<>();
        Set<Node> begun = new HashSet<>();
        open.push(first);
        while (!open.isEmpty()) {
            Node node = open.element();
            if (onward.containsKey(node)) {
                open.pop();
            } else if (begun.add(node)) {
                for (Way way : ways(node)) {
                    Node next = way.next();
                    if (next != null && !begun.contains(next)) {
                        open.push(next);
                    }
                }
            } else {
                open.pop();
                onward.put(node, ways(node).stream().map(this::onward).reduce(Outcome.NEVER, Outcome::or));
            }
        }
        return onward.getOrDefault(first, Outcome.NEVER);
    }

    private List<Way> ways(Node node) {
        return looked.computeIfAbsent(node, ways::from);
    }

    /** What is not known yet is a state of a loop in a raw machine: nothing limits it. */
    private Outcome onward(Way way) {
        Node next = way.next();
        if (next != null) {
            return onward.getOrDefault(next, Outcome.ANY).after(way.taken());
        }
        return way.failed() ? Outcome.failing(way.taken()) : Outcome.succeeding(way.taken());
    }
}
