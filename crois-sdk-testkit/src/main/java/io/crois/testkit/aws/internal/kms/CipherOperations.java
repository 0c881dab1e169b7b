package io.crois.testkit.aws.internal.kms;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.model.DataKeySpec;
import software.amazon.awssdk.services.kms.model.DecryptRequest;
import software.amazon.awssdk.services.kms.model.DecryptResponse;
import software.amazon.awssdk.services.kms.model.EncryptRequest;
import software.amazon.awssdk.services.kms.model.EncryptResponse;
import software.amazon.awssdk.services.kms.model.EncryptionAlgorithmSpec;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyRequest;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyResponse;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyWithoutPlaintextRequest;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyWithoutPlaintextResponse;

/** Encrypts and decrypts with keys, and makes data keys. Thread-safe. */
public final class CipherOperations {
    private static final int MAX_DATA_KEY = 1_024;

    private final KeyStore store;

    /** Works on a store. */
    public CipherOperations(KeyStore store) {
        this.store = store;
    }

    /** Encrypts a text. */
    public EncryptResponse encrypt(EncryptRequest request) {
        KeyStore.Sealed sealed = store.encrypt(request.keyId(), request.plaintext(), request.encryptionContext());
        return EncryptResponse.builder()
                .keyId(sealed.keyArn())
                .ciphertextBlob(sealed.bytes())
                .encryptionAlgorithm(EncryptionAlgorithmSpec.SYMMETRIC_DEFAULT)
                .build();
    }

    /** Decrypts what a key has encrypted. */
    public DecryptResponse decrypt(DecryptRequest request) {
        KeyStore.Sealed opened = store.decrypt(request.keyId(), request.ciphertextBlob(), request.encryptionContext());
        return DecryptResponse.builder()
                .keyId(opened.keyArn())
                .plaintext(opened.bytes())
                .encryptionAlgorithm(EncryptionAlgorithmSpec.SYMMETRIC_DEFAULT)
                .build();
    }

    /** Makes a data key, in clear and encrypted. */
    public GenerateDataKeyResponse dataKey(GenerateDataKeyRequest request) {
        SdkBytes key = dataKey(request.keySpec(), request.numberOfBytes());
        KeyStore.Sealed sealed = store.encrypt(request.keyId(), key, request.encryptionContext());
        return GenerateDataKeyResponse.builder()
                .keyId(sealed.keyArn())
                .plaintext(key)
                .ciphertextBlob(sealed.bytes())
                .build();
    }

    /** Makes a data key, encrypted only. */
    public GenerateDataKeyWithoutPlaintextResponse sealedDataKey(GenerateDataKeyWithoutPlaintextRequest request) {
        SdkBytes key = dataKey(request.keySpec(), request.numberOfBytes());
        KeyStore.Sealed sealed = store.encrypt(request.keyId(), key, request.encryptionContext());
        return GenerateDataKeyWithoutPlaintextResponse.builder()
                .keyId(sealed.keyArn())
                .ciphertextBlob(sealed.bytes())
                .build();
    }

    private SdkBytes dataKey(@Nullable DataKeySpec spec, @Nullable Integer bytes) {
        if ((spec == null) == (bytes == null)) {
            throw KmsRefusal.validation("Please specify either number of bytes or key spec.");
        }
        int length = bytes != null ? bytes : spec == DataKeySpec.AES_128 ? 16 : 32;
        if (length < 1 || length > MAX_DATA_KEY) {
            throw KmsRefusal.validation("NumberOfBytes must be between 1 and 1024, but was " + length + ".");
        }
        return SdkBytes.fromByteArray(store.randomBytes(length));
    }
}
