package io.crois.testkit.aws;

import io.crois.testkit.aws.internal.secrets.Secret;
import io.crois.testkit.aws.internal.secrets.SecretRefusal;
import io.crois.testkit.aws.internal.secrets.SecretStore;
import io.crois.testkit.aws.internal.secrets.SecretText;
import io.crois.testkit.policy.PolicyDocument;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.APIErrorType;
import software.amazon.awssdk.services.secretsmanager.model.BatchGetSecretValueRequest;
import software.amazon.awssdk.services.secretsmanager.model.BatchGetSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.CreateSecretRequest;
import software.amazon.awssdk.services.secretsmanager.model.CreateSecretResponse;
import software.amazon.awssdk.services.secretsmanager.model.DeleteResourcePolicyRequest;
import software.amazon.awssdk.services.secretsmanager.model.DeleteResourcePolicyResponse;
import software.amazon.awssdk.services.secretsmanager.model.DeleteSecretRequest;
import software.amazon.awssdk.services.secretsmanager.model.DeleteSecretResponse;
import software.amazon.awssdk.services.secretsmanager.model.DescribeSecretRequest;
import software.amazon.awssdk.services.secretsmanager.model.DescribeSecretResponse;
import software.amazon.awssdk.services.secretsmanager.model.Filter;
import software.amazon.awssdk.services.secretsmanager.model.FilterNameStringType;
import software.amazon.awssdk.services.secretsmanager.model.GetResourcePolicyRequest;
import software.amazon.awssdk.services.secretsmanager.model.GetResourcePolicyResponse;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueRequest;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.ListSecretVersionIdsRequest;
import software.amazon.awssdk.services.secretsmanager.model.ListSecretVersionIdsResponse;
import software.amazon.awssdk.services.secretsmanager.model.ListSecretsRequest;
import software.amazon.awssdk.services.secretsmanager.model.ListSecretsResponse;
import software.amazon.awssdk.services.secretsmanager.model.PutResourcePolicyRequest;
import software.amazon.awssdk.services.secretsmanager.model.PutResourcePolicyResponse;
import software.amazon.awssdk.services.secretsmanager.model.PutSecretValueRequest;
import software.amazon.awssdk.services.secretsmanager.model.PutSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.RestoreSecretRequest;
import software.amazon.awssdk.services.secretsmanager.model.RestoreSecretResponse;
import software.amazon.awssdk.services.secretsmanager.model.SecretListEntry;
import software.amazon.awssdk.services.secretsmanager.model.SecretValueEntry;
import software.amazon.awssdk.services.secretsmanager.model.SecretVersionsListEntry;
import software.amazon.awssdk.services.secretsmanager.model.Tag;
import software.amazon.awssdk.services.secretsmanager.model.TagResourceRequest;
import software.amazon.awssdk.services.secretsmanager.model.TagResourceResponse;
import software.amazon.awssdk.services.secretsmanager.model.UntagResourceRequest;
import software.amazon.awssdk.services.secretsmanager.model.UntagResourceResponse;
import software.amazon.awssdk.services.secretsmanager.model.UpdateSecretRequest;
import software.amazon.awssdk.services.secretsmanager.model.UpdateSecretResponse;

/**
 * AWS Secrets Manager: secrets with versions and stages, and deletion with a time to think again. Thread-safe.
 *
 * <p>Not in memory: rotation, replication. Lists come in one page, and are filtered by the beginnings of names only.
 */
final class InMemorySecretsManager implements SecretsManagerClient {

    private static final int MAX_BATCH = 20;
    private static final long MIN_WINDOW_DAYS = 7;
    private static final long MAX_WINDOW_DAYS = 30;

    private final SecretStore store;

    private InMemorySecretsManager(SecretStore store) {
        this.store = store;
    }

    /**
     * Returns the client of a service without secrets.
     *
     * @param clock gives the times of versions and ends the time in which a deletion can be taken back
     * @param random decides the ends of ARNs and the ids of versions
     */
    static SecretsManagerClient create(Clock clock, Random random, String region, String account) {
        SecretStore store =
                new SecretStore(clock, random, "arn:aws:secretsmanager:" + region + ":" + account + ":secret:");
        return NotInMemory.named(SecretsManagerClient.class, new InMemorySecretsManager(store));
    }

    @Override
    public String serviceName() {
        return "secretsmanager";
    }

    @Override
    public void close() {
        // The secrets outlive their clients.
    }

