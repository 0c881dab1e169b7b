package io.crois.testkit.aws.internal.kms;

import software.amazon.awssdk.services.kms.model.DisableKeyRotationRequest;
import software.amazon.awssdk.services.kms.model.DisableKeyRotationResponse;
import software.amazon.awssdk.services.kms.model.EnableKeyRotationRequest;
import software.amazon.awssdk.services.kms.model.EnableKeyRotationResponse;
import software.amazon.awssdk.services.kms.model.GetKeyRotationStatusRequest;
import software.amazon.awssdk.services.kms.model.GetKeyRotationStatusResponse;
import software.amazon.awssdk.services.kms.model.ListKeyRotationsRequest;
import software.amazon.awssdk.services.kms.model.ListKeyRotationsResponse;
import software.amazon.awssdk.services.kms.model.RotateKeyOnDemandRequest;
import software.amazon.awssdk.services.kms.model.RotateKeyOnDemandResponse;
import software.amazon.awssdk.services.kms.model.RotationType;
import software.amazon.awssdk.services.kms.model.RotationsListEntry;

/** Renews the material of keys, from time to time or on demand. Thread-safe. */
public final class RotationOperations {
    private static final int MIN_ROTATION_DAYS = 90;
    private static final int MAX_ROTATION_DAYS = 2_560;
    private static final int DEFAULT_ROTATION_DAYS = 365;

    private final KeyStore store;

    /** Works on a store. */
    public RotationOperations(KeyStore store) {
        this.store = store;
    }

    /** Says whether the material is renewed, and how often. */
    public GetKeyRotationStatusResponse status(GetKeyRotationStatusRequest request) {
        int days = store.look(request.keyId(), KmsKey::rotationDays);
        return GetKeyRotationStatusResponse.builder()
                .keyId(store.look(request.keyId(), KmsKey::arn))
                .keyRotationEnabled(days > 0)
                .rotationPeriodInDays(days > 0 ? days : null)
                .onDemandRotationStartDate(store.rotating(request.keyId()).orElse(null))
                .build();
    }

    /** Lists renewals on demand alone: those that are due anyway leave no trace here. */
    public ListKeyRotationsResponse list(ListKeyRotationsRequest request) {
        String id = store.look(request.keyId(), key -> key.metadata().keyId());
        return ListKeyRotationsResponse.builder()
                .rotations(store.look(request.keyId(), KmsKey::rotations).stream()
                        .map(at -> RotationsListEntry.builder()
                                .keyId(id)
                                .rotationDate(at)
                                .rotationType(RotationType.ON_DEMAND)
                                .build())
                        .toList())
                .truncated(false)
                .build();
    }

    /** Has the material renewed from time to time. */
    public EnableKeyRotationResponse enable(EnableKeyRotationRequest request) {
        Integer days = request.rotationPeriodInDays();
        if (days != null && (days < MIN_ROTATION_DAYS || days > MAX_ROTATION_DAYS)) {
            throw KmsRefusal.validation("RotationPeriodInDays must be between 90 and 2560, but was " + days + ".");
        }
        store.rotate(request.keyId(), days == null ? DEFAULT_ROTATION_DAYS : days);
        return EnableKeyRotationResponse.builder().build();
    }

    /** Leaves the material as it is. */
    public DisableKeyRotationResponse disable(DisableKeyRotationRequest request) {
        store.rotate(request.keyId(), 0);
        return DisableKeyRotationResponse.builder().build();
    }

    /**
     * Keeps the key that encrypts: who uses a key cannot tell when its material was renewed. It takes a minute, in
     * which it is not begun again.
     */
    public RotateKeyOnDemandResponse now(RotateKeyOnDemandRequest request) {
        store.rotateNow(request.keyId());
        return RotateKeyOnDemandResponse.builder()
                .keyId(store.look(request.keyId(), KmsKey::arn))
                .build();
    }
}
