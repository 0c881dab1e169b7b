package io.crois.runtime.lambda;

import io.crois.workflow.CroisException;

/** Something that a step, a forEach or a choice needs is not there; Step Functions shows the name of this class. */
public final class MissingValue extends CroisException {
    private static final long serialVersionUID = 1L;

    MissingValue(String message) {
        super(message);
    }
}