    @Override
    public CreateSecretResponse createSecret(CreateSecretRequest request) {
        return store.create(
                request.name(),
                request.clientRequestToken(),
                new SecretText(request.secretString(), request.secretBinary()),
                new SecretStore.Description(request.description(), request.kmsKeyId(), tags(request.tags())),
                secret -> CreateSecretResponse.builder()
                        .arn(secret.arn())
                        .name(secret.name())
                        .versionId(currentVersion(secret))
                        .build());
    }

    private static @Nullable String currentVersion(Secret secret) {
        return secret.idOf(Secret.CURRENT);
    }

    private static Map<String, String> tags(List<Tag> tags) {
        return tags.stream().collect(Collectors.toMap(Tag::key, Tag::value));
    }

    @Override
    public PutSecretValueResponse putSecretValue(PutSecretValueRequest request) {
        return store.use(
                request.secretId(),
                secret -> store.put(
                        request.secretId(),
                        request.clientRequestToken(),
                        new SecretText(request.secretString(), request.secretBinary()),
                        request.versionStages(),
                        version -> PutSecretValueResponse.builder()
                                .arn(secret.arn())
                                .name(secret.name())
                                .versionId(version.id())
                                .versionStages(secret.stages(version.id()))
                                .build()));
    }

    @Override
    public UpdateSecretResponse updateSecret(UpdateSecretRequest request) {
        return store.update(
                request.secretId(),
                request.clientRequestToken(),
                new SecretText(request.secretString(), request.secretBinary()),
                new SecretStore.Description(request.description(), request.kmsKeyId(), Map.of()),
                secret -> UpdateSecretResponse.builder()
                        .arn(secret.arn())
                        .name(secret.name())
                        .versionId(currentVersion(secret))
                        .build());
    }

    @Override
    public GetSecretValueResponse getSecretValue(GetSecretValueRequest request) {
        return store.use(request.secretId(), secret -> {
            Secret.Version version = secret.version(request.versionId(), request.versionStage());
            return GetSecretValueResponse.builder()
                    .arn(secret.arn())
                    .name(secret.name())
                    .versionId(version.id())
                    .versionStages(secret.stages(version.id()))
                    .createdDate(version.created())
                    .secretString(version.value().text())
                    .secretBinary(version.value().binary())
                    .build();
        });
    }

    @Override
    public BatchGetSecretValueResponse batchGetSecretValue(BatchGetSecretValueRequest request) {
        List<String> ids = request.secretIdList();
        if (ids.isEmpty() || ids.size() > MAX_BATCH) {
            throw SecretRefusal.invalidParameter("SecretIdList must hold 1 to 20 secrets.");
        }
        List<SecretValueEntry> values = new ArrayList<>();
        List<APIErrorType> errors = new ArrayList<>();
        for (String id : ids) {
            try {
                values.add(store.use(id, InMemorySecretsManager::entry));
            } catch (AwsServiceException e) {
                errors.add(APIErrorType.builder()
                        .secretId(id)
                        .errorCode(e.awsErrorDetails().errorCode())
                        .message(e.awsErrorDetails().errorMessage())
                        .build());
            }
        }
        return BatchGetSecretValueResponse.builder()
                .secretValues(values)
                .errors(errors)
                .build();
    }

    private static SecretValueEntry entry(Secret secret) {
        Secret.Version version = secret.version(null, null);
        return SecretValueEntry.builder()
                .arn(secret.arn())
                .name(secret.name())
                .versionId(version.id())
                .versionStages(secret.stages(version.id()))
                .createdDate(version.created())
                .secretString(version.value().text())
                .secretBinary(version.value().binary())
                .build();
    }

    @Override
    public DescribeSecretResponse describeSecret(DescribeSecretRequest request) {
        return store.look(
                request.secretId(),
                secret -> DescribeSecretResponse.builder()
                        .arn(secret.arn())
                        .name(secret.name())
                        .description(secret.description())
                        .kmsKeyId(secret.kmsKey())
                        .createdDate(secret.created())
                        .lastChangedDate(secret.changed())
                        .deletedDate(secret.deleted())
                        .versionIdsToStages(secret.stages())
                        .tags(tags(secret))
                        .build());
    }

