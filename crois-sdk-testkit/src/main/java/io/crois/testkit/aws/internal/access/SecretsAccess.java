package io.crois.testkit.aws.internal.access;

import io.crois.testkit.policy.PolicyDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.DescribeSecretResponse;
import software.amazon.awssdk.services.secretsmanager.model.SecretsManagerException;
import software.amazon.awssdk.services.secretsmanager.model.Tag;

/** AWS Secrets Manager; the values of secrets under a key of the account need the key as well. */
final class SecretsAccess implements AccessRules {

    private static final String UNKNOWN_SUFFIX = "-000000";
    private static final String VALIDATION = "RequestToValidateKeyAccess";

    private final SecretsManagerClient secrets;
    private final KmsAccess keys;
    private final Site site;
    private final Policies policies;

    SecretsAccess(SecretsManagerClient secrets, KmsAccess keys, Site site, Policies policies) {
        this.policies = policies;
        this.secrets = secrets;
        this.keys = keys;
        this.site = site;
    }

    @Override
    public List<Access> of(Call call) {
        String action = "secretsmanager:" + call.operation();
        return switch (call.operation()) {
            case "ListSecrets", "GetRandomPassword" -> List.of(Access.of(action, "*"));
            case "CreateSecret" -> creates(call, action);
            case "BatchGetSecretValue" -> batch(call, action);
            case "GetSecretValue" -> reads(call.text("SecretId"), call.find("VersionId"));
            case "PutSecretValue" -> writes(call, action, false);
            case "UpdateSecret" -> writes(call, action, true);
            default -> List.of(onSecret(action, call.text("SecretId")));
        };
    }

    private List<Access> creates(Call call, String action) {
        String arn = site.arn("secretsmanager", "secret:" + call.text("Name") + UNKNOWN_SUFFIX);
        List<Access> needed = new ArrayList<>();
        needed.add(Access.of(action, arn)
                .with("secretsmanager:Name", call.find("Name"))
                .with("secretsmanager:KmsKeyArn", call.find("KmsKeyId"))
                .tags("aws:RequestTag/", tags(call.things("Tags"))));
        if (!call.things("Tags").isEmpty()) {
            needed.add(Access.of("secretsmanager:TagResource", arn).tags("aws:RequestTag/", tags(call.things("Tags"))));
        }
        call.find("KmsKeyId").filter(key -> hasValue(call)).ifPresent(key -> {
            needed.add(use(
                    "kms:GenerateDataKey",
                    key,
                    arn,
                    call.find("ClientRequestToken").orElse("new")));
            needed.add(use("kms:Decrypt", key, arn, VALIDATION));
        });
        return needed;
    }

    private static boolean hasValue(Call call) {
        return call.get("SecretString").isPresent() || call.get("SecretBinary").isPresent();
    }

    private static Map<String, String> tags(List<?> tags) {
        return tags.stream().map(Tag.class::cast).collect(Collectors.toMap(Tag::key, Tag::value));
    }

    @SuppressWarnings("unchecked")
    private List<Access> batch(Call call, String action) {
        List<Access> needed = new ArrayList<>();
        needed.add(Access.of(action, "*"));
        call.get("SecretIdList")
                .map(ids -> (List<String>) ids)
                .orElse(List.of())
                .forEach(id -> needed.addAll(reads(id, Optional.empty())));
        return needed;
    }

    private List<Access> reads(String id, Optional<String> version) {
        List<Access> needed = new ArrayList<>();
        needed.add(onSecret("secretsmanager:GetSecretValue", id));
        describe(id)
                .filter(secret -> secret.kmsKeyId() != null)
                .ifPresent(secret -> needed.add(
                        use("kms:Decrypt", secret.kmsKeyId(), secret.arn(), version.orElse(current(secret)))));
        return needed;
    }

    private static String current(DescribeSecretResponse secret) {
        return secret.versionIdsToStages().entrySet().stream()
                .filter(version -> version.getValue().contains("AWSCURRENT"))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse("none");
    }

    private List<Access> writes(Call call, String action, boolean encrypts) {
        String id = call.text("SecretId");
        List<Access> needed = new ArrayList<>();
        needed.add(onSecret(action, id));
        Optional<DescribeSecretResponse> secret = describe(id);
        Optional<String> key = call.find("KmsKeyId").or(() -> secret.map(DescribeSecretResponse::kmsKeyId));
        if (secret.isPresent() && key.isPresent() && hasValue(call)) {
            String arn = secret.get().arn();
            needed.add(use(
                    "kms:GenerateDataKey",
                    key.get(),
                    arn,
                    call.find("ClientRequestToken").orElse("new")));
            if (encrypts) {
                needed.add(use("kms:Decrypt", key.get(), arn, VALIDATION));
            }
        }
        return needed;
    }

    private Access use(String action, String key, String arn, String version) {
        return keys.via("secretsmanager", action, key, Map.of("SecretARN", arn, "SecretVersionId", version));
    }

    private Access onSecret(String action, String id) {
        Optional<DescribeSecretResponse> secret = describe(id);
        String missing = site.arnOf("secretsmanager", "secret:", id);
        return Access.of(
                        action,
                        secret.map(DescribeSecretResponse::arn)
                                .orElse(id.startsWith("arn:") ? id : missing + UNKNOWN_SUFFIX))
                .with("secretsmanager:SecretId", id)
                .policy(secret.flatMap(found -> policyOf(found.arn())))
                .tags(
                        "aws:ResourceTag/",
                        secret.map(found -> tags(found.tags())).orElse(Map.of()));
    }

    private Optional<PolicyDocument> policyOf(String arn) {
        return Optional.ofNullable(
                        secrets.getResourcePolicy(get -> get.secretId(arn)).resourcePolicy())
                .map(json -> policies.parse("secret", json));
    }

    private Optional<DescribeSecretResponse> describe(String id) {
        try {
            return Optional.of(secrets.describeSecret(describe -> describe.secretId(id)));
        } catch (SecretsManagerException missing) {
            return Optional.empty();
        }
    }
}
