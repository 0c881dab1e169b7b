package io.crois.testkit.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crois.testkit.aws.internal.access.Sessions;
import io.crois.testkit.aws.internal.iam.IamStore;
import io.crois.testkit.time.VirtualEventLoop;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AttachedPolicy;
import software.amazon.awssdk.services.iam.model.DeleteConflictException;
import software.amazon.awssdk.services.iam.model.EntityAlreadyExistsException;
import software.amazon.awssdk.services.iam.model.IamException;
import software.amazon.awssdk.services.iam.model.LimitExceededException;
import software.amazon.awssdk.services.iam.model.MalformedPolicyDocumentException;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;
import software.amazon.awssdk.services.iam.model.Policy;
import software.amazon.awssdk.services.iam.model.PolicyRole;
import software.amazon.awssdk.services.iam.model.Role;
import software.amazon.awssdk.services.iam.model.Tag;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.AssumeRoleResponse;
import software.amazon.awssdk.services.sts.model.StsException;

/** Roles and policies, and the sessions that STS gives for them. */
final class InMemoryIamTest {

    private static final String TRUST =
            "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Allow\", \"Action\": \"sts:AssumeRole\"}]}";
    private static final String DOCUMENT = "{\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"s3:*\"}]}";

    private final VirtualEventLoop loop = VirtualEventLoop.create();
    private final IamStore store = new IamStore(loop.clock(), new Random(7), "222222222222");
    private final IamClient iam = InMemoryIam.of(store);
    private final StsClient sts = InMemorySts.create(
            loop.clock(),
            new Random(7),
            "222222222222",
            store,
            new Sessions(),
            "arn:aws:iam::222222222222:user/in-memory");

    @Test
    void a_role_is_created_found_changed_and_deleted() {
        Role created = iam.createRole(request -> request.roleName("demo-task")
                        .path("/crois/")
                        .assumeRolePolicyDocument(TRUST)
                        .tags(Tag.builder().key("team").value("x").build()))
                .role();
        iam.updateRole(request ->
                request.roleName("demo-task").description("runs steps").maxSessionDuration(7_200));
        iam.updateAssumeRolePolicy(
                request -> request.roleName("demo-task").policyDocument(TRUST.replace("Allow", "Deny")));

        Role found = iam.getRole(request -> request.roleName("DEMO-task")).role();
        assertThat(created.arn()).isEqualTo("arn:aws:iam::222222222222:role/crois/demo-task");
        assertThat(created.roleId()).matches("AROA[A-Z2-7]{17}");
        assertThat(URLDecoder.decode(created.assumeRolePolicyDocument(), StandardCharsets.UTF_8))
                .isEqualTo(TRUST);
        assertThat(created.assumeRolePolicyDocument()).startsWith("%7B%22Version%22%3A%20%22");
        assertThat(found.description()).isEqualTo("runs steps");
        assertThat(found.maxSessionDuration()).isEqualTo(7_200);
        assertThat(found.assumeRolePolicyDocument()).contains("Deny");
        assertThat(found.tags()).extracting(Tag::key).containsExactly("team");
        assertThat(iam.listRolesPaginator(request -> request.pathPrefix("/crois/"))
                        .roles())
                .extracting(Role::roleName)
                .containsExactly("demo-task");
        assertThat(iam.listRoles(request -> request.pathPrefix("/other/")).roles())
                .isEmpty();

        iam.deleteRole(request -> request.roleName("demo-task"));
        assertThatThrownBy(() -> iam.getRole(request -> request.roleName("demo-task")))
                .isInstanceOf(NoSuchEntityException.class)
                .hasMessageContaining("The role with name demo-task cannot be found.");
    }

    @Test
    void what_makes_no_sense_is_refused() {
        role("demo");

        assertThatThrownBy(() -> role("Demo"))
                .isInstanceOf(EntityAlreadyExistsException.class)
                .hasMessageContaining("Role with name Demo already exists.");
        assertThatThrownBy(() -> role("a b"))
                .isInstanceOf(IamException.class)
                .hasMessageContaining("The specified value for roleName is invalid.");
        assertThatThrownBy(() -> role("x".repeat(65))).isInstanceOf(IamException.class);
        assertThatThrownBy(() -> iam.createRole(
                        request -> request.roleName("b").path("crois").assumeRolePolicyDocument(TRUST)))
                .isInstanceOf(IamException.class)
                .hasMessageContaining("path is invalid");
        assertThatThrownBy(() -> iam.createRole(request -> request.roleName("b").assumeRolePolicyDocument("{")))
                .isInstanceOf(MalformedPolicyDocumentException.class);
        assertThatThrownBy(() -> iam.createRole(request -> request.roleName("b").assumeRolePolicyDocument("{}")))
                .isInstanceOf(MalformedPolicyDocumentException.class)
                .hasMessageContaining("Statement");
    }

