package io.crois.asl.internal;

import io.crois.asl.internal.JsonataNode.Kind;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What an expression refers to that Step Functions does not have. There is no context at the top: data are reached
 * through variables alone, so that a bare name, {@code $} and {@code $$} mean nothing there.
 */
final class JsonataReferences {
    private final Set<String> problems = new LinkedHashSet<>();
    private final Deque<Visit> left = new ArrayDeque<>();
    private final Set<String> missing;

    private JsonataReferences(Set<String> missing) {
        this.missing = missing;
    }

    /**
     * Returns what is wrong, in the order of the text.
     *
     * @param missing the fields that {@code $states} does not have where the expression stands
     * @throws JsonataSyntax if a part is missing or cannot stand where it stands
     */
    static Set<String> problems(JsonataNode expression, Set<String> missing) throws JsonataSyntax {
        JsonataReferences references = new JsonataReferences(missing);
        references.left.push(new Visit(expression, true));
        while (!references.left.isEmpty()) {
            references.look(references.left.pop());
        }
        return references.problems;
    }

    private void look(Visit visit) throws JsonataSyntax {
        JsonataNode node = visit.node();
        if (node.is(Kind.WRONG)) {
            throw new JsonataSyntax(node.text());
        }
        if (visit.isTop()) {
            lookAtTop(node);
        }
        if (isMissing(node)) {
            problems.add("Field '$states." + node.inner().get(0).text() + "' does not exist.");
        }
        later(node.inner(), false);
        later(node.here(), visit.isTop());
    }

    private void lookAtTop(JsonataNode node) {
        if (node.is(Kind.NAME)) {
            problems.add("Reference to '" + node.text() + "' at the top level is not supported.");
        } else if (node.is(Kind.VARIABLE) && node.text().isEmpty()) {
            problems.add("Reference to '$' at the top level is not supported.");
        } else if (node.is(Kind.VARIABLE) && node.text().equals("$")) {
            problems.add("Reference to '$$' is not supported.");
        }
    }

    private boolean isMissing(JsonataNode node) {
        return node.is(Kind.PATH)
                && node.here().size() == 1
                && node.inner().size() == 1
                && is(node.here().get(0), Kind.VARIABLE, "states")
                && node.inner().get(0).is(Kind.NAME)
                && missing.contains(node.inner().get(0).text());
    }

    private static boolean is(JsonataNode node, Kind kind, String text) {
        return node.is(kind) && node.text().equals(text);
    }

    private void later(List<JsonataNode> nodes, boolean isTop) {
        for (int i = nodes.size() - 1; i >= 0; i--) {
            left.push(new Visit(nodes.get(i), isTop));
        }
    }

    private record Visit(JsonataNode node, boolean isTop) {}
}
