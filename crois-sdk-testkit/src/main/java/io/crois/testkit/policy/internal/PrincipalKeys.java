package io.crois.testkit.policy.internal;

import io.crois.testkit.policy.Principal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The condition keys that follow from who asks. */
public final class PrincipalKeys {

    private PrincipalKeys() {}

    /** Returns the keys of a principal. */
    public static Map<String, List<String>> of(Principal principal) {
        Map<String, List<String>> keys = new LinkedHashMap<>();
        principal.account().ifPresent(account -> keys.put("aws:PrincipalAccount", List.of(account)));
        if (principal instanceof Principal.RoleSession session) {
            // the role with its path, not the session
            put(keys, "aws:PrincipalArn", session.roleArn());
            put(keys, "aws:PrincipalType", "AssumedRole");
        } else if (principal instanceof Principal.User user) {
            put(keys, "aws:PrincipalArn", user.arn());
            put(keys, "aws:PrincipalType", "User");
            put(keys, "aws:username", user.arn().substring(user.arn().lastIndexOf('/') + 1));
        } else if (principal instanceof Principal.AccountRoot root) {
            put(keys, "aws:PrincipalArn", root.arn());
            put(keys, "aws:PrincipalType", "Account");
        } else if (principal instanceof Principal.Service service) {
            put(keys, "aws:PrincipalServiceName", service.arn());
        } else {
            put(keys, "aws:PrincipalType", "Anonymous");
        }
        put(keys, "aws:PrincipalIsAWSService", String.valueOf(principal instanceof Principal.Service));
        return keys;
    }

    private static void put(Map<String, List<String>> keys, String key, String value) {
        keys.put(key, List.of(value));
    }
}
