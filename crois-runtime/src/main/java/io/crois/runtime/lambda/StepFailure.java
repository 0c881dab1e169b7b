package io.crois.runtime.lambda;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crois.contract.StepDecision;
import io.crois.wire.JsonText;
import io.crois.workflow.CroisException;

/**
 * A step failed for good. Step Functions shows the name of the class as the error, and the message in the cause:
 * {@code {"step": "tune[3]/train", "attempt": 2, "class": "EXIT_CODE", "exitCode": 3, "message": "…"}}.
 */
public abstract class StepFailure extends CroisException {
    private static final long serialVersionUID = 1L;

    StepFailure(String message) {
        super(message);
    }

    static StepFailure of(StepDecision decision) {
        String message = message(decision);
        return switch (decision.failure().failureClass()) {
            case EXIT_CODE -> new ExitCode(message);
            case OUT_OF_MEMORY -> new OutOfMemory(message);
            case TIMED_OUT -> new TimedOut(message);
            case MISSING_OUTPUT -> new MissingOutput(message);
            case SPOT_RECLAIMED -> new SpotReclaimed(message);
            case IMAGE_PULL -> new ImagePull(message);
            case NEVER_SCHEDULED -> new NeverScheduled(message);
            case START_FAILED -> new StartFailed(message);
            case ACCESS_DENIED -> new AccessDenied(message);
            case THROTTLED -> new Throttled(message);
            case AGENT_FAULT -> new AgentFault(message);
            case UNKNOWN -> new UnknownFailure(message);
        };
    }

    private static String message(StepDecision decision) {
        ObjectNode cause = JsonText.object()
                .put("step", decision.run().scope() + decision.step())
                .put("attempt", decision.attempt())
                .put("class", decision.failure().failureClass().name());
        Integer exitCode = decision.exitCode();
        if (exitCode != null) {
            cause.put("exitCode", exitCode);
        }
        return JsonText.text(cause.put("message", decision.failure().message()));
    }
}
