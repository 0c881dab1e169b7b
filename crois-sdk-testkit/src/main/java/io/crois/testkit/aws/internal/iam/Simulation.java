package io.crois.testkit.aws.internal.iam;

import io.crois.testkit.policy.AccessRequest;
import io.crois.testkit.policy.Decision;
import io.crois.testkit.policy.PolicyDocument;
import io.crois.testkit.policy.PolicyEvaluator;
import io.crois.testkit.policy.Principal;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.iam.model.ContextEntry;
import software.amazon.awssdk.services.iam.model.EvaluationResult;
import software.amazon.awssdk.services.iam.model.SimulatePrincipalPolicyRequest;

/** Tells what a role could do by its own policies and its boundary; those of resources have no say. */
public final class Simulation {
    private final IamStore store;

    /** Simulates with what a store holds. */
    public Simulation(IamStore store) {
        this.store = store;
    }

    /** Returns a result for every action on every resource. */
    public List<EvaluationResult> of(SimulatePrincipalPolicyRequest request) {
        String arn = String.valueOf(request.policySourceArn());
        RoleRecord role = store.role(arn.substring(arn.lastIndexOf('/') + 1), found -> found);
        List<String> resources = request.resourceArns().isEmpty() ? List.of("*") : request.resourceArns();
        List<EvaluationResult> results = new ArrayList<>();
        for (String action : request.actionNames()) {
            for (String resource : resources) {
                results.add(result(decide(role, action, resource, request.contextEntries()), action, resource));
            }
        }
        return results;
    }

    private Decision decide(RoleRecord role, String action, String resource, List<ContextEntry> context) {
        AccessRequest.Builder request =
                AccessRequest.builder(Principal.session(role.role().arn(), "simulation"), action, resource);
        role.tags().forEach((key, value) -> request.context("aws:PrincipalTag/" + key, value));
        context.forEach(entry ->
                request.context(entry.contextKeyName(), entry.contextKeyValues().toArray(String[]::new)));
        role.inline().forEach((name, json) -> request.addIdentityPolicy(PolicyDocument.parse(name, json)));
        role.attached().keySet().stream()
                .filter(arn -> !arn.startsWith("arn:aws:iam::aws:policy/"))
                .forEach(arn -> request.addIdentityPolicy(
                        PolicyDocument.parse(arn, store.managed().find(arn).document())));
        if (role.role().permissionsBoundary() != null) {
            String arn = role.role().permissionsBoundary().permissionsBoundaryArn();
            request.permissionsBoundary(
                    PolicyDocument.parse(arn, store.managed().find(arn).document()));
        }
        return PolicyEvaluator.evaluate(request.build());
    }

    private static EvaluationResult result(Decision decision, String action, String resource) {
        return EvaluationResult.builder()
                .evalActionName(action)
                .evalResourceName(resource)
                .evalDecision(
                        switch (decision.verdict()) {
                            case ALLOWED -> "allowed";
                            case EXPLICITLY_DENIED -> "explicitDeny";
                            case IMPLICITLY_DENIED -> "implicitDeny";
                        })
                .build();
    }
}
