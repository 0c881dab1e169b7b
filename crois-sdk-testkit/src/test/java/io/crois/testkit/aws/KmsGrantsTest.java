package io.crois.testkit.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crois.testkit.policy.Principal;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.GrantListEntry;
import software.amazon.awssdk.services.kms.model.InvalidArnException;
import software.amazon.awssdk.services.kms.model.KmsException;
import software.amazon.awssdk.services.kms.model.NotFoundException;

/** Grants, which allow what a key's policy does not say. */
final class KmsGrantsTest {
    private static final String ROLE = "arn:aws:iam::111111111111:role/";
    private static final Map<String, String> TEAM = Map.of("team", "red", "kind", "model");

    private final InMemoryAws aws = InMemoryAws.create();
    private String key = "";

    @BeforeEach
    void a_key_that_nobody_but_its_administrator_reaches() {
        for (String role : new String[] {"administrator", "reader", "retirer", "stranger"}) {
            aws.iam()
                    .createRole(request -> request.roleName(role)
                            .assumeRolePolicyDocument(policy("{'Effect':'Allow','Principal':{'Service':"
                                    + "'ec2.amazonaws.com'},'Action':'sts:AssumeRole'}")));
        }
        key = aws.kms()
                .createKey(request -> request.policy(policy("{'Sid':'Manage','Effect':'Allow','Principal':{'AWS':'"
                        + ROLE + "administrator'},'Action':['kms:CreateGrant','kms:RevokeGrant','kms:ListGrants',"
                        + "'kms:PutKeyPolicy'],'Resource':'*'}")))
                .keyMetadata()
                .keyId();
    }

    private static String policy(String statements) {
        return ("{'Version':'2012-10-17','Statement':[" + statements + "]}").replace('\'', '"');
    }

    private KmsClient as(String role) {
        return aws.as(Principal.session(ROLE + role, "me")).kms();
    }

    private SdkBytes sealed(Map<String, String> context) {
        return aws.kms()
                .encrypt(request -> request.keyId(key)
                        .plaintext(SdkBytes.fromUtf8String("text"))
                        .encryptionContext(context))
                .ciphertextBlob();
    }

    private void opens(String role, Map<String, String> context) {
        assertThat(as(role).decrypt(request ->
                                request.ciphertextBlob(sealed(context)).encryptionContext(context))
                        .plaintext()
                        .asUtf8String())
                .isEqualTo("text");
    }

    private void doesNotOpen(String role, Map<String, String> context) {
        assertThatThrownBy(() -> as(role).decrypt(request ->
                        request.ciphertextBlob(sealed(context)).encryptionContext(context)))
                .isInstanceOf(KmsException.class)
                .hasMessageContaining("is not authorized to perform: kms:Decrypt");
    }

    @Test
    void a_grant_lets_its_grantee_do_its_operations_and_nobody_else() {
        as("administrator")
                .createGrant(request ->
                        request.keyId(key).granteePrincipal(ROLE + "reader").operationsWithStrings("Decrypt"));

        opens("reader", Map.of());
        doesNotOpen("stranger", Map.of());
        assertThatThrownBy(() ->
                        as("reader").encrypt(request -> request.keyId(key).plaintext(SdkBytes.fromUtf8String("text"))))
                .isInstanceOf(KmsException.class);
    }

    @Test
    void a_grant_counts_only_with_the_encryption_context_that_it_asks_for() {
        aws.kms()
                .createGrant(request -> request.keyId(key)
                        .granteePrincipal(ROLE + "reader")
                        .operationsWithStrings("Decrypt")
                        .constraints(constraint -> constraint.encryptionContextSubset(Map.of("team", "red"))));
        aws.kms()
                .createGrant(request -> request.keyId(key)
                        .granteePrincipal(ROLE + "stranger")
                        .operationsWithStrings("Decrypt")
                        .constraints(constraint -> constraint.encryptionContextEquals(Map.of("team", "red"))));

        opens("reader", TEAM);
        doesNotOpen("reader", Map.of("team", "blue"));
        doesNotOpen("reader", Map.of());
        opens("stranger", Map.of("team", "red"));
        doesNotOpen("stranger", TEAM);
    }

