package io.crois.testkit.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.crois.testkit.time.VirtualEventLoop;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.APIErrorType;
import software.amazon.awssdk.services.secretsmanager.model.BatchGetSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.CreateSecretResponse;
import software.amazon.awssdk.services.secretsmanager.model.DescribeSecretResponse;
import software.amazon.awssdk.services.secretsmanager.model.FilterNameStringType;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.InvalidParameterException;
import software.amazon.awssdk.services.secretsmanager.model.InvalidRequestException;
import software.amazon.awssdk.services.secretsmanager.model.PutSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.ResourceExistsException;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;
import software.amazon.awssdk.services.secretsmanager.model.SecretListEntry;
import software.amazon.awssdk.services.secretsmanager.model.SecretVersionsListEntry;
import software.amazon.awssdk.services.secretsmanager.model.SecretsManagerException;
import software.amazon.awssdk.services.secretsmanager.model.Tag;

final class InMemorySecretsManagerTest {

    private static final String TOKEN = "0123456789abcdef0123456789abcdef";

    private final VirtualEventLoop loop = VirtualEventLoop.create();
    private final SecretsManagerClient secrets =
            InMemorySecretsManager.create(loop.clock(), new Random(7), "eu-central-1", "222222222222");

    @Test
    void a_secret_is_read_by_name_by_arn_and_by_arn_without_its_end() {
        CreateSecretResponse created = create("crois/demo/password", "one");

        String shortArn = created.arn().substring(0, created.arn().length() - 7);

        assertThat(created.arn())
                .matches("arn:aws:secretsmanager:eu-central-1:222222222222:secret:crois/demo/password-[A-Za-z0-9]{6}");
        assertThat(value("crois/demo/password")).isEqualTo("one");
        assertThat(value(created.arn())).isEqualTo("one");
        assertThat(value(shortArn)).isEqualTo("one");
    }

    @Test
    void bytes_come_back_as_bytes() {
        secrets.createSecret(request -> request.name("a").secretBinary(SdkBytes.fromUtf8String("one")));

        GetSecretValueResponse answer = secrets.getSecretValue(request -> request.secretId("a"));

        assertThat(answer.secretBinary().asUtf8String()).isEqualTo("one");
        assertThat(answer.secretString()).isNull();
    }

    @Test
    void a_new_value_becomes_the_current_version_and_the_old_one_the_previous() {
        create("a", "one");
        secrets.putSecretValue(request -> request.secretId("a").secretString("two"));
        secrets.updateSecret(request -> request.secretId("a").secretString("three"));

        assertThat(value("a")).isEqualTo("three");
        assertThat(secrets.getSecretValue(request -> request.secretId("a").versionStage("AWSPREVIOUS"))
                        .secretString())
                .isEqualTo("two");
        assertThat(stages(false)).containsExactlyInAnyOrder(List.of("AWSCURRENT"), List.of("AWSPREVIOUS"));
        assertThat(stages(true)).containsExactlyInAnyOrder(List.of("AWSCURRENT"), List.of("AWSPREVIOUS"), List.of());
    }

    private List<List<String>> stages(boolean deprecated) {
        return secrets
                .listSecretVersionIds(request -> request.secretId("a").includeDeprecated(deprecated))
                .versions()
                .stream()
                .map(SecretVersionsListEntry::versionStages)
                .toList();
    }

    @Test
    void a_version_with_a_stage_of_its_own_leaves_the_current_one() {
        create("a", "one");
        secrets.putSecretValue(request -> request.secretId("a")
                .clientRequestToken(TOKEN)
                .secretString("two")
                .versionStages("AWSPENDING"));

        assertThat(value("a")).isEqualTo("one");
        assertThat(secrets.getSecretValue(request -> request.secretId("a").versionId(TOKEN))
                        .secretString())
                .isEqualTo("two");
        assertThatThrownBy(() -> secrets.getSecretValue(
                        request -> request.secretId("a").versionId(TOKEN).versionStage("AWSCURRENT")))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("not associated");
    }

    @Test
    void the_same_token_and_value_again_change_nothing_and_another_value_is_refused() {
        create("a", "one");
        String first = put("two").versionId();

        assertThat(put("two").versionId()).isEqualTo(first).isEqualTo(TOKEN);
        assertThatThrownBy(() -> put("three"))
                .isInstanceOf(ResourceExistsException.class)
                .hasMessageContaining("already in use");
        assertThat(value("a")).isEqualTo("two");
    }

    private PutSecretValueResponse put(String value) {
        return secrets.putSecretValue(
                request -> request.secretId("a").clientRequestToken(TOKEN).secretString(value));
    }

    @Test
    void a_name_is_taken_once_unless_the_request_is_repeated() {
        CreateSecretResponse first = secrets.createSecret(
                request -> request.name("a").clientRequestToken(TOKEN).secretString("one"));
        CreateSecretResponse again = secrets.createSecret(
                request -> request.name("a").clientRequestToken(TOKEN).secretString("one"));

        assertThat(again.arn()).isEqualTo(first.arn());
        assertThatThrownBy(() -> create("a", "two"))
                .isInstanceOf(ResourceExistsException.class)
                .hasMessageContaining("The operation failed because the secret a already exists.");
    }

