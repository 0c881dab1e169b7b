package io.crois.testkit.aws.internal.iam;

import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.iam.model.Role;

/**
 * A role and what belongs to it.
 *
 * @param role as the service shows it, with its trust policy as plain JSON and without tags
 * @param inline the documents of its inline policies, by name
 * @param attached the names of its managed policies, by ARN
 * @param tags by key
 */
public record RoleRecord(
        Role role, Map<String, String> inline, Map<String, String> attached, Map<String, String> tags) {

    /** Copies the maps, in the order of their keys. */
    public RoleRecord {
        inline = new TreeMap<>(inline);
        attached = new TreeMap<>(attached);
        tags = new TreeMap<>(tags);
    }

    RoleRecord with(Role changed) {
        return new RoleRecord(changed, inline, attached, tags);
    }
}
