package io.crois.testkit.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crois.testkit.policy.Principal;
import io.crois.testkit.time.VirtualEventLoop;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.iam.model.IamException;
import software.amazon.awssdk.services.kms.model.KmsException;
import software.amazon.awssdk.services.kms.model.MalformedPolicyDocumentException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.sfn.model.SfnException;
import software.amazon.awssdk.services.sts.model.StsException;

/** Policies name roles, and AWS keeps them by their ids. */
final class RolePrincipalsTest {
    private static final String READER = "arn:aws:iam::111111111111:role/reader";
    private static final String SERVICE =
            policy("{'Effect':'Allow','Principal':{'Service':'ec2.amazonaws.com'}," + "'Action':'sts:AssumeRole'}");

    private final InMemoryAws aws = InMemoryAws.create();

    private static String policy(String statement) {
        return ("{'Version':'2012-10-17','Statement':[" + statement + "]}").replace('\'', '"');
    }

    private static String naming(String action, String resource) {
        return policy("{'Sid':'Reader','Effect':'Allow','Principal':{'AWS':['" + READER
                + "','arn:aws:iam::222222222222:role/elsewhere']},'Action':'" + action + "'"
                + (resource.isEmpty() ? "" : ",'Resource':'" + resource + "'") + "}");
    }

    private void make(String role) {
        aws.iam().createRole(request -> request.roleName(role).assumeRolePolicyDocument(SERVICE));
    }

    private void makeAgain(String role) {
        aws.iam().deleteRole(request -> request.roleName(role));
        make(role);
    }

    @Test
    void a_policy_that_names_a_role_that_is_not_there_is_refused_by_each_service_in_its_words() {
        aws.s3().createBucket(request -> request.bucket("data"));
        make("other");

        assertThatThrownBy(() -> aws.kms().createKey(request -> request.policy(naming("kms:*", "*"))))
                .isInstanceOf(MalformedPolicyDocumentException.class)
                .hasMessageContaining("Policy contains a statement with one or more invalid principals.");
        assertThatThrownBy(() -> aws.s3()
                        .putBucketPolicy(request ->
                                request.bucket("data").policy(naming("s3:GetObject", "arn:aws:s3:::data/*"))))
                .isInstanceOf(S3Exception.class)
                .hasMessageContaining("Invalid principal in policy")
                .satisfies(refused -> assertThat(
                                ((S3Exception) refused).awsErrorDetails().errorCode())
                        .isEqualTo("MalformedPolicy"));
        assertThatThrownBy(() -> aws.iam()
                        .updateAssumeRolePolicy(
                                request -> request.roleName("other").policyDocument(naming("sts:AssumeRole", ""))))
                .isInstanceOf(IamException.class)
                .hasMessageContaining("Invalid principal in policy: \"AWS\":\"" + READER + "\"");
    }

    @Test
    void a_policy_is_shown_as_it_was_put_as_long_as_its_roles_are_there() {
        make("reader");
        String put = naming("kms:*", "*");
        String key = aws.kms()
                .createKey(request -> request.policy(put))
                .keyMetadata()
                .keyId();

        assertThat(shown(key)).isEqualTo(put);
    }

    @Test
    void a_role_made_again_is_another_one_for_a_key_a_bucket_and_a_trust_policy() {
        make("reader");
        make("other");
        aws.s3().createBucket(request -> request.bucket("data"));
        String key = aws.kms()
                .createKey(request -> request.policy(naming("kms:Decrypt", "*")))
                .keyMetadata()
                .keyId();
        aws.s3()
                .putBucketPolicy(
                        request -> request.bucket("data").policy(naming("s3:ListBucket", "arn:aws:s3:::data")));
        aws.iam()
                .updateAssumeRolePolicy(
                        request -> request.roleName("other").policyDocument(naming("sts:AssumeRole", "")));
        Principal reader = Principal.session(READER, "me");
        String id =
                aws.iam().getRole(request -> request.roleName("reader")).role().roleId();
        aws.as(reader).s3().listObjectsV2(request -> request.bucket("data"));

        makeAgain("reader");

        assertThat(shown(key)).contains("\"" + id + "\"", "222222222222").doesNotContain(READER);
        assertThat(aws.s3().getBucketPolicy(request -> request.bucket("data")).policy())
                .contains("\"" + id + "\"")
                .doesNotContain(READER);
        assertThat(aws.iam()
                        .getRole(request -> request.roleName("other"))
                        .role()
                        .assumeRolePolicyDocument())
                .contains("%22" + id + "%22");
        assertThatThrownBy(() -> aws.as(reader).s3().listObjectsV2(request -> request.bucket("data")))
                .isInstanceOf(S3Exception.class);
        assertThatThrownBy(() -> aws.kms()
                        .putKeyPolicy(request ->
                                request.keyId(key).policyName("default").policy(shown(key))))
                .isInstanceOf(MalformedPolicyDocumentException.class);

        aws.kms()
                .putKeyPolicy(
                        request -> request.keyId(key).policyName("default").policy(naming("kms:Decrypt", "*")));
        assertThat(shown(key)).contains(READER);
    }

