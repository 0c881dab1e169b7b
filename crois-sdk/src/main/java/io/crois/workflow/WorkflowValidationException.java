package io.crois.workflow;

import java.util.List;

/** A workflow or its arguments cannot be used as written. Lists every problem, each with its place and a repair. */
public final class WorkflowValidationException extends CroisException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    WorkflowValidationException(String subject, List<String> problems) {
        super(subject + " has " + (problems.size() == 1 ? "1 problem" : problems.size() + " problems") + ".\n  "
                + String.join("\n  ", problems));
        this.problems = List.copyOf(problems);
    }

    /**
     * Returns one line a problem. First what is wrong with parameters and with elements looked at alone (names, sizes,
     * limits), in the order of the definition; then what is wrong with references, in the order of execution. Problems
     * of arguments: first the unknown ones, then the rest in the order of the workflow's parameters.
     */
    public List<String> problems() {
        return problems;
    }
}
