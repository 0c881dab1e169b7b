package io.crois.testkit.aws;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crois.testkit.time.VirtualEventLoop;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.AliasListEntry;
import software.amazon.awssdk.services.kms.model.AlreadyExistsException;
import software.amazon.awssdk.services.kms.model.DataKeySpec;
import software.amazon.awssdk.services.kms.model.DecryptResponse;
import software.amazon.awssdk.services.kms.model.DisabledException;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyResponse;
import software.amazon.awssdk.services.kms.model.IncorrectKeyException;
import software.amazon.awssdk.services.kms.model.InvalidAliasNameException;
import software.amazon.awssdk.services.kms.model.InvalidCiphertextException;
import software.amazon.awssdk.services.kms.model.KeyMetadata;
import software.amazon.awssdk.services.kms.model.KeyState;
import software.amazon.awssdk.services.kms.model.KmsException;
import software.amazon.awssdk.services.kms.model.KmsInvalidStateException;
import software.amazon.awssdk.services.kms.model.MalformedPolicyDocumentException;
import software.amazon.awssdk.services.kms.model.NotFoundException;
import software.amazon.awssdk.services.kms.model.Tag;

final class InMemoryKmsTest {

    private static final Map<String, String> CONTEXT = Map.of("project", "demo", "kind", "secret");

    private final VirtualEventLoop loop = VirtualEventLoop.create();
    private final KmsClient kms = InMemoryKms.create(loop.clock(), new Random(7), "eu-central-1", "222222222222");

    @Test
    void what_is_encrypted_is_decrypted_under_the_same_context_alone() {
        String key = create();
        SdkBytes sealed = encrypt(key, "hello", CONTEXT);

        DecryptResponse opened = kms.decrypt(request ->
                request.ciphertextBlob(sealed).encryptionContext(Map.of("kind", "secret", "project", "demo")));

        assertThat(opened.plaintext().asUtf8String()).isEqualTo("hello");
        assertThat(opened.keyId()).isEqualTo("arn:aws:kms:eu-central-1:222222222222:key/" + key);
        assertThat(new String(sealed.asByteArray(), ISO_8859_1)).doesNotContain("hello");
        assertThatThrownBy(() -> decrypt(sealed, Map.of("project", "other", "kind", "secret")))
                .isInstanceOf(InvalidCiphertextException.class);
        assertThatThrownBy(() -> decrypt(sealed, Map.of())).isInstanceOf(InvalidCiphertextException.class);
    }

    @Test
    void a_ciphertext_that_was_changed_or_never_was_one_is_refused() {
        byte[] bytes = encrypt(create(), "hello", CONTEXT).asByteArray();
        bytes[bytes.length - 1] ^= 1;

        assertThatThrownBy(() -> decrypt(SdkBytes.fromByteArray(bytes), CONTEXT))
                .isInstanceOf(InvalidCiphertextException.class);
        assertThatThrownBy(() -> decrypt(SdkBytes.fromUtf8String("hello"), CONTEXT))
                .isInstanceOf(InvalidCiphertextException.class);
        assertThatThrownBy(() -> decrypt(SdkBytes.fromByteArray(new byte[100]), CONTEXT))
                .isInstanceOf(InvalidCiphertextException.class);
    }

    @Test
    void the_same_text_is_never_encrypted_to_the_same_bytes() {
        String key = create();

        assertThat(encrypt(key, "hello", CONTEXT)).isNotEqualTo(encrypt(key, "hello", CONTEXT));
    }

    @Test
    void a_key_that_is_named_must_be_the_right_one() {
        SdkBytes sealed = encrypt(create(), "hello", CONTEXT);
        String other = create();

        assertThatThrownBy(() -> kms.decrypt(
                        request -> request.keyId(other).ciphertextBlob(sealed).encryptionContext(CONTEXT)))
                .isInstanceOf(IncorrectKeyException.class)
                .hasMessageContaining("does not identify a CMK that can perform this operation");
    }

