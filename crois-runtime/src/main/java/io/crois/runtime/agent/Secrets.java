package io.crois.runtime.agent;

import io.crois.contract.AgentExit;
import io.crois.contract.SecretUse;
import io.crois.contract.TaskOrder;
import io.crois.runtime.agent.aws.SecretSource;
import io.crois.runtime.agent.aws.ServiceFailure;
import io.crois.workflow.FailureClass;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The secrets of one attempt: fetched anew, given to the command, never shown. */
final class Secrets {
    private final Map<String, String> variables = new HashMap<>();
    private final List<String> values = new ArrayList<>();

    private Secrets() {}

    static Secrets fetch(SecretSource source, TaskOrder order, Workspace workspace) throws IOException {
        Secrets secrets = new Secrets();
        for (SecretUse use : order.secrets()) {
            String value = secrets.fetch(source, use.secretId(order.run().project()));
            if (use.variable() != null) {
                secrets.variables.put(use.variable(), value);
            }
            if (use.file() != null) {
                workspace.writeSecret(use.file(), value);
            }
        }
        return secrets;
    }

    /** Returns the environment variables that hold secrets. */
    Map<String, String> variables() {
        return variables;
    }

    /** Takes another value out of what the command prints. */
    void hide(String value) {
        values.add(value);
    }

    /** Returns all values in every form they may be printed in, to be taken out of what the command prints. */
    List<String> values() {
        Set<String> forms = new LinkedHashSet<>();
        for (String value : values) {
            forms.addAll(SecretForms.of(value));
        }
        return List.copyOf(forms);
    }

    @Override
    public String toString() {
        return "Secrets[" + values.size() + "]";
    }

    private String fetch(SecretSource source, String id) {
        try {
            Optional<String> value = source.text(id);
            if (value.isEmpty()) {
                throw failure(FailureClass.ACCESS_DENIED, id, "it is binary, but only text can be passed on.");
            }
            values.add(value.get());
            return value.get();
        } catch (ServiceFailure e) {
            boolean refused = switch (e.kind()) {
                case ABSENT, DENIED, EXPIRED, REFUSED -> true;
                case EXISTS, THROTTLED, BROKEN, LOCAL -> false;
            };
            throw failure(refused ? FailureClass.ACCESS_DENIED : FailureClass.AGENT_FAULT, id, e.code() + ".");
        }
    }

    private static AgentFailure failure(FailureClass failureClass, String id, String why) {
        return new AgentFailure(
                AgentExit.SECRET_NOT_FETCHED, failureClass, "Secret `" + id + "` could not be fetched: " + why);
    }
}
