package io.crois.testkit.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crois.testkit.aws.internal.kms.AliasOperations;
import io.crois.testkit.aws.internal.kms.CipherOperations;
import io.crois.testkit.aws.internal.kms.GrantOperations;
import io.crois.testkit.aws.internal.kms.KeyStore;
import io.crois.testkit.aws.internal.kms.KmsKey;
import io.crois.testkit.aws.internal.kms.KmsRefusal;
import io.crois.testkit.aws.internal.kms.RotationOperations;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.CancelKeyDeletionRequest;
import software.amazon.awssdk.services.kms.model.CancelKeyDeletionResponse;
import software.amazon.awssdk.services.kms.model.CreateAliasRequest;
import software.amazon.awssdk.services.kms.model.CreateAliasResponse;
import software.amazon.awssdk.services.kms.model.CreateGrantRequest;
import software.amazon.awssdk.services.kms.model.CreateGrantResponse;
import software.amazon.awssdk.services.kms.model.CreateKeyRequest;
import software.amazon.awssdk.services.kms.model.CreateKeyResponse;
import software.amazon.awssdk.services.kms.model.DecryptRequest;
import software.amazon.awssdk.services.kms.model.DecryptResponse;
import software.amazon.awssdk.services.kms.model.DeleteAliasRequest;
import software.amazon.awssdk.services.kms.model.DeleteAliasResponse;
import software.amazon.awssdk.services.kms.model.DescribeKeyRequest;
import software.amazon.awssdk.services.kms.model.DescribeKeyResponse;
import software.amazon.awssdk.services.kms.model.DisableKeyRequest;
import software.amazon.awssdk.services.kms.model.DisableKeyResponse;
import software.amazon.awssdk.services.kms.model.DisableKeyRotationRequest;
import software.amazon.awssdk.services.kms.model.DisableKeyRotationResponse;
import software.amazon.awssdk.services.kms.model.EnableKeyRequest;
import software.amazon.awssdk.services.kms.model.EnableKeyResponse;
import software.amazon.awssdk.services.kms.model.EnableKeyRotationRequest;
import software.amazon.awssdk.services.kms.model.EnableKeyRotationResponse;
import software.amazon.awssdk.services.kms.model.EncryptRequest;
import software.amazon.awssdk.services.kms.model.EncryptResponse;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyRequest;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyResponse;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyWithoutPlaintextRequest;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyWithoutPlaintextResponse;
import software.amazon.awssdk.services.kms.model.GetKeyPolicyRequest;
import software.amazon.awssdk.services.kms.model.GetKeyPolicyResponse;
import software.amazon.awssdk.services.kms.model.GetKeyRotationStatusRequest;
import software.amazon.awssdk.services.kms.model.GetKeyRotationStatusResponse;
import software.amazon.awssdk.services.kms.model.KeyListEntry;
import software.amazon.awssdk.services.kms.model.KeyMetadata;
import software.amazon.awssdk.services.kms.model.KeySpec;
import software.amazon.awssdk.services.kms.model.KeyUsageType;
import software.amazon.awssdk.services.kms.model.ListAliasesRequest;
import software.amazon.awssdk.services.kms.model.ListAliasesResponse;
import software.amazon.awssdk.services.kms.model.ListGrantsRequest;
import software.amazon.awssdk.services.kms.model.ListGrantsResponse;
import software.amazon.awssdk.services.kms.model.ListKeyRotationsRequest;
import software.amazon.awssdk.services.kms.model.ListKeyRotationsResponse;
import software.amazon.awssdk.services.kms.model.ListKeysRequest;
import software.amazon.awssdk.services.kms.model.ListKeysResponse;
import software.amazon.awssdk.services.kms.model.ListResourceTagsRequest;
import software.amazon.awssdk.services.kms.model.ListResourceTagsResponse;
import software.amazon.awssdk.services.kms.model.ListRetirableGrantsRequest;
import software.amazon.awssdk.services.kms.model.ListRetirableGrantsResponse;
import software.amazon.awssdk.services.kms.model.PutKeyPolicyRequest;
import software.amazon.awssdk.services.kms.model.PutKeyPolicyResponse;
import software.amazon.awssdk.services.kms.model.RetireGrantRequest;
import software.amazon.awssdk.services.kms.model.RetireGrantResponse;
import software.amazon.awssdk.services.kms.model.RevokeGrantRequest;
import software.amazon.awssdk.services.kms.model.RevokeGrantResponse;
import software.amazon.awssdk.services.kms.model.RotateKeyOnDemandRequest;
import software.amazon.awssdk.services.kms.model.RotateKeyOnDemandResponse;
import software.amazon.awssdk.services.kms.model.ScheduleKeyDeletionRequest;
import software.amazon.awssdk.services.kms.model.ScheduleKeyDeletionResponse;
import software.amazon.awssdk.services.kms.model.Tag;
import software.amazon.awssdk.services.kms.model.TagResourceRequest;
import software.amazon.awssdk.services.kms.model.TagResourceResponse;
import software.amazon.awssdk.services.kms.model.UntagResourceRequest;
import software.amazon.awssdk.services.kms.model.UntagResourceResponse;
import software.amazon.awssdk.services.kms.model.UpdateAliasRequest;
import software.amazon.awssdk.services.kms.model.UpdateAliasResponse;

