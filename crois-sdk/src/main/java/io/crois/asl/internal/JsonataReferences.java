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
    private final boolean hasErrorOutput;

    private JsonataReferences(boolean hasErrorOutput) {
        this.hasErrorOutput = hasErrorOutput;
    }

    /**
     * Returns what is wrong, in the order of the text.
     *
     * @param hasErrorOutput whether the expression belongs to a catcher
     * @throws JsonataSyntax if a part is missing or cannot stand where it stands
     */
    static Set<String> problems(JsonataNode expression, boolean hasErrorOutput) throws JsonataSyntax {
        JsonataReferences references = new JsonataReferences(hasErrorOutput);
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
        if (!hasErrorOutput && isErrorOutput(node)) {
            problems.add("Field '$states.errorOutput' does not exist.");
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

    private static boolean isErrorOutput(JsonataNode node) {
        return node.is(Kind.PATH)
                && node.here().size() == 1
                && node.inner().size() == 1
                && is(node.here().get(0), Kind.VARIABLE, "states")
                && is(node.inner().get(0), Kind.NAME, "errorOutput");
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
