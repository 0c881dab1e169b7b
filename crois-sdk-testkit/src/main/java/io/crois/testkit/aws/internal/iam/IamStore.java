package io.crois.testkit.aws.internal.iam;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.iam.model.AttachedPermissionsBoundary;
import software.amazon.awssdk.services.iam.model.Role;

/** All roles and managed policies of an account. Thread-safe. Nothing is evaluated. */
public final class IamStore {

    private static final int MAX_TRUST = 2_048;
    private static final int MAX_INLINE = 10_240;
    private static final int MAX_ATTACHED = 10;
    private static final String ID_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, RoleRecord> roles = new TreeMap<>();
    private final ManagedPolicies managed;
    private final Map<String, RolePrincipals.Kept> trusts = new TreeMap<>();
    private final RolePrincipals principals = RolePrincipals.of(this);
    private final Clock clock;
    private final Random random;
    private final String account;
    private final Duration delay;

    /**
     * Creates an empty store.
     *
     * @param random decides the unique ids of roles and policies
     */
    public IamStore(Clock clock, Random random, String account) {
        this(clock, random, account, Duration.ZERO);
    }

    /**
     * Creates an empty store.
     *
     * @param random decides the unique ids of roles and policies
     * @param delay how long after a role was made other services see it
     */
    public IamStore(Clock clock, Random random, String account, Duration delay) {
        this.clock = clock;
        this.random = random;
        this.account = account;
        this.delay = delay;
        this.managed = new ManagedPolicies(lock, clock, account, this::id, this::uses);
    }

    /** Returns the managed policies of the account. */
    public ManagedPolicies managed() {
        return managed;
    }

    private int uses(String policyArn) {
        return (int) roles.values().stream()
                .filter(role -> role.attached().containsKey(policyArn))
                .count();
    }

    /** Returns the roles as principals of policies. */
    public RolePrincipals principals() {
        return principals;
    }

    /** Says whether an ARN is that of a role of the account, be it there or not. */
    boolean isOwnRole(String arn) {
        return arn.startsWith("arn:aws:iam::" + account + ":role/");
    }

    /** Returns the id of the role of an ARN, if other services see it. */
    Optional<String> visibleId(String arn) {
        return locked(() -> roles.values().stream()
                .map(RoleRecord::role)
                .filter(role -> role.arn().equals(arn))
                .filter(role -> !role.createDate().plus(delay).isAfter(clock.instant()))
                .map(Role::roleId)
                .findFirst());
    }

    /** Returns the ARN of the role of an id, if it is there. */
    Optional<String> arnOf(String id) {
        return locked(() -> roles.values().stream()
                .map(RoleRecord::role)
                .filter(role -> role.roleId().equals(id))
                .map(Role::arn)
                .findFirst());
    }

    /** Creates a role with its tags; names are unique, small letters or capitals. */
    public RoleRecord createRole(
            @Nullable String name,
            @Nullable String path,
            @Nullable String trust,
            Role.Builder role,
            Map<String, String> tags) {
        String checkedName = IamNames.checked(name, 64, "roleName");
        String checkedPath = IamNames.path(path);
        String checkedTrust = PolicyDocument.checked(trust, MAX_TRUST);
        return locked(() -> {
            if (roles.containsKey(IamNames.key(checkedName))) {
                throw IamRefusal.exists("Role with name " + checkedName + " already exists.");
            }
            Role created = role.roleName(checkedName)
                    .path(checkedPath)
                    .roleId(id("AROA"))
                    .arn("arn:aws:iam::" + account + ":role" + checkedPath + checkedName)
                    .assumeRolePolicyDocument(checkedTrust)
                    .createDate(clock.instant())
                    .build();
            keepTrust(created.roleId(), checkedTrust);
            RoleRecord record = new RoleRecord(created, Map.of(), Map.of(), tags);
            roles.put(IamNames.key(checkedName), record);
            return record;
        });
    }

    private void keepTrust(String roleId, String trust) {
        try {
            trusts.put(roleId, principals.keep(trust));
        } catch (RolePrincipals.UnknownPrincipal e) {
            throw IamRefusal.principal(String.valueOf(e.getMessage()));
        }
    }

    /** Looks at a role. */
    public <T> T role(@Nullable String name, Function<RoleRecord, T> look) {
        return locked(() -> {
            RoleRecord role = find(name);
            return look.apply(role.with(shown(role.role())));
        });
    }

    private Role shown(Role role) {
        RolePrincipals.Kept trust = trusts.get(role.roleId());
        return trust == null
                ? role
                : role.toBuilder()
                        .assumeRolePolicyDocument(principals.show(trust))
                        .build();
    }

    /** Says whether there is a role of this ARN that other services see. */
    public boolean hasRole(String arn) {
        return visibleId(arn).isPresent();
    }

    private RoleRecord find(@Nullable String name) {
        RoleRecord role = roles.get(IamNames.key(name == null ? "" : name));
        if (role == null) {
            throw IamRefusal.noRole(name);
        }
        return role;
    }

    /** Returns the roles below a path, in the order of their names. */
    public List<Role> roles(@Nullable String pathPrefix) {
        return locked(() -> roles.values().stream()
                .map(role -> shown(role.role()))
                .filter(role -> pathPrefix == null || role.path().startsWith(pathPrefix))
                .toList());
    }

    /** Changes what the service shows of a role. */
    public void changeRole(@Nullable String name, UnaryOperator<Role> change) {
        locked(() -> {
            RoleRecord role = find(name);
            return roles.put(IamNames.key(role.role().roleName()), role.with(change.apply(role.role())));
        });
    }

    /** Sets who may take a role. */
    public void trust(@Nullable String name, @Nullable String document) {
        String checkedTrust = PolicyDocument.checked(document, MAX_TRUST);
        changeRole(name, role -> {
            keepTrust(role.roleId(), checkedTrust);
            return role.toBuilder().assumeRolePolicyDocument(checkedTrust).build();
        });
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
            trusts.remove(role.role().roleId());
            return roles.remove(IamNames.key(role.role().roleName()));
        });
    }

    /** Sets an inline policy of a role. */
    public void putInline(@Nullable String role, @Nullable String name, @Nullable String document) {
        String checkedName = IamNames.checked(name, 128, "policyName");
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

    /** Returns the names of the roles to which a managed policy is attached. */
    public List<Role> attachedTo(@Nullable String arn) {
        return locked(() -> {
            String checkedArn = managed.find(arn).policy().arn();
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
                        managedByAws ? arn : managed.find(arn).policy().arn())
                .build();
    }

    /** Attaches a managed policy of the account, or one of AWS, whose document is not known. */
    public void attach(@Nullable String role, @Nullable String arn) {
        locked(() -> {
            String name = arn != null && arn.startsWith("arn:aws:iam::aws:policy/")
                    ? arn.substring(arn.lastIndexOf('/') + 1)
                    : managed.find(arn).policy().policyName();
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
