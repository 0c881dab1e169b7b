package io.crois.testkit.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crois.testkit.policy.Principal;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.MalformedPolicyDocumentException;
import software.amazon.awssdk.services.secretsmanager.model.SecretsManagerException;

/** A secret is read by whom its own policy admits, and not by whom it denies. */
final class SecretPermissionsTest {

    private static final String READER = "arn:aws:iam::111111111111:role/reader";

    private final InMemoryAws aws = InMemoryAws.create();
    private final SecretsManagerClient reader =
            aws.as(Principal.session(READER, "run")).secretsManager();

    @BeforeEach
    void a_secret_and_a_role_without_rights() {
        aws.secretsManager().createSecret(create -> create.name("warehouse").secretString("hidden"));
        aws.iam()
                .createRole(create -> create.roleName("reader")
                        .assumeRolePolicyDocument("{\"Version\":\"2012-10-17\",\"Statement\":[]}"));
    }

    private void resourcePolicy(String effect) {
        aws.secretsManager()
                .putResourcePolicy(put -> put.secretId("warehouse")
                        .resourcePolicy("{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"" + effect
                                + "\",\"Principal\":{\"AWS\":\"" + READER
                                + "\"},\"Action\":\"secretsmanager:GetSecretValue\",\"Resource\":\"*\"}]}"));
    }

    private String read() {
        return reader.getSecretValue(get -> get.secretId("warehouse")).secretString();
    }

    @Test
    void its_policy_admits_and_denies_from_then_on_and_until_it_is_taken_away() {
        assertThatThrownBy(this::read).isInstanceOf(SecretsManagerException.class);

        resourcePolicy("Allow");
        assertThat(read()).isEqualTo("hidden");
        assertThatThrownBy(() -> reader.deleteSecret(delete -> delete.secretId("warehouse")))
                .hasMessageContaining("secretsmanager:DeleteSecret");

        aws.secretsManager().deleteResourcePolicy(delete -> delete.secretId("warehouse"));
        assertThatThrownBy(this::read).isInstanceOf(SecretsManagerException.class);
        aws.iam()
                .putRolePolicy(put -> put.roleName("reader")
                        .policyName("read")
                        .policyDocument("{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\","
                                + "\"Action\":\"secretsmanager:*\",\"Resource\":\"*\"}]}"));
        assertThat(read()).isEqualTo("hidden");

        resourcePolicy("Deny");
        assertThatThrownBy(this::read).hasMessageContaining("with an explicit deny in a resource-based policy");
    }

    @Test
    void a_policy_is_told_as_it_was_put_and_one_that_is_none_is_refused() {
        resourcePolicy("Allow");

        assertThat(aws.secretsManager()
                        .getResourcePolicy(get -> get.secretId("warehouse"))
                        .resourcePolicy())
                .contains(READER);
        assertThatThrownBy(() -> aws.secretsManager()
                        .putResourcePolicy(put -> put.secretId("warehouse").resourcePolicy("{")))
                .isInstanceOf(MalformedPolicyDocumentException.class);
    }
}