    @Test
    void a_denial_in_the_keys_policy_goes_before_a_grant() {
        aws.kms()
                .createGrant(request ->
                        request.keyId(key).granteePrincipal(ROLE + "reader").operationsWithStrings("Decrypt"));
        aws.kms()
                .putKeyPolicy(request -> request.keyId(key)
                        .policyName("default")
                        .policy(policy("{'Sid':'Nobody','Effect':'Deny','Principal':'*','Action':'kms:Decrypt',"
                                + "'Resource':'*'}")));

        assertThatThrownBy(() -> as("reader").decrypt(request -> request.ciphertextBlob(sealed(Map.of()))))
                .isInstanceOf(KmsException.class)
                .hasMessageContaining("with an explicit deny in a resource-based policy");
    }

    @Test
    void a_grant_ends_when_it_is_revoked_or_retired_by_whom_it_names() {
        String revoked = grant("reader").grantId();
        String retired = grant("reader").grantId();

        as("administrator").revokeGrant(request -> request.keyId(key).grantId(revoked));
        opens("reader", Map.of());
        assertThatThrownBy(() ->
                        as("stranger").retireGrant(request -> request.keyId(key).grantId(retired)))
                .isInstanceOf(KmsException.class)
                .hasMessageContaining("kms:RetireGrant");
        as("retirer").retireGrant(request -> request.keyId(key).grantId(retired));

        doesNotOpen("reader", Map.of());
        assertThat(aws.kms().listGrants(request -> request.keyId(key)).grants()).isEmpty();
        assertThatThrownBy(() ->
                        aws.kms().revokeGrant(request -> request.keyId(key).grantId(revoked)))
                .isInstanceOf(NotFoundException.class);
    }

    private software.amazon.awssdk.services.kms.model.CreateGrantResponse grant(String role) {
        return aws.kms()
                .createGrant(request -> request.keyId(key)
                        .granteePrincipal(ROLE + role)
                        .retiringPrincipal(ROLE + "retirer")
                        .operationsWithStrings("Decrypt"));
    }

    @Test
    void grants_are_listed_with_everything_that_they_say() {
        String token = grant("reader").grantToken();

        assertThat(aws.kms()
                        .listRetirableGrants(request -> request.retiringPrincipal(ROLE + "retirer"))
                        .grants())
                .singleElement()
                .satisfies(grant -> {
                    assertThat(grant.granteePrincipal()).isEqualTo(ROLE + "reader");
                    assertThat(grant.operationsAsStrings()).containsExactly("Decrypt");
                    assertThat(grant.keyId()).endsWith(":key/" + key);
                    assertThat(grant.constraints()).isNull();
                });
        aws.kms().retireGrant(request -> request.grantToken(token));
        assertThat(aws.kms().listGrants(request -> request.keyId(key)).grants())
                .extracting(GrantListEntry::grantId)
                .isEmpty();
    }

    @Test
    void the_same_grant_under_a_name_is_made_once() {
        for (int i = 0; i < 2; i++) {
            aws.kms()
                    .createGrant(request -> request.keyId(key)
                            .name("once")
                            .granteePrincipal(ROLE + "reader")
                            .operationsWithStrings("Decrypt"));
        }

        assertThat(aws.kms().listGrants(request -> request.keyId(key)).grants()).hasSize(1);
    }

    @Test
    void a_grant_for_nobody_is_refused() {
        assertThatThrownBy(() -> aws.kms()
                        .createGrant(request -> request.keyId(key)
                                .granteePrincipal(ROLE + "nobody")
                                .operationsWithStrings("Decrypt")))
                .isInstanceOf(InvalidArnException.class);
        assertThatThrownBy(() ->
                        aws.kms().createGrant(request -> request.keyId(key).granteePrincipal(ROLE + "reader")))
                .isInstanceOf(KmsException.class)
                .hasMessageContaining("A grant must have a GranteePrincipal and Operations.");
    }
}
