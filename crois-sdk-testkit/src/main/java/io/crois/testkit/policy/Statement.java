package io.crois.testkit.policy;

import io.crois.testkit.policy.internal.ConditionTest;
import io.crois.testkit.policy.internal.PrincipalPattern;
import java.util.List;

/**
 * A statement of a policy; an element that does not stand in it is an empty list.
 *
 * @param label how explanations name it: {@code <policy>/<Sid>}, or {@code <policy>/#<number from 1>} without a Sid
 * @param hasPrincipal whether {@code Principal} or {@code NotPrincipal} stands in it
 */
public record Statement(
        String label,
        Effect effect,
        List<String> actions,
        List<String> notActions,
        List<String> resources,
        List<String> notResources,
        boolean hasPrincipal,
        List<PrincipalPattern> principals,
        List<PrincipalPattern> notPrincipals,
        List<ConditionTest> conditions) {

    /** Copies the lists. */
    public Statement {
        actions = List.copyOf(actions);
        notActions = List.copyOf(notActions);
        resources = List.copyOf(resources);
        notResources = List.copyOf(notResources);
        principals = List.copyOf(principals);
        notPrincipals = List.copyOf(notPrincipals);
        conditions = List.copyOf(conditions);
    }

    /** Returns the same statement for every principal. */
    public Statement forEverybody() {
        return new Statement(
                label,
                effect,
                actions,
                notActions,
                resources,
                notResources,
                true,
                List.of(new PrincipalPattern("*", "*")),
                List.of(),
                conditions);
    }
}
