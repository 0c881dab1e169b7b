package io.crois.contract;

import java.time.Instant;
import java.util.List;

/**
 * A deployed version of a workflow; the body of a {@code DEPLOYMENT#<digest>} item, and of {@code DEPLOYMENT} for the
 * version that schedules and rules start.
 *
 * @param stateMachineArn what executions are started on
 * @param digest names the compiled workflow
 * @param definition the Amazon States Language
 * @param steps the step names, in the author's order
 */
public record Deployment(
        String workflow, String stateMachineArn, String digest, String definition, List<String> steps, Instant at) {

    public Deployment {
        steps = List.copyOf(steps);
    }

    /** Returns the number of the state machine's version. */
    public int version() {
        return Integer.parseInt(stateMachineArn.substring(stateMachineArn.lastIndexOf(':') + 1));
    }
}
