package io.crois.testkit.aws.internal.iam;

import java.time.Instant;
import java.util.Map;
import java.util.NavigableMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.iam.model.Policy;

/**
 * A managed policy.
 *
 * @param versions their documents by their numbers
 * @param created when each was made
 */
public record PolicyRecord(Policy policy, NavigableMap<Integer, String> versions, Map<Integer, Instant> created) {

    /** Returns the document of the version that is in force. */
    public String document() {
        return document(policy.defaultVersionId());
    }

    /** Returns the document of a version. */
    public String document(@Nullable String version) {
        String document = versions.get(number(version));
        if (document == null) {
            throw IamRefusal.missing("Policy " + policy.arn() + " version " + version + " does not exist.");
        }
        return document;
    }

    /** Returns the number of a version {@code v7}, or 0. */
    public static int number(@Nullable String version) {
        return version != null && version.matches("v\\d{1,8}") ? Integer.parseInt(version.substring(1)) : 0;
    }

    PolicyRecord with(Policy changed) {
        return new PolicyRecord(changed, versions, created);
    }
}