    @Test
    void inline_policies_are_put_read_listed_and_deleted() {
        role("demo");
        iam.putRolePolicy(request -> request.roleName("demo").policyName("data").policyDocument(DOCUMENT));

        assertThat(URLDecoder.decode(
                        iam.getRolePolicy(request -> request.roleName("demo").policyName("data"))
                                .policyDocument(),
                        StandardCharsets.UTF_8))
                .isEqualTo(DOCUMENT);
        assertThat(iam.listRolePolicies(request -> request.roleName("demo")).policyNames())
                .containsExactly("data");
        assertThatThrownBy(() -> iam.deleteRole(request -> request.roleName("demo")))
                .isInstanceOf(DeleteConflictException.class)
                .hasMessageContaining("must delete policies first");

        iam.deleteRolePolicy(request -> request.roleName("demo").policyName("data"));
        assertThatThrownBy(() ->
                        iam.getRolePolicy(request -> request.roleName("demo").policyName("data")))
                .isInstanceOf(NoSuchEntityException.class)
                .hasMessageContaining("The role policy with name data cannot be found.");
    }

    @Test
    void inline_policies_together_have_a_longest_size_without_white_space() {
        role("demo");
        String large = "{\"Statement\":[\"" + "x".repeat(6_000) + "\"]}";
        iam.putRolePolicy(request -> request.roleName("demo").policyName("one").policyDocument(large));
        iam.putRolePolicy(
                request -> request.roleName("demo").policyName("one").policyDocument(large + " ".repeat(9_000)));

        assertThatThrownBy(() -> iam.putRolePolicy(
                        request -> request.roleName("demo").policyName("two").policyDocument(large)))
                .isInstanceOf(LimitExceededException.class)
                .hasMessageContaining("10240");
    }

    @Test
    void managed_policies_are_attached_counted_and_detached() {
        role("demo");
        String arn = iam.createPolicy(
                        request -> request.policyName("data").path("/crois/").policyDocument(DOCUMENT))
                .policy()
                .arn();
        iam.attachRolePolicy(request -> request.roleName("demo").policyArn(arn));
        iam.attachRolePolicy(request -> request.roleName("demo").policyArn("arn:aws:iam::aws:policy/ReadOnlyAccess"));

        assertThat(arn).isEqualTo("arn:aws:iam::222222222222:policy/crois/data");
        assertThat(iam.listAttachedRolePolicies(request -> request.roleName("demo"))
                        .attachedPolicies())
                .extracting(AttachedPolicy::policyName)
                .containsExactly("data", "ReadOnlyAccess");
        assertThat(iam.getPolicy(request -> request.policyArn(arn)).policy().attachmentCount())
                .isEqualTo(1);
        assertThat(iam.getPolicyVersion(request -> request.policyArn(arn).versionId("v1"))
                        .policyVersion()
                        .document())
                .contains("s3%3A*");
        assertThatThrownBy(() -> iam.deletePolicy(request -> request.policyArn(arn)))
                .isInstanceOf(DeleteConflictException.class);
        assertThatThrownBy(() -> iam.deleteRole(request -> request.roleName("demo")))
                .isInstanceOf(DeleteConflictException.class)
                .hasMessageContaining("must detach all policies first");

        iam.detachRolePolicy(request -> request.roleName("demo").policyArn(arn));
        iam.deletePolicy(request -> request.policyArn(arn));
        assertThat(iam.listPolicies().policies()).extracting(Policy::arn).isEmpty();
        assertThatThrownBy(() ->
                        iam.attachRolePolicy(request -> request.roleName("demo").policyArn(arn)))
                .isInstanceOf(NoSuchEntityException.class);
        assertThatThrownBy(() ->
                        iam.detachRolePolicy(request -> request.roleName("demo").policyArn(arn)))
                .isInstanceOf(NoSuchEntityException.class);
    }

    @Test
    void a_role_has_ten_managed_policies_at_most() {
        role("demo");
        for (int i = 0; i < 10; i++) {
            attach("P" + i);
        }

        attach("P3");
        assertThatThrownBy(() -> attach("P10"))
                .isInstanceOf(LimitExceededException.class)
                .hasMessageContaining("PoliciesPerRole: 10");
    }

    private void attach(String awsPolicy) {
        iam.attachRolePolicy(request -> request.roleName("demo").policyArn("arn:aws:iam::aws:policy/" + awsPolicy));
    }

    @Test
    void tags_of_roles_are_set_and_removed() {
        role("demo");
        iam.tagRole(request -> request.roleName("demo")
                .tags(
                        Tag.builder().key("a").value("1").build(),
                        Tag.builder().key("b").value("2").build()));
        iam.untagRole(request -> request.roleName("demo").tagKeys("a"));

        assertThat(iam.listRoleTags(request -> request.roleName("demo")).tags())
                .containsExactly(Tag.builder().key("b").value("2").build());
    }