    @Test
    void what_makes_no_sense_is_refused() {
        create("a", "one");

        assertThatThrownBy(() -> create("a name", "one"))
                .isInstanceOf(SecretsManagerException.class)
                .hasMessageContaining("Invalid name.");
        assertThatThrownBy(() -> create("b", "x".repeat(65_537)))
                .isInstanceOf(SecretsManagerException.class)
                .hasMessageContaining("less than or equal to 65536");
        assertThatThrownBy(() -> secrets.putSecretValue(request -> request.secretId("a")))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageContaining("either SecretString or SecretBinary");
        assertThatThrownBy(() -> secrets.createSecret(
                        request -> request.name("b").secretString("one").secretBinary(SdkBytes.fromUtf8String("one"))))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageContaining("both");
        assertThatThrownBy(() -> value("b"))
                .isInstanceOf(ResourceNotFoundException.class)
                .hasMessageContaining("can't find the specified secret");
    }

    @Test
    void a_secret_without_a_value_has_none_to_read() {
        secrets.createSecret(request -> request.name("a"));

        assertThatThrownBy(() -> value("a"))
                .isInstanceOf(ResourceNotFoundException.class)
                .hasMessageContaining("staging label: AWSCURRENT");
    }

    @Test
    void a_deleted_secret_can_be_restored_and_its_name_stays_taken_meanwhile() {
        create("a", "one");

        Instant gone = secrets.deleteSecret(request -> request.secretId("a").recoveryWindowInDays(7L))
                .deletionDate();
        assertThat(gone).isEqualTo(loop.now().plus(Duration.ofDays(7)));
        assertThatThrownBy(() -> value("a"))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("marked for deletion");
        assertThatThrownBy(() -> create("a", "two"))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("already scheduled for deletion");

        secrets.restoreSecret(request -> request.secretId("a"));
        assertThat(value("a")).isEqualTo("one");
    }

    @Test
    void a_deleted_secret_is_gone_after_its_window() {
        create("a", "one");
        secrets.deleteSecret(request -> request.secretId("a"));

        loop.advance(Duration.ofDays(30));

        assertThatThrownBy(() -> secrets.restoreSecret(request -> request.secretId("a")))
                .isInstanceOf(ResourceNotFoundException.class);
        create("a", "two");
        assertThat(value("a")).isEqualTo("two");
    }

    @Test
    void a_forced_deletion_is_at_once_and_minds_no_secret_that_is_not_there() {
        create("a", "one");
        secrets.deleteSecret(request -> request.secretId("a"));

        secrets.deleteSecret(request -> request.secretId("a").forceDeleteWithoutRecovery(true));
        secrets.deleteSecret(request -> request.secretId("a").forceDeleteWithoutRecovery(true));

        create("a", "two");
        assertThat(value("a")).isEqualTo("two");
        assertThatThrownBy(() -> secrets.deleteSecret(request ->
                        request.secretId("a").forceDeleteWithoutRecovery(true).recoveryWindowInDays(7L)))
                .isInstanceOf(InvalidParameterException.class);
        assertThatThrownBy(() ->
                        secrets.deleteSecret(request -> request.secretId("a").recoveryWindowInDays(6L)))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageContaining("between 7 and 30 days");
    }

    @Test
    void several_are_read_at_once_and_those_that_cannot_be_are_told_beside_them() {
        create("a", "one");
        create("b", "two");

        BatchGetSecretValueResponse answer =
                secrets.batchGetSecretValue(request -> request.secretIdList("a", "no", "b"));

        assertThat(answer.secretValues())
                .extracting(entry -> entry.secretString())
                .containsExactly("one", "two");
        assertThat(answer.errors())
                .extracting(APIErrorType::secretId, APIErrorType::errorCode)
                .containsExactly(tuple("no", "ResourceNotFoundException"));
    }

    @Test
    void a_list_holds_what_is_not_deleted_by_the_beginning_of_its_name() {
        create("crois/a/x", "one");
        create("crois/a/y", "one");
        create("crois/b/x", "one");
        secrets.deleteSecret(request -> request.secretId("crois/a/y"));

        assertThat(secrets.listSecrets(request -> request.filters(
                                filter -> filter.key(FilterNameStringType.NAME).values("crois/a/")))
                        .secretList())
                .extracting(SecretListEntry::name)
                .containsExactly("crois/a/x");
        assertThat(secrets.listSecrets(request -> request.includePlannedDeletion(true))
                        .secretList())
                .extracting(SecretListEntry::name)
                .containsExactly("crois/a/x", "crois/a/y", "crois/b/x");
    }

    @Test
    void a_description_shows_tags_key_and_versions_but_no_value() {
        secrets.createSecret(request -> request.name("a")
                .description("for tests")
                .kmsKeyId("alias/demo")
                .clientRequestToken(TOKEN)
                .secretString("hush")
                .tags(Tag.builder().key("team").value("x").build()));
        secrets.tagResource(request -> request.secretId("a")
                .tags(Tag.builder().key("project").value("demo").build()));
        secrets.untagResource(request -> request.secretId("a").tagKeys("team"));

        DescribeSecretResponse described = secrets.describeSecret(request -> request.secretId("a"));

        assertThat(described.description()).isEqualTo("for tests");
        assertThat(described.kmsKeyId()).isEqualTo("alias/demo");
        assertThat(described.tags()).extracting(Tag::key).containsExactly("project");
        assertThat(described.versionIdsToStages()).isEqualTo(Map.of(TOKEN, List.of("AWSCURRENT")));
        assertThat(described.toString()).doesNotContain("hush");
    }

    @Test
    void what_is_not_in_memory_is_named() {
        assertThatThrownBy(() -> secrets.rotateSecret(request -> request.secretId("a")))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessage("SecretsManagerClient.rotateSecret is not in memory.");
    }

    private CreateSecretResponse create(String name, String value) {
        return secrets.createSecret(request -> request.name(name).secretString(value));
    }

    private String value(String id) {
        return secrets.getSecretValue(request -> request.secretId(id)).secretString();
    }
}
