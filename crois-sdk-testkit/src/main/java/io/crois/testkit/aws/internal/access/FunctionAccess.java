package io.crois.testkit.aws.internal.access;

import io.crois.testkit.policy.PolicyDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.LambdaException;

/** AWS Lambda: functions, which may admit others by a policy of their own. */
final class FunctionAccess implements AccessRules {

    private static final String FUNCTION = "function:";

    private final LambdaClient lambda;
    private final Site site;
    private final RoleAccess roles;
    private final Policies policies;

    FunctionAccess(LambdaClient lambda, Site site, RoleAccess roles, Policies policies) {
        this.lambda = lambda;
        this.site = site;
        this.roles = roles;
        this.policies = policies;
    }

    @Override
    public List<Access> of(Call call) {
        String action = "lambda:" + (call.operation().equals("Invoke") ? "InvokeFunction" : call.operation());
        List<Access> needed = new ArrayList<>();
        needed.add(call.find("FunctionName")
                .map(name -> onFunction(action, name, call.find("Qualifier")))
                .orElseGet(() -> Access.of(action, "*")));
        needed.addAll(roles.pass(call.find("Role"), "lambda.amazonaws.com"));
        return needed;
    }

    /** Returns what it takes to call a function, named by its name or ARN, with an alias or without. */
    Access invoke(String function) {
        return onFunction("lambda:InvokeFunction", function, Optional.empty());
    }

    private Access onFunction(String action, String function, Optional<String> qualifier) {
        String whole = site.arnOf("lambda", FUNCTION, function)
                + qualifier.map(alias -> ":" + alias).orElse("");
        return Access.of(action, whole).policy(policyOf(whole));
    }

    private Optional<PolicyDocument> policyOf(String arn) {
        try {
            String name = arn.substring(arn.indexOf(FUNCTION) + FUNCTION.length());
            String json = lambda.getPolicy(get -> get.functionName(arn)).policy();
            return Optional.of(policies.parse(name + "-callers", json));
        } catch (LambdaException none) {
            return Optional.empty();
        }
    }
}
