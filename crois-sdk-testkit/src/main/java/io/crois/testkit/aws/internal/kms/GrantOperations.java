package io.crois.testkit.aws.internal.kms;

import java.time.Instant;
import java.util.Map;
import software.amazon.awssdk.services.kms.model.CreateGrantRequest;
import software.amazon.awssdk.services.kms.model.CreateGrantResponse;
import software.amazon.awssdk.services.kms.model.GrantConstraints;
import software.amazon.awssdk.services.kms.model.GrantListEntry;
import software.amazon.awssdk.services.kms.model.KeyMetadata;
import software.amazon.awssdk.services.kms.model.ListGrantsRequest;
import software.amazon.awssdk.services.kms.model.ListGrantsResponse;
import software.amazon.awssdk.services.kms.model.ListRetirableGrantsRequest;
import software.amazon.awssdk.services.kms.model.ListRetirableGrantsResponse;
import software.amazon.awssdk.services.kms.model.RetireGrantRequest;
import software.amazon.awssdk.services.kms.model.RetireGrantResponse;
import software.amazon.awssdk.services.kms.model.RevokeGrantRequest;
import software.amazon.awssdk.services.kms.model.RevokeGrantResponse;

/** Makes, lists and ends the grants of keys. Thread-safe. */
public final class GrantOperations {
    private static final String TOKEN = "in-memory-grant-";

    private final KeyStore store;

    /** Works on a store. */
    public GrantOperations(KeyStore store) {
        this.store = store;
    }

    /** Makes a grant. */
    public CreateGrantResponse create(CreateGrantRequest request) {
        if (request.granteePrincipal() == null || request.operations().isEmpty()) {
            throw KmsRefusal.validation("A grant must have a GranteePrincipal and Operations.");
        }
        GrantConstraints constraints = request.constraints();
        KeyGrant made = store.grant(
                request.keyId(),
                new KeyGrant(
                        "",
                        request.name(),
                        request.granteePrincipal(),
                        request.retiringPrincipal(),
                        request.operationsAsStrings(),
                        constraints == null ? Map.of() : constraints.encryptionContextEquals(),
                        constraints == null ? Map.of() : constraints.encryptionContextSubset(),
                        Instant.EPOCH));
        return CreateGrantResponse.builder()
                .grantId(made.id())
                .grantToken(TOKEN + made.id())
                .build();
    }

    /** Lists the grants of a key, in one page. */
    public ListGrantsResponse list(ListGrantsRequest request) {
        return ListGrantsResponse.builder()
                .grants(store.grants(request.keyId()).stream()
                        .filter(grant -> request.grantId() == null || grant.id().equals(request.grantId()))
                        .filter(grant -> request.granteePrincipal() == null
                                || grant.grantee().equals(request.granteePrincipal()))
                        .map(grant -> listed(request.keyId(), grant))
                        .toList())
                .truncated(false)
                .build();
    }

    /** Lists the grants that somebody may end, in one page. */
    public ListRetirableGrantsResponse listRetirable(ListRetirableGrantsRequest request) {
        return ListRetirableGrantsResponse.builder()
                .grants(store.list().stream()
                        .flatMap(key -> store.grants(key.keyId()).stream()
                                .filter(grant ->
                                        String.valueOf(grant.retiring()).equals(request.retiringPrincipal()))
                                .map(grant -> listed(key.keyId(), grant)))
                        .toList())
                .truncated(false)
                .build();
    }

    private GrantListEntry listed(String key, KeyGrant grant) {
        boolean constrained = !grant.equals().isEmpty() || !grant.subset().isEmpty();
        return GrantListEntry.builder()
                .keyId(store.look(key, KmsKey::arn))
                .grantId(grant.id())
                .name(grant.name())
                .creationDate(grant.created())
                .granteePrincipal(grant.grantee())
                .retiringPrincipal(grant.retiring())
                .operationsWithStrings(grant.operations())
                .constraints(
                        constrained
                                ? GrantConstraints.builder()
                                        .encryptionContextEquals(grant.equals())
                                        .encryptionContextSubset(grant.subset())
                                        .build()
                                : null)
                .build();
    }

    /** Ends a grant of a key. */
    public RevokeGrantResponse revoke(RevokeGrantRequest request) {
        store.endGrant(request.keyId(), request.grantId());
        return RevokeGrantResponse.builder().build();
    }

    /** A grant is named by its token, or by its id and its key. */
    public RetireGrantResponse retire(RetireGrantRequest request) {
        String token = request.grantToken();
        if (token == null) {
            store.endGrant(request.keyId(), request.grantId());
            return RetireGrantResponse.builder().build();
        }
        String id = token.startsWith(TOKEN) ? token.substring(TOKEN.length()) : "";
        String key = store.list().stream()
                .map(KeyMetadata::keyId)
                .filter(found -> store.grants(found).stream()
                        .anyMatch(grant -> grant.id().equals(id)))
                .findFirst()
                .orElseThrow(() -> KmsRefusal.noGrant(id));
        store.endGrant(key, id);
        return RetireGrantResponse.builder().build();
    }
}
