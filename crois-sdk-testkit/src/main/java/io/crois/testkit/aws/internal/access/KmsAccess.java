package io.crois.testkit.aws.internal.access;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.GrantConstraints;
import software.amazon.awssdk.services.kms.model.GrantListEntry;
import software.amazon.awssdk.services.kms.model.KmsException;
import software.amazon.awssdk.services.kms.model.Tag;

/** AWS KMS, called directly or by a service on behalf of who asks. */
final class KmsAccess implements AccessRules {

    private static final String REQUEST_TAG = "aws:RequestTag/";
    private static final String CONTEXT = "kms:EncryptionContext:";

    private final KmsClient kms;
    private final Site site;
    private final Policies policies;
    private final KeyOfCiphertext keyOfCiphertext;

    /** Tells which key a ciphertext was made with. */
    @FunctionalInterface
    interface KeyOfCiphertext {
        Optional<String> keyId(software.amazon.awssdk.core.SdkBytes ciphertext);
    }

    KmsAccess(KmsClient kms, Site site, Policies policies, KeyOfCiphertext keyOfCiphertext) {
        this.kms = kms;
        this.site = site;
        this.policies = policies;
        this.keyOfCiphertext = keyOfCiphertext;
    }

    @Override
    public List<Access> of(Call call) {
        String action = "kms:" + call.operation();
        return switch (call.operation()) {
            case "CreateKey" -> creation(action, call);
            case "ListKeys", "ListAliases", "GenerateRandom" -> List.of(Access.of(action, "*"));
            case "CreateAlias", "UpdateAlias", "DeleteAlias" -> alias(action, call);
            case "Decrypt" -> List.of(context(onKey(action, decrypting(call)), call.texts("EncryptionContext")));
            case "RetireGrant" -> List.of(retirement(action, call));
            default -> List.of(details(onKey(action, call.text("KeyId")), call));
        };
    }

    /** To tag a key with its creation takes the permission to tag. */
    private static List<Access> creation(String action, Call call) {
        Map<String, String> tags = tags(call);
        Access creation = Access.of(action, "*")
                .tags(REQUEST_TAG, tags)
                .with("kms:BypassPolicyLockoutSafetyCheck", call.find("BypassPolicyLockoutSafetyCheck"));
        Access tagging = Access.of("kms:TagResource", "*").tags(REQUEST_TAG, tags);
        return tags.isEmpty() ? List.of(creation) : List.of(creation, tagging);
    }

    private Access details(Access access, Call call) {
        return context(access, call.texts("EncryptionContext"))
                .with("kms:RequestAlias", call.find("KeyId").filter(id -> id.contains("alias/")))
                .with("kms:ScheduleKeyDeletionPendingWindowInDays", call.find("PendingWindowInDays"))
                .with("kms:GranteePrincipal", call.find("GranteePrincipal"))
                .with("kms:RetiringPrincipal", call.find("RetiringPrincipal"))
                .with("kms:GrantOperations", call.list("Operations").toArray(String[]::new))
                .with("kms:BypassPolicyLockoutSafetyCheck", call.find("BypassPolicyLockoutSafetyCheck"))
                .tags(REQUEST_TAG, tags(call));
    }

    private static Map<String, String> tags(Call call) {
        return call.things("Tags").stream().map(Tag.class::cast).collect(Collectors.toMap(Tag::tagKey, Tag::tagValue));
    }

    private List<Access> alias(String action, Call call) {
        String alias = call.text("AliasName");
        List<Access> needed = new ArrayList<>();
        needed.add(Access.of(action, site.arn("kms", alias)));
        needed.add(onKey(action, call.find("TargetKeyId").orElse(alias)));
        return needed;
    }

    private String decrypting(Call call) {
        return call.get("CiphertextBlob")
                .map(software.amazon.awssdk.core.SdkBytes.class::cast)
                .flatMap(keyOfCiphertext::keyId)
                .orElse(call.text("KeyId"));
    }

    /** Returns the use of a key that a service makes on behalf of who asks. */
    Access via(String service, String action, String keyId, Map<String, String> encryptionContext) {
        return context(onKey(action, keyId), encryptionContext)
                .with("kms:ViaService", site.via(service))
                .with("aws:ViaAWSService", "true");
    }

    private Access context(Access access, Map<String, String> encryptionContext) {
        Access with = access.tags(CONTEXT, encryptionContext);
        Access named = encryptionContext.isEmpty()
                ? with
                : with.with(
                        "kms:EncryptionContextKeys",
                        encryptionContext.keySet().stream().sorted().toArray(String[]::new));
        return named.grants(covering(access, encryptionContext));
    }

    private List<GrantListEntry> grants(String keyArn) {
        try {
            return kms.listGrants(list -> list.keyId(keyArn)).grants();
        } catch (KmsException missing) {
            return List.of();
        }
    }

    private List<Access.Grant> covering(Access access, Map<String, String> encryptionContext) {
        String operation = access.action().substring("kms:".length());
        return grants(access.resource()).stream()
                .filter(grant -> grant.operationsAsStrings().contains(operation))
                .filter(grant -> isMet(grant.constraints(), encryptionContext))
                .map(grant -> new Access.Grant(grant.grantId(), grant.granteePrincipal()))
                .toList();
    }

    private static boolean isMet(@Nullable GrantConstraints constraints, Map<String, String> encryptionContext) {
        if (constraints == null) {
            return true;
        }
        boolean equal = constraints.encryptionContextEquals().isEmpty()
                || constraints.encryptionContextEquals().equals(encryptionContext);
        return equal
                && encryptionContext
                        .entrySet()
                        .containsAll(constraints.encryptionContextSubset().entrySet());
    }

    /** A grant itself says who may end it: its retiring principal, and its grantee if it may. */
    private Access retirement(String action, Call call) {
        String key = call.text("KeyId");
        Access access = onKey(action, key);
        List<Access.Grant> retirable = new ArrayList<>();
        grants(access.resource()).stream()
                .filter(grant -> grant.grantId().equals(call.text("GrantId")))
                .forEach(grant -> {
                    if (grant.retiringPrincipal() != null) {
                        retirable.add(new Access.Grant(grant.grantId(), grant.retiringPrincipal()));
                    }
                    if (grant.operationsAsStrings().contains("RetireGrant")) {
                        retirable.add(new Access.Grant(grant.grantId(), grant.granteePrincipal()));
                    }
                });
        return access.grants(retirable);
    }

    private Access onKey(String action, String keyId) {
        try {
            String arn = kms.describeKey(key -> key.keyId(keyId)).keyMetadata().arn();
            Map<String, String> tags = kms.listResourceTags(list -> list.keyId(arn)).tags().stream()
                    .collect(Collectors.toMap(Tag::tagKey, Tag::tagValue));
            String policy = kms.getKeyPolicy(get -> get.keyId(arn)).policy();
            return Access.of(action, arn)
                    .with("kms:CallerAccount", site.account())
                    .tags("aws:ResourceTag/", tags)
                    .policy(Optional.of(policies.parse("key", policy)));
        } catch (KmsException missing) {
            return Access.of(action, missing(keyId)).policy(Optional.of(policies.parse("no key", delegating())));
        }
    }

    private String missing(String keyId) {
        return keyId.startsWith("alias/") ? site.arn("kms", keyId) : site.arnOf("kms", "key/", keyId);
    }

    /** Of a key that is not there the account decides, so that who may ask is told that it is missing. */
    private String delegating() {
        return "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\""
                + site.role("root") + "\"},\"Action\":\"kms:*\",\"Resource\":\"*\"}}";
    }
}
