package io.crois.runtime.lambda;

import io.crois.workflow.CroisException;

/** A value is of another type than its use needs; Step Functions shows the name of this class. */
public final class WrongValue extends CroisException {
    private static final long serialVersionUID = 1L;

    WrongValue(String message) {
        super(message);
    }
}
