package io.crois.testkit.aws.internal.iam;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.iam.model.Policy;

/** The managed policies of an account and their versions. Thread-safe by the lock of its store. */
public final class ManagedPolicies {
    private static final int MAX_MANAGED = 6_144;
    private static final int MAX_VERSIONS = 5;

    private final Map<String, PolicyRecord> policies = new TreeMap<>();
    private final Map<String, Integer> lastVersions = new TreeMap<>();
    private final ReentrantLock lock;
    private final Clock clock;
    private final String account;
    private final UnaryOperator<String> ids;
    private final ToIntFunction<String> uses;

    /**
     * Creates an account without any.
     *
     * @param ids makes a unique id that begins with a prefix
     * @param uses returns to how many roles the policy of an ARN is attached
     */
    ManagedPolicies(
            ReentrantLock lock, Clock clock, String account, UnaryOperator<String> ids, ToIntFunction<String> uses) {
        this.lock = lock;
        this.clock = clock;
        this.account = account;
        this.ids = ids;
        this.uses = uses;
    }

    /** Creates a managed policy. */
    public Policy create(
            @Nullable String name, @Nullable String path, @Nullable String document, @Nullable String description) {
        String checkedName = IamNames.checked(name, 128, "policyName");
        String checkedPath = IamNames.path(path);
        String checkedDocument = PolicyDocument.checked(document, MAX_MANAGED);
        String arn = "arn:aws:iam::" + account + ":policy" + checkedPath + checkedName;
        return locked(() -> {
            if (policies.containsKey(arn)) {
                throw IamRefusal.exists(
                        "A policy called " + checkedName + " already exists. Duplicate names are not" + " allowed.");
            }
            Policy policy = Policy.builder()
                    .policyName(checkedName)
                    .policyId(ids.apply("ANPA"))
                    .arn(arn)
                    .path(checkedPath)
                    .description(description)
                    .defaultVersionId("v1")
                    .isAttachable(true)
                    .attachmentCount(0)
                    .createDate(clock.instant())
                    .updateDate(clock.instant())
                    .build();
            policies.put(
                    arn,
                    new PolicyRecord(
                            policy,
                            new TreeMap<>(Map.of(1, checkedDocument)),
                            new TreeMap<>(Map.of(1, clock.instant()))));
            return policy;
        });
    }

    /** Returns a managed policy, with how many roles it is attached to. */
    public PolicyRecord find(@Nullable String arn) {
        return locked(() -> {
            PolicyRecord found = arn == null ? null : policies.get(arn);
            if (found == null) {
                throw IamRefusal.noPolicy(arn);
            }
            return counted(found);
        });
    }

    /** Adds a version to a managed policy, and lets it be in force if it is asked for; returns its id. */
    public String addVersion(@Nullable String arn, @Nullable String document, boolean inForce) {
        String checkedDocument = PolicyDocument.checked(document, MAX_MANAGED);
        return locked(() -> {
            PolicyRecord found = find(arn);
            if (found.versions().size() == MAX_VERSIONS) {
                throw IamRefusal.limit("A managed policy can have up to " + MAX_VERSIONS
                        + " versions. Before you create a new version, you must delete an existing version.");
            }
            int next = lastVersions.getOrDefault(found.policy().arn(), 1) + 1;
            lastVersions.put(found.policy().arn(), next);
            found.versions().put(next, checkedDocument);
            found.created().put(next, clock.instant());
            if (inForce) {
                policies.put(
                        found.policy().arn(),
                        found.with(found.policy().toBuilder()
                                .defaultVersionId("v" + next)
                                .updateDate(clock.instant())
                                .build()));
            }
            return "v" + next;
        });
    }

    /** Deletes a version that is not in force. */
    public void deleteVersion(@Nullable String arn, @Nullable String version) {
        locked(() -> {
            PolicyRecord found = find(arn);
            found.document(version);
            if (found.policy().defaultVersionId().equals(version)) {
                throw IamRefusal.conflict("Cannot delete the default version of a policy.");
            }
            return found.versions().remove(PolicyRecord.number(version));
        });
    }

    private PolicyRecord counted(PolicyRecord policy) {
        String arn = policy.policy().arn();
        return policy.with(policy.policy().toBuilder()
                .attachmentCount(uses.applyAsInt(arn))
                .build());
    }

    /** Returns the managed policies of the account, in the order of their ARNs. */
    public List<Policy> list(@Nullable String pathPrefix) {
        return locked(() -> policies.values().stream()
                .map(policy -> counted(policy).policy())
                .filter(policy -> pathPrefix == null || policy.path().startsWith(pathPrefix))
                .toList());
    }

    /** Deletes a managed policy, which must not be attached. */
    public void delete(@Nullable String arn) {
        locked(() -> {
            PolicyRecord found = find(arn);
            Policy policy = found.policy();
            if (policy.attachmentCount() > 0) {
                throw IamRefusal.conflict("Cannot delete a policy attached to entities.");
            }
            if (found.versions().size() > 1) {
                throw IamRefusal.conflict("This policy has more than one version. Before you delete a policy, you must"
                        + " delete the policy's versions. The default version is deleted with the policy.");
            }
            lastVersions.remove(policy.arn());
            return policies.remove(policy.arn());
        });
    }

    private <T> T locked(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }
}