    @Test
    void a_data_key_comes_plain_and_encrypted() {
        String key = create();

        GenerateDataKeyResponse data = kms.generateDataKey(
                request -> request.keyId(key).keySpec(DataKeySpec.AES_256).encryptionContext(CONTEXT));
        SdkBytes sealedOnly = kms.generateDataKeyWithoutPlaintext(
                        request -> request.keyId(key).numberOfBytes(7).encryptionContext(CONTEXT))
                .ciphertextBlob();

        assertThat(data.plaintext().asByteArray()).hasSize(32);
        assertThat(decrypt(data.ciphertextBlob(), CONTEXT)).isEqualTo(data.plaintext());
        assertThat(decrypt(sealedOnly, CONTEXT).asByteArray()).hasSize(7);
        assertThatThrownBy(() -> kms.generateDataKey(request -> request.keyId(key)))
                .isInstanceOf(KmsException.class)
                .hasMessageContaining("either number of bytes or key spec");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%s",
                "arn:aws:kms:eu-central-1:222222222222:key/%s",
                "alias/crois/demo",
                "arn:aws:kms:eu-central-1:222222222222:alias/crois/demo"
            })
    void a_key_is_found_by_every_one_of_its_names(String name) {
        String key = create();
        kms.createAlias(request -> request.aliasName("alias/crois/demo").targetKeyId(key));

        KeyMetadata found = kms.describeKey(request -> request.keyId(String.format(name, key)))
                .keyMetadata();

        assertThat(found.keyId()).isEqualTo(key);
    }

    @Test
    void aliases_are_listed_moved_and_removed() {
        String one = create();
        String two = create();
        kms.createAlias(request -> request.aliasName("alias/a").targetKeyId(one));
        kms.createAlias(request -> request.aliasName("alias/b").targetKeyId(two));

        kms.updateAlias(request -> request.aliasName("alias/a").targetKeyId(two));
        assertThat(kms.listAliases(request -> request.keyId(two)).aliases())
                .extracting(AliasListEntry::aliasName)
                .containsExactly("alias/a", "alias/b");
        assertThat(kms.listAliases(request -> request.keyId(one)).aliases()).isEmpty();

        kms.deleteAlias(request -> request.aliasName("alias/a"));
        assertThat(kms.listAliasesPaginator().aliases())
                .extracting(AliasListEntry::aliasArn)
                .containsExactly("arn:aws:kms:eu-central-1:222222222222:alias/b");
        assertThatThrownBy(() -> kms.describeKey(request -> request.keyId("alias/a")))
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("Alias arn:aws:kms:eu-central-1:222222222222:alias/a is not found.");
    }

    @Test
    void what_makes_no_sense_is_refused() {
        String key = create();
        kms.createAlias(request -> request.aliasName("alias/a").targetKeyId(key));

        assertThatThrownBy(() ->
                        kms.createAlias(request -> request.aliasName("alias/a").targetKeyId(key)))
                .isInstanceOf(AlreadyExistsException.class);
        assertThatThrownBy(() -> kms.createAlias(
                        request -> request.aliasName("alias/aws/s3").targetKeyId(key)))
                .isInstanceOf(InvalidAliasNameException.class);
        assertThatThrownBy(() -> kms.describeKey(request -> request.keyId("nope")))
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("Key 'arn:aws:kms:eu-central-1:222222222222:key/nope' does not exist");
        assertThatThrownBy(() -> encrypt(key, "x".repeat(4_097), CONTEXT))
                .isInstanceOf(KmsException.class)
                .hasMessageContaining("between 1 and 4096");
        assertThatThrownBy(() -> kms.createKey(request -> request.policy("{")))
                .isInstanceOf(MalformedPolicyDocumentException.class);
        assertThatThrownBy(() ->
                        kms.scheduleKeyDeletion(request -> request.keyId(key).pendingWindowInDays(6)))
                .isInstanceOf(KmsException.class)
                .hasMessageContaining("between 7 and 30");
    }

    @Test
    void a_disabled_key_does_nothing_until_it_is_enabled_again() {
        String key = create();
        SdkBytes sealed = encrypt(key, "hello", CONTEXT);

        kms.disableKey(request -> request.keyId(key));
        assertThatThrownBy(() -> decrypt(sealed, CONTEXT))
                .isInstanceOf(DisabledException.class)
                .hasMessageContaining("is disabled.");

        kms.enableKey(request -> request.keyId(key));
        assertThat(decrypt(sealed, CONTEXT).asUtf8String()).isEqualTo("hello");
    }

    @Test
    void a_deletion_can_be_taken_back_until_its_window_has_passed() {
        String key = create();
        kms.createAlias(request -> request.aliasName("alias/a").targetKeyId(key));
        SdkBytes sealed = encrypt(key, "hello", CONTEXT);

        kms.scheduleKeyDeletion(request -> request.keyId(key).pendingWindowInDays(7));
        assertThatThrownBy(() -> decrypt(sealed, CONTEXT))
                .isInstanceOf(KmsInvalidStateException.class)
                .hasMessageContaining("is pending deletion.");
        kms.cancelKeyDeletion(request -> request.keyId(key));
        assertThat(kms.describeKey(request -> request.keyId(key)).keyMetadata().keyState())
                .isEqualTo(KeyState.DISABLED);

        kms.scheduleKeyDeletion(request -> request.keyId(key));
        loop.advance(Duration.ofDays(30));
        assertThatThrownBy(() -> decrypt(sealed, CONTEXT)).isInstanceOf(InvalidCiphertextException.class);
        assertThat(kms.listKeys().keys()).isEmpty();
        assertThat(kms.listAliases().aliases()).isEmpty();
    }

    @Test
    void policies_and_tags_are_kept() {
        String key = kms.createKey(request ->
                        request.tags(Tag.builder().tagKey("team").tagValue("x").build()))
                .keyMetadata()
                .keyId();
        assertThat(kms.getKeyPolicy(request -> request.keyId(key)).policy()).contains("222222222222:root");

        kms.putKeyPolicy(request -> request.keyId(key).policy("{\"Statement\":[]}"));
        kms.tagResource(request -> request.keyId(key)
                .tags(Tag.builder().tagKey("project").tagValue("demo").build()));
        kms.untagResource(request -> request.keyId(key).tagKeys("team"));

        assertThat(kms.getKeyPolicy(request -> request.keyId(key)).policy()).isEqualTo("{\"Statement\":[]}");
        assertThat(kms.listResourceTags(request -> request.keyId(key)).tags())
                .extracting(Tag::tagKey)
                .containsExactly("project");
    }

    @Test
    void the_material_of_a_key_is_renewed_as_often_as_it_is_asked_for() {
        String key = create();
        assertThat(kms.getKeyRotationStatus(request -> request.keyId(key)).keyRotationEnabled())
                .isFalse();

        kms.enableKeyRotation(request -> request.keyId(key).rotationPeriodInDays(90));

        assertThat(kms.getKeyRotationStatus(request -> request.keyId(key)).rotationPeriodInDays())
                .isEqualTo(90);
        assertThatThrownBy(() ->
                        kms.enableKeyRotation(request -> request.keyId(key).rotationPeriodInDays(89)))
                .hasMessageContaining("between 90 and 2560");
        kms.disableKeyRotation(request -> request.keyId(key));
        assertThat(kms.getKeyRotationStatus(request -> request.keyId(key)).keyRotationEnabled())
                .isFalse();
    }

    @Test
    void what_is_not_in_memory_is_named() {
        assertThatThrownBy(() -> kms.createCustomKeyStore(request -> request.customKeyStoreName("a")))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessage("KmsClient.createCustomKeyStore is not in memory.");
        assertThatThrownBy(() -> kms.createKey(request -> request.keySpec("RSA_2048")))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("symmetric");
    }

    private String create() {
        return kms.createKey().keyMetadata().keyId();
    }

    private SdkBytes encrypt(String key, String text, Map<String, String> context) {
        return kms.encrypt(request -> request.keyId(key)
                        .plaintext(SdkBytes.fromUtf8String(text))
                        .encryptionContext(context))
                .ciphertextBlob();
    }

    private SdkBytes decrypt(SdkBytes sealed, Map<String, String> context) {
        return kms.decrypt(request -> request.ciphertextBlob(sealed).encryptionContext(context))
                .plaintext();
    }
}
