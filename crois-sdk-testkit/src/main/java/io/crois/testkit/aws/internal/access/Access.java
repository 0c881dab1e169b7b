package io.crois.testkit.aws.internal.access;

import io.crois.testkit.policy.PolicyDocument;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One permission that a call needs.
 *
 * @param action such as {@code s3:GetObject}
 * @param resource its ARN, or {@code *}
 * @param context the keys of the request besides those of the principal
 * @param resourcePolicy the policy of the resource
 * @param grants those of its key that cover it, whoever asks
 */
public record Access(
        String action,
        String resource,
        Map<String, List<String>> context,
        Optional<PolicyDocument> resourcePolicy,
        List<Grant> grants) {

    /** A grant of a key and whom it is for, an ARN. */
    public record Grant(String id, String principal) {}

    static Access of(String action, String resource) {
        return new Access(action, resource, Map.of(), Optional.empty(), List.of());
    }

    /** Adds a key with its values; without any it is not there. */
    Access with(String key, String... values) {
        if (values.length == 0) {
            return this;
        }
        Map<String, List<String>> more = new LinkedHashMap<>(context);
        more.put(key, List.of(values));
        return new Access(action, resource, more, resourcePolicy, grants);
    }

    Access with(String key, Optional<String> value) {
        return value.map(found -> with(key, found)).orElse(this);
    }

    /** Adds tags, {@code aws:ResourceTag/<key>} or {@code aws:RequestTag/<key>}. */
    Access tags(String prefix, Map<String, String> tags) {
        Access tagged = this;
        for (Map.Entry<String, String> tag : tags.entrySet()) {
            tagged = tagged.with(prefix + tag.getKey(), tag.getValue());
        }
        return tagged;
    }

    Access policy(Optional<PolicyDocument> policy) {
        return new Access(action, resource, context, policy, grants);
    }

    Access grants(List<Grant> found) {
        return new Access(action, resource, context, resourcePolicy, found);
    }
}
