package io.crois.testkit.aws.internal.iam;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.iam.model.AttachedPermissionsBoundary;
import software.amazon.awssdk.services.iam.model.Policy;
import software.amazon.awssdk.services.iam.model.Role;

/** All roles and managed policies of an account. Thread-safe. Nothing is evaluated. */
public final class IamStore {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9+=,.@_-]+");
    private static final Pattern PATH = Pattern.compile("/|/[!-~]{1,510}/");
    private static final int MAX_TRUST = 2_048;
    private static final int MAX_INLINE = 10_240;
    private static final int MAX_MANAGED = 6_144;
    private static final int MAX_ATTACHED = 10;
    private static final int MAX_VERSIONS = 5;
    private static final String ID_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, RoleRecord> roles = new TreeMap<>();
    private final Map<String, PolicyRecord> policies = new TreeMap<>();
    private final Map<String, Integer> lastVersions = new TreeMap<>();
    private final Clock clock;
    private final Random random;
    private final String account;

    /**
     * Creates an empty store.
     *
     * @param random decides the unique ids of roles and policies
     */
    public IamStore(Clock clock, Random random, String account) {
        this.clock = clock;
        this.random = random;
        this.account = account;
    }

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

    /** Creates a role; names are unique, small letters or capitals. */
    public RoleRecord createRole(
            @Nullable String name, @Nullable String path, @Nullable String trust, Role.Builder role) {
        String checkedName = checked(name, 64, "roleName");
        String checkedPath = path(path);
        String checkedTrust = PolicyDocument.checked(trust, MAX_TRUST);
        return locked(() -> {
            if (roles.containsKey(key(checkedName))) {
                throw IamRefusal.exists("Role with name " + checkedName + " already exists.");
            }
            Role created = role.roleName(checkedName)
                    .path(checkedPath)
                    .roleId(id("AROA"))
                    .arn("arn:aws:iam::" + account + ":role" + checkedPath + checkedName)
                    .assumeRolePolicyDocument(checkedTrust)
                    .createDate(clock.instant())
                    .build();
            RoleRecord record = new RoleRecord(created, Map.of(), Map.of(), Map.of());
            roles.put(key(checkedName), record);
            return record;
        });
    }

    /** Looks at a role. */
    public <T> T role(@Nullable String name, Function<RoleRecord, T> look) {
        return locked(() -> look.apply(find(name)));
    }

    /** Says whether there is a role of this ARN. */
    public boolean hasRole(String arn) {
        return locked(
                () -> roles.values().stream().anyMatch(role -> role.role().arn().equals(arn)));
    }

    private RoleRecord find(@Nullable String name) {
        RoleRecord role = roles.get(key(name == null ? "" : name));
        if (role == null) {
            throw IamRefusal.noRole(name);
        }
        return role;
    }

    /** Returns the roles below a path, in the order of their names. */
    public List<Role> roles(@Nullable String pathPrefix) {
        return locked(() -> roles.values().stream()
                .map(RoleRecord::role)
                .filter(role -> pathPrefix == null || role.path().startsWith(pathPrefix))
                .toList());
    }

    /** Changes what the service shows of a role. */
    public void changeRole(@Nullable String name, UnaryOperator<Role> change) {
        locked(() -> {
            RoleRecord role = find(name);
            return roles.put(key(role.role().roleName()), role.with(change.apply(role.role())));
        });
    }

    /** Sets who may take a role. */
    public void trust(@Nullable String name, @Nullable String document) {
        String checkedTrust = PolicyDocument.checked(document, MAX_TRUST);
        changeRole(
                name,
                role -> role.toBuilder().assumeRolePolicyDocument(checkedTrust).build());
    }

    /** Deletes a role, which must have no policies. */
    public void deleteRole(@Nullable String name) {
        locked(() -> {
            RoleRecord role = find(name);
            if (!role.attached().isEmpty()) {
                throw IamRefusal.conflict("Cannot delete entity, must detach all policies first.");
            }
            if (!role.inline().isEmpty()) {
                throw IamRefusal.conflict("Cannot delete entity, must delete policies first.");
            }
            return roles.remove(key(role.role().roleName()));
        });
    }

    /** Sets an inline policy of a role. */
    public void putInline(@Nullable String role, @Nullable String name, @Nullable String document) {
        String checkedName = checked(name, 128, "policyName");
        String checkedDocument = PolicyDocument.checked(document, MAX_INLINE);
        locked(() -> {
            RoleRecord record = find(role);
            int others = record.inline().entrySet().stream()
                    .filter(policy -> !policy.getKey().equals(checkedName))
                    .mapToInt(policy -> PolicyDocument.length(policy.getValue()))
                    .sum();
            if (others + PolicyDocument.length(checkedDocument) > MAX_INLINE) {
                throw IamRefusal.limit("Maximum policy size of " + MAX_INLINE + " bytes exceeded for role "
                        + record.role().roleName());
            }
            return record.inline().put(checkedName, checkedDocument);
        });
    }

    /** Returns the document of an inline policy. */
    public String inline(@Nullable String role, @Nullable String name) {
        return locked(() -> {
            String document = find(role).inline().get(name == null ? "" : name);
            if (document == null) {
                throw IamRefusal.missing("The role policy with name " + name + " cannot be found.");
            }
            return document;
        });
    }

    /** Deletes an inline policy. */
    public void deleteInline(@Nullable String role, @Nullable String name) {
        locked(() -> {
            inline(role, name);
            return find(role).inline().remove(name == null ? "" : name);
        });
    }

    /** Creates a managed policy. */
    public Policy createPolicy(
            @Nullable String name, @Nullable String path, @Nullable String document, @Nullable String description) {
        String checkedName = checked(name, 128, "policyName");
        String checkedPath = path(path);
        String checkedDocument = PolicyDocument.checked(document, MAX_MANAGED);
        String arn = "arn:aws:iam::" + account + ":policy" + checkedPath + checkedName;
        return locked(() -> {
            if (policies.containsKey(arn)) {
                throw IamRefusal.exists(
                        "A policy called " + checkedName + " already exists. Duplicate names are not" + " allowed.");
            }
            Policy policy = Policy.builder()
                    .policyName(checkedName)
                    .policyId(id("ANPA"))
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
    public PolicyRecord policy(@Nullable String arn) {
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
            PolicyRecord found = policy(arn);
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
            PolicyRecord found = policy(arn);
            found.document(version);
            if (found.policy().defaultVersionId().equals(version)) {
                throw IamRefusal.conflict("Cannot delete the default version of a policy.");
            }
            return found.versions().remove(PolicyRecord.number(version));
        });
    }

    /** Returns the names of the roles to which a managed policy is attached. */
    public List<Role> attachedTo(@Nullable String arn) {
        return locked(() -> {
            String checkedArn = policy(arn).policy().arn();
            return roles.values().stream()
                    .filter(role -> role.attached().containsKey(checkedArn))
                    .map(RoleRecord::role)
                    .toList();
        });
    }

    /** Sets the boundary of a role, or takes it away. */
    public void bound(@Nullable String role, @Nullable String arn) {
        AttachedPermissionsBoundary boundary = arn == null ? null : boundary(arn);
        changeRole(
                role, found -> found.toBuilder().permissionsBoundary(boundary).build());
    }

    /** Returns the boundary that a managed policy is. */
    public AttachedPermissionsBoundary boundary(String arn) {
        boolean managedByAws = arn.startsWith("arn:aws:iam::aws:policy/");
        return AttachedPermissionsBoundary.builder()
                .permissionsBoundaryType("Policy")
                .permissionsBoundaryArn(
                        managedByAws ? arn : policy(arn).policy().arn())
                .build();
    }

    private PolicyRecord counted(PolicyRecord policy) {
        String arn = policy.policy().arn();
        int uses = (int) roles.values().stream()
                .filter(role -> role.attached().containsKey(arn))
                .count();
        return policy.with(policy.policy().toBuilder().attachmentCount(uses).build());
    }

    /** Returns the managed policies of the account, in the order of their ARNs. */
    public List<Policy> policies(@Nullable String pathPrefix) {
        return locked(() -> policies.values().stream()
                .map(policy -> counted(policy).policy())
                .filter(policy -> pathPrefix == null || policy.path().startsWith(pathPrefix))
                .toList());
    }

    /** Deletes a managed policy, which must not be attached. */
    public void deletePolicy(@Nullable String arn) {
        locked(() -> {
            PolicyRecord found = policy(arn);
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

    /** Attaches a managed policy of the account, or one of AWS, whose document is not known. */
    public void attach(@Nullable String role, @Nullable String arn) {
        locked(() -> {
            String name = arn != null && arn.startsWith("arn:aws:iam::aws:policy/")
                    ? arn.substring(arn.lastIndexOf('/') + 1)
                    : policy(arn).policy().policyName();
            Map<String, String> attached = find(role).attached();
            if (!attached.containsKey(String.valueOf(arn)) && attached.size() == MAX_ATTACHED) {
                throw IamRefusal.limit("Cannot exceed quota for PoliciesPerRole: " + MAX_ATTACHED);
            }
            return attached.put(String.valueOf(arn), name);
        });
    }

    /** Detaches a managed policy. */
    public void detach(@Nullable String role, @Nullable String arn) {
        locked(() -> {
            String name = find(role).attached().remove(String.valueOf(arn));
            if (name == null) {
                throw IamRefusal.missing("Policy " + arn + " was not found.");
            }
            return name;
        });
    }

    /** Sets and removes tags of a role. */
    public void tag(@Nullable String role, Map<String, String> more, Collection<String> less) {
        locked(() -> {
            Map<String, String> tags = find(role).tags();
            tags.putAll(more);
            return tags.keySet().removeAll(new ArrayList<>(less));
        });
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private static String checked(@Nullable String name, int longest, String member) {
        if (name == null || name.length() > longest || !NAME.matcher(name).matches()) {
            throw IamRefusal.validation("The specified value for " + member + " is invalid. It must contain only"
                    + " alphanumeric characters and/or the following: +=,.@_- and must be at most " + longest
                    + " characters long.");
        }
        return name;
    }

    private static String path(@Nullable String path) {
        String checkedPath = path == null ? "/" : path;
        if (!PATH.matcher(checkedPath).matches()) {
            throw IamRefusal.validation(
                    "The specified value for path is invalid. It must begin and end with / and contain"
                            + " only alphanumeric characters and/or / characters.");
        }
        return checkedPath;
    }

    private String id(String prefix) {
        StringBuilder id = new StringBuilder(prefix);
        for (int i = 0; i < 17; i++) {
            id.append(ID_ALPHABET.charAt(random.nextInt(ID_ALPHABET.length())));
        }
        return id.toString();
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