/**
 * AWS KMS: symmetric keys, aliases, and encryption with an encryption context. Thread-safe.
 *
 * <p>Keys live as long as the object. Policies and grants bind those who call through {@code InMemoryAws.as}; a role in
 * them is kept by its id. A grant counts at once. Lists come in one page. Not in memory: asymmetric keys, imported
 * keys, other regions.
 */
final class InMemoryKms implements KmsClient {

    private static final int DEFAULT_WINDOW_DAYS = 30;
    private static final int MIN_WINDOW_DAYS = 7;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final KeyStore store;
    private final GrantOperations grants;
    private final AliasOperations aliases;
    private final CipherOperations ciphers;
    private final RotationOperations rotations;

    private InMemoryKms(KeyStore store) {
        this.store = store;
        this.grants = new GrantOperations(store);
        this.aliases = new AliasOperations(store);
        this.ciphers = new CipherOperations(store);
        this.rotations = new RotationOperations(store);
    }

    /**
     * Returns the client of a service without keys.
     *
     * @param random decides the ids of keys
     */
    static KmsClient create(Clock clock, Random random, String region, String account) {
        return of(new KeyStore(clock, random, region, account));
    }

    /** Returns the client of a service with these keys. */
    static KmsClient of(KeyStore store) {
        return NotInMemory.named(KmsClient.class, new InMemoryKms(store));
    }

    @Override
    public String serviceName() {
        return "kms";
    }

    @Override
    public void close() {
        // The keys outlive their clients.
    }

    @Override
    public CreateKeyResponse createKey(CreateKeyRequest request) {
        boolean symmetric = (request.keySpec() == null || request.keySpec() == KeySpec.SYMMETRIC_DEFAULT)
                && (request.keyUsage() == null || request.keyUsage() == KeyUsageType.ENCRYPT_DECRYPT);
        if (!symmetric) {
            throw new UnsupportedOperationException("Keys other than symmetric ones are not in memory.");
        }
        String policy = request.policy() == null ? null : checked(request.policy());
        return CreateKeyResponse.builder()
                .keyMetadata(store.create(request.description(), policy, tags(request.tags())))
                .build();
    }

    private static String checked(String policy) {
        try {
            if (MAPPER.readTree(policy).isObject()) {
                return policy;
            }
        } catch (JsonProcessingException e) {
            throw KmsRefusal.policy();
        }
        throw KmsRefusal.policy();
    }

    private static Map<String, String> tags(List<Tag> tags) {
        return tags.stream().collect(Collectors.toMap(Tag::tagKey, Tag::tagValue));
    }

    @Override
    public DescribeKeyResponse describeKey(DescribeKeyRequest request) {
        return DescribeKeyResponse.builder()
                .keyMetadata(store.look(request.keyId(), KmsKey::metadata))
                .build();
    }

    @Override
    public ListKeysResponse listKeys(ListKeysRequest request) {
        return ListKeysResponse.builder()
                .keys(store.list().stream()
                        .map(key -> KeyListEntry.builder()
                                .keyId(key.keyId())
                                .keyArn(key.arn())
                                .build())
                        .toList())
                .truncated(false)
                .build();
    }

    @Override
    public EnableKeyResponse enableKey(EnableKeyRequest request) {
        store.enable(request.keyId(), true);
        return EnableKeyResponse.builder().build();
    }

    @Override
    public DisableKeyResponse disableKey(DisableKeyRequest request) {
        store.enable(request.keyId(), false);
        return DisableKeyResponse.builder().build();
    }

