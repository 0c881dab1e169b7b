package io.crois.runtime.lambda;

import io.crois.workflow.CroisException;

/** Deployment did not register what a state machine refers to; Step Functions shows the name of this class. */
public final class NotDeployed extends CroisException {
    private static final long serialVersionUID = 1L;

    NotDeployed(String message) {
        super(message);
    }
}
