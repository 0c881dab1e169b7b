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

    /** Returns one line a problem, in the order of the definition. */
    public List<String> problems() {
        return problems;
    }
}
