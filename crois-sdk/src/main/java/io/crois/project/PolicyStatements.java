package io.crois.project;

import java.util.List;
import software.amazon.awssdk.policybuilder.iam.IamConditionOperator;
import software.amazon.awssdk.policybuilder.iam.IamEffect;
import software.amazon.awssdk.policybuilder.iam.IamStatement;

/** The statements of which the policies of identities are made. */
final class PolicyStatements {
    private static final List<String> ANYTHING = List.of("*");

    private PolicyStatements() {}

    static IamStatement allow(String sid, List<String> actions, List<String> resources) {
        return IamStatement.builder()
                .sid(sid)
                .effect(IamEffect.ALLOW)
                .actionIds(actions)
                .resourceIds(resources)
                .build();
    }

    /** Returns a statement of actions that know no single resources. */
    static IamStatement allow(String sid, List<String> actions) {
        return allow(sid, actions, ANYTHING);
    }

    static IamStatement pass(String sid, List<String> roles, String service) {
        return allow(sid, List.of("iam:PassRole"), roles).toBuilder()
                .addCondition(IamConditionOperator.STRING_EQUALS, "iam:PassedToService", service + ".amazonaws.com")
                .build();
    }
}
