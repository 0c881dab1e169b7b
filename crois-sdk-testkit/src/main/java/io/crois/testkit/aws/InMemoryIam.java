package io.crois.testkit.aws;

import io.crois.testkit.aws.internal.iam.IamStore;
import io.crois.testkit.aws.internal.iam.PolicyDocument;
import io.crois.testkit.aws.internal.iam.PolicyRecord;
import io.crois.testkit.aws.internal.iam.RoleRecord;
import io.crois.testkit.aws.internal.iam.Simulation;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AttachRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.AttachRolePolicyResponse;
import software.amazon.awssdk.services.iam.model.AttachedPolicy;
import software.amazon.awssdk.services.iam.model.CreatePolicyRequest;
import software.amazon.awssdk.services.iam.model.CreatePolicyResponse;
import software.amazon.awssdk.services.iam.model.CreatePolicyVersionRequest;
import software.amazon.awssdk.services.iam.model.CreatePolicyVersionResponse;
import software.amazon.awssdk.services.iam.model.CreateRoleRequest;
import software.amazon.awssdk.services.iam.model.CreateRoleResponse;
import software.amazon.awssdk.services.iam.model.DeletePolicyRequest;
import software.amazon.awssdk.services.iam.model.DeletePolicyResponse;
import software.amazon.awssdk.services.iam.model.DeletePolicyVersionRequest;
import software.amazon.awssdk.services.iam.model.DeletePolicyVersionResponse;
import software.amazon.awssdk.services.iam.model.DeleteRolePermissionsBoundaryRequest;
import software.amazon.awssdk.services.iam.model.DeleteRolePermissionsBoundaryResponse;
import software.amazon.awssdk.services.iam.model.DeleteRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.DeleteRolePolicyResponse;
import software.amazon.awssdk.services.iam.model.DeleteRoleRequest;
import software.amazon.awssdk.services.iam.model.DeleteRoleResponse;
import software.amazon.awssdk.services.iam.model.DetachRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.DetachRolePolicyResponse;
import software.amazon.awssdk.services.iam.model.GetPolicyRequest;
import software.amazon.awssdk.services.iam.model.GetPolicyResponse;
import software.amazon.awssdk.services.iam.model.GetPolicyVersionRequest;
import software.amazon.awssdk.services.iam.model.GetPolicyVersionResponse;
import software.amazon.awssdk.services.iam.model.GetRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.GetRolePolicyResponse;
import software.amazon.awssdk.services.iam.model.GetRoleRequest;
import software.amazon.awssdk.services.iam.model.GetRoleResponse;
import software.amazon.awssdk.services.iam.model.ListAttachedRolePoliciesRequest;
import software.amazon.awssdk.services.iam.model.ListAttachedRolePoliciesResponse;
import software.amazon.awssdk.services.iam.model.ListEntitiesForPolicyRequest;
import software.amazon.awssdk.services.iam.model.ListEntitiesForPolicyResponse;
import software.amazon.awssdk.services.iam.model.ListPoliciesRequest;
import software.amazon.awssdk.services.iam.model.ListPoliciesResponse;
import software.amazon.awssdk.services.iam.model.ListPolicyVersionsRequest;
import software.amazon.awssdk.services.iam.model.ListPolicyVersionsResponse;
import software.amazon.awssdk.services.iam.model.ListRolePoliciesRequest;
import software.amazon.awssdk.services.iam.model.ListRolePoliciesResponse;
import software.amazon.awssdk.services.iam.model.ListRoleTagsRequest;
import software.amazon.awssdk.services.iam.model.ListRoleTagsResponse;
import software.amazon.awssdk.services.iam.model.ListRolesRequest;
import software.amazon.awssdk.services.iam.model.ListRolesResponse;
import software.amazon.awssdk.services.iam.model.PolicyRole;
import software.amazon.awssdk.services.iam.model.PolicyScopeType;
import software.amazon.awssdk.services.iam.model.PolicyVersion;
import software.amazon.awssdk.services.iam.model.PutRolePermissionsBoundaryRequest;
import software.amazon.awssdk.services.iam.model.PutRolePermissionsBoundaryResponse;
import software.amazon.awssdk.services.iam.model.PutRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.PutRolePolicyResponse;
import software.amazon.awssdk.services.iam.model.Role;
import software.amazon.awssdk.services.iam.model.SimulatePrincipalPolicyRequest;
import software.amazon.awssdk.services.iam.model.SimulatePrincipalPolicyResponse;
import software.amazon.awssdk.services.iam.model.Tag;
import software.amazon.awssdk.services.iam.model.TagRoleRequest;
import software.amazon.awssdk.services.iam.model.TagRoleResponse;
import software.amazon.awssdk.services.iam.model.UntagRoleRequest;
import software.amazon.awssdk.services.iam.model.UntagRoleResponse;
import software.amazon.awssdk.services.iam.model.UpdateAssumeRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.UpdateAssumeRolePolicyResponse;
import software.amazon.awssdk.services.iam.model.UpdateRoleRequest;
import software.amazon.awssdk.services.iam.model.UpdateRoleResponse;

