package io.crois.testkit.aws.internal.access;

import io.crois.testkit.policy.PolicyDocument;
import io.crois.testkit.policy.Principal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The sessions that STS has begun, by their access keys. Thread-safe. */
public final class Sessions {

    private final Map<String, Identity> byAccessKey = new ConcurrentHashMap<>();

    /** Remembers a session. */
    public void begin(String accessKey, String roleArn, String name, @Nullable String policy) {
        List<PolicyDocument> policies = policy == null ? List.of() : List.of(PolicyDocument.parse("session", policy));
        byAccessKey.put(accessKey, new Identity(Principal.session(roleArn, name), policies));
    }

    /** Returns whose an access key is. */
    public Optional<Identity> find(String accessKey) {
        return Optional.ofNullable(byAccessKey.get(accessKey));
    }
}