    @Test
    void a_session_of_a_role_expires() {
        role("demo");

        AssumeRoleResponse session = sts.assumeRole(request -> request.roleArn("arn:aws:iam::222222222222:role/demo")
                .roleSessionName("me")
                .durationSeconds(900));

        assertThat(session.assumedRoleUser().arn()).isEqualTo("arn:aws:sts::222222222222:assumed-role/demo/me");
        assertThat(session.credentials().accessKeyId()).matches("ASIA[0-9A-F]{16}");
        assertThat(session.credentials().expiration()).isEqualTo(loop.now().plus(Duration.ofMinutes(15)));
    }

    @Test
    void a_role_that_is_not_there_cannot_be_taken() {
        assertThatThrownBy(() -> sts.assumeRole(request ->
                        request.roleArn("arn:aws:iam::222222222222:role/nope").roleSessionName("me")))
                .isInstanceOf(StsException.class)
                .hasMessageContaining("User: arn:aws:iam::222222222222:user/in-memory is not authorized to perform:"
                        + " sts:AssumeRole on resource: arn:aws:iam::222222222222:role/nope");
        assertThatThrownBy(() -> sts.assumeRole(request -> request.roleArn("x").roleSessionName("a b")))
                .isInstanceOf(StsException.class)
                .hasMessageContaining("roleSessionName");
        assertThatThrownBy(() -> sts.assumeRole(
                        request -> request.roleArn("x").roleSessionName("me").durationSeconds(60)))
                .isInstanceOf(StsException.class)
                .hasMessageContaining("durationSeconds");
    }

    @Test
    void the_caller_is_of_the_account() {
        assertThat(sts.getCallerIdentity().account()).isEqualTo("222222222222");
        assertThat(sts.getCallerIdentity().arn()).isEqualTo("arn:aws:iam::222222222222:user/in-memory");
    }

    @Test
    void what_is_not_in_memory_is_named() {
        assertThatThrownBy(() -> iam.createUser(request -> request.userName("me")))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessage("IamClient.createUser is not in memory.");
        assertThatThrownBy(() -> sts.getSessionToken())
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessage("StsClient.getSessionToken is not in memory.");
    }

    private void role(String name) {
        iam.createRole(request -> request.roleName(name).assumeRolePolicyDocument(TRUST));
    }

    @Test
    void a_managed_policy_has_up_to_five_versions_and_goes_with_the_last_of_them() {
        String arn = iam.createPolicy(request -> request.policyName("p").policyDocument(DOCUMENT))
                .policy()
                .arn();
        iam.createPolicyVersion(request -> request.policyArn(arn)
                .policyDocument(DOCUMENT.replace("Allow", "Deny"))
                .setAsDefault(true));
        for (int i = 0; i < 3; i++) {
            iam.createPolicyVersion(request -> request.policyArn(arn).policyDocument(DOCUMENT));
        }

        assertThatThrownBy(() -> iam.createPolicyVersion(
                        request -> request.policyArn(arn).policyDocument(DOCUMENT)))
                .isInstanceOf(LimitExceededException.class);
        assertThatThrownBy(() -> iam.deletePolicyVersion(
                        request -> request.policyArn(arn).versionId("v2")))
                .isInstanceOf(DeleteConflictException.class);
        assertThatThrownBy(() -> iam.deletePolicy(request -> request.policyArn(arn)))
                .isInstanceOf(DeleteConflictException.class)
                .hasMessageContaining("more than one version");
        for (String old : List.of("v1", "v3", "v4", "v5")) {
            iam.deletePolicyVersion(request -> request.policyArn(arn).versionId(old));
        }
        assertThat(iam.listPolicyVersions(request -> request.policyArn(arn)).versions())
                .singleElement()
                .satisfies(version -> assertThat(version.versionId() + version.isDefaultVersion())
                        .isEqualTo("v2true"));
        iam.deletePolicy(request -> request.policyArn(arn));
    }

    @Test
    void a_role_has_a_boundary_that_is_a_policy_which_is_there() {
        assertThatThrownBy(() -> iam.createRole(request -> request.roleName("bounded")
                        .assumeRolePolicyDocument(TRUST)
                        .permissionsBoundary("arn:aws:iam::222222222222:policy/none")))
                .isInstanceOf(NoSuchEntityException.class);
        String arn = iam.createPolicy(request -> request.policyName("p").policyDocument(DOCUMENT))
                .policy()
                .arn();
        iam.createRole(request ->
                request.roleName("bounded").assumeRolePolicyDocument(TRUST).permissionsBoundary(arn));
        iam.attachRolePolicy(request -> request.roleName("bounded").policyArn(arn));

        assertThat(iam.getRole(request -> request.roleName("bounded"))
                        .role()
                        .permissionsBoundary()
                        .permissionsBoundaryArn())
                .isEqualTo(arn);
        assertThat(iam.listEntitiesForPolicy(request -> request.policyArn(arn)).policyRoles())
                .extracting(PolicyRole::roleName)
                .containsExactly("bounded");
        iam.deleteRolePermissionsBoundary(request -> request.roleName("bounded"));
        assertThat(iam.getRole(request -> request.roleName("bounded")).role().permissionsBoundary())
                .isNull();
    }
}