/**
 * AWS IAM: roles with inline, attached and trust policies and a boundary, and managed policies with versions.
 * Thread-safe.
 *
 * <p>A role that a trust policy names is kept by its id: deleted and made again it is another one. What is written can
 * be read at once; other services see a role after {@code InMemoryAws.Builder.iamDelay}. Lists come in one page. A
 * simulation knows no managed policies of AWS. Not in memory: users, groups, instance profiles, tags of policies.
 */
final class InMemoryIam implements IamClient {

    private static final int DEFAULT_SESSION_SECONDS = 3_600;

    private final IamStore store;

    private InMemoryIam(IamStore store) {
        this.store = store;
    }

    /** Returns a client of a store. */
    static IamClient of(IamStore store) {
        return NotInMemory.named(IamClient.class, new InMemoryIam(store));
    }

    @Override
    public String serviceName() {
        return "iam";
    }

    @Override
    public void close() {
        // The roles outlive their clients.
    }

    @Override
    public CreateRoleResponse createRole(CreateRoleRequest request) {
        String boundary = request.permissionsBoundary();
        Integer session = request.maxSessionDuration();
        store.createRole(
                request.roleName(),
                request.path(),
                request.assumeRolePolicyDocument(),
                Role.builder()
                        .description(request.description())
                        .permissionsBoundary(boundary == null ? null : store.boundary(boundary))
                        .maxSessionDuration(session == null ? DEFAULT_SESSION_SECONDS : session),
                tags(request.tags()));
        return CreateRoleResponse.builder()
                .role(store.role(request.roleName(), InMemoryIam::shown))
                .build();
    }

    private static Map<String, String> tags(List<Tag> tags) {
        return tags.stream().collect(Collectors.toMap(Tag::key, Tag::value));
    }

    private static Role shown(RoleRecord role) {
        return listed(role.role()).toBuilder().tags(tags(role)).build();
    }

    private static Role listed(Role role) {
        return role.toBuilder()
                .assumeRolePolicyDocument(PolicyDocument.encoded(role.assumeRolePolicyDocument()))
                .build();
    }