    @Test
    void a_role_is_seen_by_other_services_only_after_a_while() {
        InMemoryAws slow = InMemoryAws.builder().iamDelay(Duration.ofSeconds(8)).build();
        VirtualEventLoop loop = (VirtualEventLoop) slow.eventLoop();
        slow.iam().createRole(request -> request.roleName("reader").assumeRolePolicyDocument(SERVICE));

        assertThatThrownBy(() -> slow.kms().createKey(request -> request.policy(naming("kms:*", "*"))))
                .isInstanceOf(MalformedPolicyDocumentException.class);
        assertThatThrownBy(() ->
                        slow.sts().assumeRole(request -> request.roleArn(READER).roleSessionName("me")))
                .isInstanceOf(StsException.class)
                .hasMessageContaining("is not authorized to perform: sts:AssumeRole");
        loop.advance(Duration.ofSeconds(8));

        slow.kms().createKey(request -> request.policy(naming("kms:*", "*")));
        slow.sts().assumeRole(request -> request.roleArn(READER).roleSessionName("me"));
    }

    @Test
    void a_role_that_is_not_seen_yet_is_handed_to_no_service() {
        InMemoryAws slow = InMemoryAws.builder().iamDelay(Duration.ofSeconds(8)).build();
        VirtualEventLoop loop = (VirtualEventLoop) slow.eventLoop();
        slow.iam().createRole(request -> request.roleName("deployer").assumeRolePolicyDocument(SERVICE));
        slow.iam()
                .attachRolePolicy(request ->
                        request.roleName("deployer").policyArn("arn:aws:iam::aws:policy/AdministratorAccess"));
        slow.iam()
                .createRole(request -> request.roleName("flow")
                        .assumeRolePolicyDocument(SERVICE.replace("ec2.amazonaws.com", "states.amazonaws.com")));
        ActingClients deployer = slow.as(Principal.session("arn:aws:iam::111111111111:role/deployer", "me"));
        Runnable make = () -> deployer.sfn()
                .createStateMachine(request -> request.name("m")
                        .roleArn("arn:aws:iam::111111111111:role/flow")
                        .definition("{\"StartAt\":\"A\",\"States\":{\"A\":{\"Type\":\"Succeed\"}}}"));

        assertThatThrownBy(make::run)
                .isInstanceOf(SfnException.class)
                .hasMessageContaining("is not authorized to assume the provided role");
        loop.advance(Duration.ofSeconds(8));

        make.run();
        assertThat(slow.sfn().listStateMachines(request -> {}).stateMachines()).hasSize(1);
    }

    @Test
    void a_grant_is_for_a_role_and_not_for_its_name() {
        make("reader");
        String key = aws.kms()
                .createKey(request -> request.policy(policy("{'Effect':'Allow','Principal':{'AWS':"
                        + "'arn:aws:iam::111111111111:role/reader'},'Action':'kms:DescribeKey','Resource':'*'}")))
                .keyMetadata()
                .keyId();
        aws.kms()
                .createGrant(request ->
                        request.keyId(key).granteePrincipal(READER).operationsWithStrings("GenerateDataKey"));
        Principal reader = Principal.session(READER, "me");
        aws.as(reader).kms().generateDataKey(request -> request.keyId(key).keySpec("AES_256"));

        makeAgain("reader");

        assertThatThrownBy(() -> aws.as(reader)
                        .kms()
                        .generateDataKey(request -> request.keyId(key).keySpec("AES_256")))
                .isInstanceOf(KmsException.class);
    }

    private String shown(String key) {
        return aws.kms()
                .getKeyPolicy(request -> request.keyId(key).policyName("default"))
                .policy();
    }
}
