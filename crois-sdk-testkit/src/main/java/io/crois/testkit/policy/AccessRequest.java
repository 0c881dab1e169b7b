package io.crois.testkit.policy;

import io.crois.testkit.policy.internal.PrincipalKeys;
import io.crois.testkit.policy.internal.RequestContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Who wants to do what to which resource, and every policy that has a say in it.
 *
 * <p>The keys that follow from the principal ({@code aws:PrincipalArn}, {@code aws:PrincipalAccount},
 * {@code aws:PrincipalType}, {@code aws:username}, …) are added to the context; a value given by hand wins.
 */
public final class AccessRequest {

    private final Principal principal;
    private final String action;
    private final String resource;
    private final String resourceAccount;
    private final RequestContext context;
    private final List<PolicyDocument> identityPolicies;
    private final @Nullable PolicyDocument permissionsBoundary;
    private final List<PolicyDocument> sessionPolicies;
    private final List<List<PolicyDocument>> serviceControlPolicies;
    private final @Nullable PolicyDocument resourcePolicy;
    private final List<String> grants;

    private AccessRequest(Builder builder) {
        principal = builder.principal;
        action = builder.action;
        resource = builder.resource;
        resourceAccount = builder.resourceAccount == null ? accountOf(builder) : builder.resourceAccount;
        Map<String, List<String>> keys = new LinkedHashMap<>(PrincipalKeys.of(principal));
        builder.context.forEach((key, values) -> {
            keys.keySet().removeIf(key::equalsIgnoreCase);
            keys.put(key, values);
        });
        context = new RequestContext(keys);
        identityPolicies = List.copyOf(builder.identityPolicies);
        permissionsBoundary = builder.permissionsBoundary;
        sessionPolicies = List.copyOf(builder.sessionPolicies);
        serviceControlPolicies = List.copyOf(builder.serviceControlPolicies);
        resourcePolicy = builder.resourcePolicy;
        grants = List.copyOf(builder.grants);
    }

    /** The ARN of a bucket or an object names no account: it is taken for the principal's then. */
    private static String accountOf(Builder builder) {
        String[] parts = builder.resource.split(":", 6);
        return parts.length == 6 && !parts[4].isEmpty()
                ? parts[4]
                : builder.principal.account().orElse("");
    }

    /**
     * Returns a builder.
     *
     * @param action such as {@code s3:GetObject}
     * @param resource an ARN, or {@code *} for actions that have no resource
     */
    public static Builder builder(Principal principal, String action, String resource) {
        return new Builder(principal, action, resource);
    }

    /** Returns who asks. */
    public Principal principal() {
        return principal;
    }

    /** Returns what is to be done. */
    public String action() {
        return action;
    }

    /** Returns what it is to be done to. */
    public String resource() {
        return resource;
    }

    /** Returns the account that owns the resource. */
    public String resourceAccount() {
        return resourceAccount;
    }

    /** Returns the keys of the request with their values, those of the principal among them. */
    public Map<String, List<String>> context() {
        return context.all();
    }

    /** Returns the inline and managed policies of the principal. */
    public List<PolicyDocument> identityPolicies() {
        return identityPolicies;
    }

    /** Returns the boundary of the user or role. */
    public Optional<PolicyDocument> permissionsBoundary() {
        return Optional.ofNullable(permissionsBoundary);
    }

    /** Returns the policies passed when the session began. */
    public List<PolicyDocument> sessionPolicies() {
        return sessionPolicies;
    }

    /** Returns the policies of the organization, level by level; each level must allow. */
    public List<List<PolicyDocument>> serviceControlPolicies() {
        return serviceControlPolicies;
    }

    /** Returns the policy of the resource. */
    public Optional<PolicyDocument> resourcePolicy() {
        return Optional.ofNullable(resourcePolicy);
    }

    /** Returns the ids of the KMS grants that cover the request. */
    public List<String> grants() {
        return grants;
    }

    /** Returns a builder that begins with this request. */
    public Builder toBuilder() {
        Builder builder = builder(principal, action, resource)
                .resourceAccount(resourceAccount)
                .context(context());
        builder.identityPolicies.addAll(identityPolicies);
        builder.sessionPolicies.addAll(sessionPolicies);
        builder.serviceControlPolicies.addAll(serviceControlPolicies);
        builder.grants.addAll(grants);
        builder.permissionsBoundary = permissionsBoundary;
        builder.resourcePolicy = resourcePolicy;
        return builder;
    }

    /** Returns the same request with each of its policies changed, to see what a statement is good for. */
    public AccessRequest withPolicies(UnaryOperator<PolicyDocument> change) {
        Builder builder = toBuilder();
        builder.identityPolicies.replaceAll(change);
        builder.sessionPolicies.replaceAll(change);
        builder.serviceControlPolicies.replaceAll(
                level -> level.stream().map(change).toList());
        builder.permissionsBoundary = permissionsBoundary == null ? null : change.apply(permissionsBoundary);
        builder.resourcePolicy = resourcePolicy == null ? null : change.apply(resourcePolicy);
        return builder.build();
    }

    /** Builds a request. Not thread-safe. */
    public static final class Builder {
        private final Principal principal;
        private final String action;
        private final String resource;
        private final Map<String, List<String>> context = new LinkedHashMap<>();
        private final List<PolicyDocument> identityPolicies = new ArrayList<>();
        private final List<PolicyDocument> sessionPolicies = new ArrayList<>();
        private final List<List<PolicyDocument>> serviceControlPolicies = new ArrayList<>();
        private final List<String> grants = new ArrayList<>();
        private @Nullable String resourceAccount;
        private @Nullable PolicyDocument permissionsBoundary;
        private @Nullable PolicyDocument resourcePolicy;

        private Builder(Principal principal, String action, String resource) {
            this.principal = principal;
            this.action = action;
            this.resource = resource;
        }

        /** Sets who owns the resource; default the account in its ARN, or the principal's. */
        public Builder resourceAccount(String account) {
            resourceAccount = account;
            return this;
        }

        /** Sets a key of the request, replacing an earlier value. */
        public Builder context(String key, String... values) {
            context.put(key, List.of(values));
            return this;
        }

        /** Sets keys of the request, replacing earlier values. */
        public Builder context(Map<String, List<String>> keys) {
            context.putAll(keys);
            return this;
        }

        /** Adds a policy of the principal. */
        public Builder addIdentityPolicy(PolicyDocument policy) {
            identityPolicies.add(policy);
            return this;
        }

        /** Sets the boundary of the principal; default none. */
        public Builder permissionsBoundary(PolicyDocument policy) {
            permissionsBoundary = policy;
            return this;
        }

        /** Adds a policy that was passed when the session began. */
        public Builder addSessionPolicy(PolicyDocument policy) {
            sessionPolicies.add(policy);
            return this;
        }

        /** Adds a level of the organization with its policies. */
        public Builder addServiceControlLevel(List<PolicyDocument> policies) {
            serviceControlPolicies.add(List.copyOf(policies));
            return this;
        }

        /** Sets the policy of the resource; default none. */
        public Builder resourcePolicy(PolicyDocument policy) {
            resourcePolicy = policy;
            return this;
        }

        /**
         * Adds a grant of the key that covers the request: its grantee is the principal, and its constraints are met.
         */
        public Builder addGrant(String grantId) {
            grants.add(grantId);
            return this;
        }

        /** Returns the request. */
        public AccessRequest build() {
            return new AccessRequest(this);
        }
    }
}
