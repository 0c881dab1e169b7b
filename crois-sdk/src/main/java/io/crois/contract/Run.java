package io.crois.contract;

/**
 * Where a piece of work belongs: the only thing that travels from state to state.
 *
 * @param project the project's name
 * @param execution the name of the root execution, also inside the child executions of a Distributed Map
 * @param scope empty at the top; {@code <forEach>[<index>]/} is added by each iteration
 */
public record Run(String project, String execution, String scope) {

    /** Returns a run at the top of an execution. */
    public static Run of(String project, String execution) {
        return new Run(project, execution, "");
    }

    /** Returns this run inside one iteration of a forEach. */
    public Run iteration(String forEach, int index) {
        return new Run(project, execution, scope + forEach + "[" + index + "]/");
    }

    /**
     * Returns the scope of an enclosing level.
     *
     * @param depth how many forEach blocks stand round the level; 0 is the top
     * @throws IllegalArgumentException if this run is not that deep
     */
    public String scopeAt(int depth) {
        int end = 0;
        for (int level = 0; level < depth; level++) {
            end = scope.indexOf('/', end) + 1;
            if (end == 0) {
                throw new IllegalArgumentException("Scope `" + scope + "` has fewer than " + depth + " levels.");
            }
        }
        return scope.substring(0, end);
    }

    /**
     * Returns the index of the current iteration of an enclosing forEach.
     *
     * @throws IllegalArgumentException if this run is not inside that forEach
     */
    public int indexOf(String forEach) {
        for (String segment : scope.split("/")) {
            if (segment.startsWith(forEach + "[")) {
                return Integer.parseInt(segment.substring(forEach.length() + 1, segment.length() - 1));
            }
        }
        throw new IllegalArgumentException("Scope `" + scope + "` is not inside forEach `" + forEach + "`.");
    }

    /** Returns the scope up to and including the current iteration of an enclosing forEach. */
    public String scopeOf(String forEach) {
        String segment = forEach + "[" + indexOf(forEach) + "]/";
        return scope.substring(0, scope.indexOf(segment) + segment.length());
    }
}