    private static List<Tag> tags(RoleRecord role) {
        return role.tags().entrySet().stream()
                .map(tag ->
                        Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                .toList();
    }

    @Override
    public GetRoleResponse getRole(GetRoleRequest request) {
        return GetRoleResponse.builder()
                .role(store.role(request.roleName(), InMemoryIam::shown))
                .build();
    }

    @Override
    public ListRolesResponse listRoles(ListRolesRequest request) {
        return ListRolesResponse.builder()
                .roles(store.roles(request.pathPrefix()).stream()
                        .map(InMemoryIam::listed)
                        .toList())
                .isTruncated(false)
                .build();
    }

    @Override
    public UpdateRoleResponse updateRole(UpdateRoleRequest request) {
        store.changeRole(request.roleName(), role -> {
            Role.Builder changed = role.toBuilder();
            if (request.description() != null) {
                changed.description(request.description());
            }
            if (request.maxSessionDuration() != null) {
                changed.maxSessionDuration(request.maxSessionDuration());
            }
            return changed.build();
        });
        return UpdateRoleResponse.builder().build();
    }

    @Override
    public UpdateAssumeRolePolicyResponse updateAssumeRolePolicy(UpdateAssumeRolePolicyRequest request) {
        store.trust(request.roleName(), request.policyDocument());
        return UpdateAssumeRolePolicyResponse.builder().build();
    }

    @Override
    public DeleteRoleResponse deleteRole(DeleteRoleRequest request) {
        store.deleteRole(request.roleName());
        return DeleteRoleResponse.builder().build();
    }

    @Override
    public PutRolePolicyResponse putRolePolicy(PutRolePolicyRequest request) {
        store.putInline(request.roleName(), request.policyName(), request.policyDocument());
        return PutRolePolicyResponse.builder().build();
    }

    @Override
    public GetRolePolicyResponse getRolePolicy(GetRolePolicyRequest request) {
        return GetRolePolicyResponse.builder()
                .roleName(request.roleName())
                .policyName(request.policyName())
                .policyDocument(PolicyDocument.encoded(store.inline(request.roleName(), request.policyName())))
                .build();
    }

    @Override
    public ListRolePoliciesResponse listRolePolicies(ListRolePoliciesRequest request) {
        List<String> names =
                store.role(request.roleName(), role -> List.copyOf(role.inline().keySet()));
        return ListRolePoliciesResponse.builder()
                .policyNames(names)
                .isTruncated(false)
                .build();
    }

    @Override
    public DeleteRolePolicyResponse deleteRolePolicy(DeleteRolePolicyRequest request) {
        store.deleteInline(request.roleName(), request.policyName());
        return DeleteRolePolicyResponse.builder().build();
    }

    @Override
    public CreatePolicyResponse createPolicy(CreatePolicyRequest request) {
        if (request.hasTags()) {
            throw new UnsupportedOperationException("Tags of policies are not in memory.");
        }
        return CreatePolicyResponse.builder()
                .policy(store.managed()
                        .create(request.policyName(), request.path(), request.policyDocument(), request.description()))
                .build();
    }

    @Override
    public GetPolicyResponse getPolicy(GetPolicyRequest request) {
        return GetPolicyResponse.builder()
                .policy(store.managed().find(request.policyArn()).policy())
                .build();
    }

    @Override
    public GetPolicyVersionResponse getPolicyVersion(GetPolicyVersionRequest request) {
        return GetPolicyVersionResponse.builder()
                .policyVersion(version(store.managed().find(request.policyArn()), request.versionId()))
                .build();
    }

    private static PolicyVersion version(PolicyRecord policy, @Nullable String id) {
        String document = policy.document(id);
        return PolicyVersion.builder()
                .versionId(id)
                .isDefaultVersion(policy.policy().defaultVersionId().equals(id))
                .createDate(policy.created().get(PolicyRecord.number(id)))
                .document(PolicyDocument.encoded(document))
                .build();
    }

    @Override
    public ListPolicyVersionsResponse listPolicyVersions(ListPolicyVersionsRequest request) {
        PolicyRecord policy = store.managed().find(request.policyArn());
        return ListPolicyVersionsResponse.builder()
                .versions(policy.versions().descendingKeySet().stream()
                        .map(number -> version(policy, "v" + number).toBuilder()
                                .document(null)
                                .build())
                        .toList())
                .isTruncated(false)
                .build();
    }

    @Override
    public CreatePolicyVersionResponse createPolicyVersion(CreatePolicyVersionRequest request) {
        String id = store.managed()
                .addVersion(request.policyArn(), request.policyDocument(), Boolean.TRUE.equals(request.setAsDefault()));
        return CreatePolicyVersionResponse.builder()
                .policyVersion(version(store.managed().find(request.policyArn()), id).toBuilder()
                        .document(null)
                        .build())
                .build();
    }

    @Override
    public DeletePolicyVersionResponse deletePolicyVersion(DeletePolicyVersionRequest request) {
        store.managed().deleteVersion(request.policyArn(), request.versionId());
        return DeletePolicyVersionResponse.builder().build();
    }

    @Override
    public ListEntitiesForPolicyResponse listEntitiesForPolicy(ListEntitiesForPolicyRequest request) {
        return ListEntitiesForPolicyResponse.builder()
                .policyRoles(store.attachedTo(request.policyArn()).stream()
                        .map(role -> PolicyRole.builder()
                                .roleName(role.roleName())
                                .roleId(role.roleId())
                                .build())
                        .toList())
                .isTruncated(false)
                .build();
    }

    @Override
    public PutRolePermissionsBoundaryResponse putRolePermissionsBoundary(PutRolePermissionsBoundaryRequest request) {
        store.bound(request.roleName(), request.permissionsBoundary());
        return PutRolePermissionsBoundaryResponse.builder().build();
    }

    @Override
    public DeleteRolePermissionsBoundaryResponse deleteRolePermissionsBoundary(
            DeleteRolePermissionsBoundaryRequest request) {
        store.bound(request.roleName(), null);
        return DeleteRolePermissionsBoundaryResponse.builder().build();
    }

    @Override
    public ListPoliciesResponse listPolicies(ListPoliciesRequest request) {
        if (request.scope() == PolicyScopeType.AWS) {
            throw new UnsupportedOperationException("The managed policies of AWS are not in memory.");
        }
        return ListPoliciesResponse.builder()
                .policies(store.managed().list(request.pathPrefix()))
                .isTruncated(false)
                .build();
    }

    @Override
    public DeletePolicyResponse deletePolicy(DeletePolicyRequest request) {
        store.managed().delete(request.policyArn());
        return DeletePolicyResponse.builder().build();
    }

    @Override
    public AttachRolePolicyResponse attachRolePolicy(AttachRolePolicyRequest request) {
        store.attach(request.roleName(), request.policyArn());
        return AttachRolePolicyResponse.builder().build();
    }

    @Override
    public DetachRolePolicyResponse detachRolePolicy(DetachRolePolicyRequest request) {
        store.detach(request.roleName(), request.policyArn());
        return DetachRolePolicyResponse.builder().build();
    }

    @Override
    public ListAttachedRolePoliciesResponse listAttachedRolePolicies(ListAttachedRolePoliciesRequest request) {
        List<AttachedPolicy> attached = store.role(
                request.roleName(),
                role -> role.attached().entrySet().stream()
                        .map(policy -> AttachedPolicy.builder()
                                .policyArn(policy.getKey())
                                .policyName(policy.getValue())
                                .build())
                        .toList());
        return ListAttachedRolePoliciesResponse.builder()
                .attachedPolicies(attached)
                .isTruncated(false)
                .build();
    }

    @Override
    public TagRoleResponse tagRole(TagRoleRequest request) {
        store.tag(request.roleName(), tags(request.tags()), List.of());
        return TagRoleResponse.builder().build();
    }

    @Override
    public UntagRoleResponse untagRole(UntagRoleRequest request) {
        store.tag(request.roleName(), Map.of(), request.tagKeys());
        return UntagRoleResponse.builder().build();
    }

    @Override
    public ListRoleTagsResponse listRoleTags(ListRoleTagsRequest request) {
        List<Tag> tags = store.role(request.roleName(), role -> tags(role));
        return ListRoleTagsResponse.builder().tags(tags).isTruncated(false).build();
    }

    @Override
    public SimulatePrincipalPolicyResponse simulatePrincipalPolicy(SimulatePrincipalPolicyRequest request) {
        return SimulatePrincipalPolicyResponse.builder()
                .evaluationResults(new Simulation(store).of(request))
                .isTruncated(false)
                .build();
    }
}