    @Override
    public ScheduleKeyDeletionResponse scheduleKeyDeletion(ScheduleKeyDeletionRequest request) {
        int days = request.pendingWindowInDays() == null ? DEFAULT_WINDOW_DAYS : request.pendingWindowInDays();
        if (days < MIN_WINDOW_DAYS || days > DEFAULT_WINDOW_DAYS) {
            throw KmsRefusal.validation("PendingWindowInDays must be between 7 and 30, but was " + days + ".");
        }
        KeyMetadata deleted = store.delete(request.keyId(), Duration.ofDays(days));
        return ScheduleKeyDeletionResponse.builder()
                .keyId(deleted.arn())
                .deletionDate(deleted.deletionDate())
                .keyState(deleted.keyState())
                .pendingWindowInDays(days)
                .build();
    }

    @Override
    public CancelKeyDeletionResponse cancelKeyDeletion(CancelKeyDeletionRequest request) {
        return CancelKeyDeletionResponse.builder()
                .keyId(store.keep(request.keyId()).arn())
                .build();
    }

    @Override
    public CreateAliasResponse createAlias(CreateAliasRequest request) {
        return aliases.create(request);
    }

    @Override
    public UpdateAliasResponse updateAlias(UpdateAliasRequest request) {
        return aliases.update(request);
    }

    @Override
    public DeleteAliasResponse deleteAlias(DeleteAliasRequest request) {
        return aliases.delete(request);
    }

    @Override
    public ListAliasesResponse listAliases(ListAliasesRequest request) {
        return aliases.list(request);
    }

    @Override
    public EncryptResponse encrypt(EncryptRequest request) {
        return ciphers.encrypt(request);
    }

    @Override
    public DecryptResponse decrypt(DecryptRequest request) {
        return ciphers.decrypt(request);
    }

    @Override
    public GenerateDataKeyResponse generateDataKey(GenerateDataKeyRequest request) {
        return ciphers.dataKey(request);
    }

    @Override
    public GenerateDataKeyWithoutPlaintextResponse generateDataKeyWithoutPlaintext(
            GenerateDataKeyWithoutPlaintextRequest request) {
        return ciphers.sealedDataKey(request);
    }

    @Override
    public GetKeyPolicyResponse getKeyPolicy(GetKeyPolicyRequest request) {
        return GetKeyPolicyResponse.builder()
                .policy(store.policy(request.keyId()))
                .policyName("default")
                .build();
    }

    @Override
    public PutKeyPolicyResponse putKeyPolicy(PutKeyPolicyRequest request) {
        store.policy(request.keyId(), checked(request.policy() == null ? "" : request.policy()));
        return PutKeyPolicyResponse.builder().build();
    }

    @Override
    public CreateGrantResponse createGrant(CreateGrantRequest request) {
        return grants.create(request);
    }

    @Override
    public ListGrantsResponse listGrants(ListGrantsRequest request) {
        return grants.list(request);
    }

    @Override
    public ListRetirableGrantsResponse listRetirableGrants(ListRetirableGrantsRequest request) {
        return grants.listRetirable(request);
    }

    @Override
    public RevokeGrantResponse revokeGrant(RevokeGrantRequest request) {
        return grants.revoke(request);
    }

    @Override
    public RetireGrantResponse retireGrant(RetireGrantRequest request) {
        return grants.retire(request);
    }

    @Override
    public GetKeyRotationStatusResponse getKeyRotationStatus(GetKeyRotationStatusRequest request) {
        return rotations.status(request);
    }

    @Override
    public ListKeyRotationsResponse listKeyRotations(ListKeyRotationsRequest request) {
        return rotations.list(request);
    }

    @Override
    public EnableKeyRotationResponse enableKeyRotation(EnableKeyRotationRequest request) {
        return rotations.enable(request);
    }

    @Override
    public DisableKeyRotationResponse disableKeyRotation(DisableKeyRotationRequest request) {
        return rotations.disable(request);
    }

    @Override
    public RotateKeyOnDemandResponse rotateKeyOnDemand(RotateKeyOnDemandRequest request) {
        return rotations.now(request);
    }

    @Override
    public ListResourceTagsResponse listResourceTags(ListResourceTagsRequest request) {
        return ListResourceTagsResponse.builder()
                .tags(store.look(request.keyId(), KmsKey::tags).entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(tag -> Tag.builder()
                                .tagKey(tag.getKey())
                                .tagValue(tag.getValue())
                                .build())
                        .toList())
                .truncated(false)
                .build();
    }

    @Override
    public TagResourceResponse tagResource(TagResourceRequest request) {
        store.tag(request.keyId(), tags(request.tags()), List.of());
        return TagResourceResponse.builder().build();
    }

    @Override
    public UntagResourceResponse untagResource(UntagResourceRequest request) {
        store.tag(request.keyId(), Map.of(), request.tagKeys());
        return UntagResourceResponse.builder().build();
    }
}