    private static List<Tag> tags(Secret secret) {
        return secret.tags().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(tag ->
                        Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                .toList();
    }

    @Override
    public ListSecretsResponse listSecrets(ListSecretsRequest request) {
        boolean marked = Boolean.TRUE.equals(request.includePlannedDeletion());
        return store.all(secrets -> ListSecretsResponse.builder()
                .secretList(secrets.stream()
                        .filter(secret -> marked || !secret.isMarked())
                        .filter(secret -> request.filters().stream().allMatch(filter -> matches(filter, secret)))
                        .map(InMemorySecretsManager::listed)
                        .toList())
                .build());
    }

    private static boolean matches(Filter filter, Secret secret) {
        if (filter.key() != FilterNameStringType.NAME) {
            throw new UnsupportedOperationException(
                    "Listing secrets by `" + filter.keyAsString() + "` is not in memory.");
        }
        return filter.values().stream()
                .anyMatch(value -> value.startsWith("!")
                        ? !secret.name().startsWith(value.substring(1))
                        : secret.name().startsWith(value));
    }

    private static SecretListEntry listed(Secret secret) {
        return SecretListEntry.builder()
                .arn(secret.arn())
                .name(secret.name())
                .description(secret.description())
                .kmsKeyId(secret.kmsKey())
                .createdDate(secret.created())
                .lastChangedDate(secret.changed())
                .deletedDate(secret.deleted())
                .secretVersionsToStages(secret.stages())
                .tags(tags(secret))
                .build();
    }

    @Override
    public ListSecretVersionIdsResponse listSecretVersionIds(ListSecretVersionIdsRequest request) {
        boolean deprecated = Boolean.TRUE.equals(request.includeDeprecated());
        return store.look(
                request.secretId(),
                secret -> ListSecretVersionIdsResponse.builder()
                        .arn(secret.arn())
                        .name(secret.name())
                        .versions(secret.versions().stream()
                                .filter(version -> deprecated
                                        || !secret.stages(version.id()).isEmpty())
                                .map(version -> SecretVersionsListEntry.builder()
                                        .versionId(version.id())
                                        .versionStages(secret.stages(version.id()))
                                        .createdDate(version.created())
                                        .build())
                                .toList())
                        .build());
    }

    @Override
    public DeleteSecretResponse deleteSecret(DeleteSecretRequest request) {
        Long days = request.recoveryWindowInDays();
        boolean forced = Boolean.TRUE.equals(request.forceDeleteWithoutRecovery());
        if (forced && days != null) {
            throw SecretRefusal.invalidParameter(
                    "You can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays.");
        }
        if (days != null && (days < MIN_WINDOW_DAYS || days > MAX_WINDOW_DAYS)) {
            throw SecretRefusal.invalidParameter(
                    "The RecoveryWindowInDays value must be between 7 and 30 days (inclusive).");
        }
        if (forced) {
            return removed(store.remove(request.secretId()));
        }
        Duration window = Duration.ofDays(days == null ? MAX_WINDOW_DAYS : days);
        return removed(store.delete(request.secretId(), window));
    }

    private static DeleteSecretResponse removed(SecretStore.Removal removal) {
        return DeleteSecretResponse.builder()
                .arn(removal.arn())
                .name(removal.name())
                .deletionDate(removal.gone())
                .build();
    }

    @Override
    public RestoreSecretResponse restoreSecret(RestoreSecretRequest request) {
        return store.restore(
                request.secretId(),
                secret -> RestoreSecretResponse.builder()
                        .arn(secret.arn())
                        .name(secret.name())
                        .build());
    }

    @Override
    public TagResourceResponse tagResource(TagResourceRequest request) {
        store.tag(request.secretId(), tags(request.tags()), List.of());
        return TagResourceResponse.builder().build();
    }

    @Override
    public UntagResourceResponse untagResource(UntagResourceRequest request) {
        store.tag(request.secretId(), Map.of(), request.tagKeys());
        return UntagResourceResponse.builder().build();
    }

    @Override
    public PutResourcePolicyResponse putResourcePolicy(PutResourcePolicyRequest request) {
        try {
            PolicyDocument.parse("policy", String.valueOf(request.resourcePolicy()));
        } catch (IllegalArgumentException malformed) {
            throw SecretRefusal.malformedPolicy();
        }
        return store.use(request.secretId(), secret -> {
            secret.resourcePolicy(request.resourcePolicy());
            return PutResourcePolicyResponse.builder()
                    .arn(secret.arn())
                    .name(secret.name())
                    .build();
        });
    }

    @Override
    public GetResourcePolicyResponse getResourcePolicy(GetResourcePolicyRequest request) {
        return store.look(
                request.secretId(),
                secret -> GetResourcePolicyResponse.builder()
                        .arn(secret.arn())
                        .name(secret.name())
                        .resourcePolicy(secret.resourcePolicy())
                        .build());
    }

    @Override
    public DeleteResourcePolicyResponse deleteResourcePolicy(DeleteResourcePolicyRequest request) {
        return store.use(request.secretId(), secret -> {
            secret.resourcePolicy(null);
            return DeleteResourcePolicyResponse.builder()
                    .arn(secret.arn())
                    .name(secret.name())
                    .build();
        });
    }
}
