package io.crois.testkit.aws.internal.iam;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Roles as principals of the policies of resources. AWS keeps a role there by its unique id: a role that is deleted and
 * made again under its name is another one, and the policy shows the id of the old one from then on. Conditions compare
 * texts and are left alone. Thread-safe.
 */
public final class RolePrincipals {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Pattern ID = Pattern.compile("AROA[A-Z2-7]+");

    private final @Nullable IamStore roles;

    private RolePrincipals(@Nullable IamStore roles) {
        this.roles = roles;
    }

    /** Returns the principals of an account. */
    public static RolePrincipals of(IamStore roles) {
        return new RolePrincipals(roles);
    }

    /** Returns those of an account of which nothing is known: every policy is kept as it is. */
    public static RolePrincipals unknown() {
        return new RolePrincipals(null);
    }

    /**
     * A policy.
     *
     * @param text as it was put
     * @param ids the ids that its principals had then, by their ARNs
     */
    public record Kept(String text, Map<String, String> ids) {

        /** Copies the ids. */
        public Kept {
            ids = Map.copyOf(ids);
        }
    }

    /** A policy names a role that is not there, or that other services do not see yet. */
    public static final class UnknownPrincipal extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UnknownPrincipal(String principal) {
            super(principal);
        }
    }

    /**
     * Keeps a policy, which is JSON.
     *
     * @throws UnknownPrincipal if one of its roles is not there
     */
    public Kept keep(String policy) {
        IamStore known = roles;
        Map<String, String> ids = new LinkedHashMap<>();
        if (known == null) {
            return new Kept(policy, ids);
        }
        JsonNode json = parse(policy);
        boolean renamed = replace(json, principal -> {
            String arn =
                    ID.matcher(principal).matches() ? known.arnOf(principal).orElse(principal) : principal;
            if (ID.matcher(arn).matches()) {
                throw new UnknownPrincipal(principal);
            }
            if (known.isOwnRole(arn)) {
                ids.put(arn, known.visibleId(arn).orElseThrow(() -> new UnknownPrincipal(arn)));
            }
            return arn;
        });
        return new Kept(renamed ? json.toString() : policy, ids);
    }

    /** Returns the id that a principal has now, or the principal itself if it is no role of the account. */
    public String keepOne(String principal) {
        IamStore known = roles;
        if (known == null || !known.isOwnRole(principal)) {
            return principal;
        }
        return known.visibleId(principal).orElseThrow(() -> new UnknownPrincipal(principal));
    }

    /** Returns a principal that was kept, as the service shows it. */
    public String showOne(String kept) {
        return roles == null ? kept : roles.arnOf(kept).orElse(kept);
    }

    /** Returns a policy as the service shows it: with the ids of roles that are gone. */
    public String show(Kept policy) {
        IamStore known = roles;
        if (known == null
                || policy.ids().values().stream().allMatch(id -> known.arnOf(id).isPresent())) {
            return policy.text();
        }
        JsonNode json = parse(policy.text());
        replace(json, principal -> {
            String id = policy.ids().getOrDefault(principal, principal);
            return known.arnOf(id).orElse(id);
        });
        return json.toString();
    }

    private static JsonNode parse(String policy) {
        try {
            return MAPPER.readTree(policy);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("The policy was checked to be JSON before.", e);
        }
    }

    /** Replaces the AWS principals of all statements; says whether one is another text now. */
    private static boolean replace(JsonNode policy, UnaryOperator<String> change) {
        JsonNode statements = policy.path("Statement");
        boolean changed = false;
        for (JsonNode statement : statements.isObject() ? List.of(statements) : statements) {
            for (String member : List.of("Principal", "NotPrincipal")) {
                if (statement.path(member) instanceof ObjectNode principal && principal.has("AWS")) {
                    JsonNode before = principal.get("AWS");
                    JsonNode after = changed(before, change);
                    changed |= !before.equals(after);
                    principal.set("AWS", after);
                }
            }
        }
        return changed;
    }

    private static JsonNode changed(JsonNode principals, UnaryOperator<String> change) {
        if (!principals.isArray()) {
            return TextNode.valueOf(change.apply(principals.asText()));
        }
        ArrayNode list = MAPPER.createArrayNode();
        principals.forEach(principal -> list.add(change.apply(principal.asText())));
        return list;
    }
}
