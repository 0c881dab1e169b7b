package io.crois.runtime.agent.aws;

import java.util.Base64;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;

/** AWS KMS behind the client of the AWS SDK. */
final class SdkKeySource implements KeySource {
    private final KmsClient client;
    private final Retries retries = Retries.defaults();

    SdkKeySource(KmsClient client) {
        this.client = client;
    }

    @Override
    public byte[] open(String ciphertext, Map<String, String> context) {
        SdkBytes sealed = SdkBytes.fromByteArray(Base64.getDecoder().decode(ciphertext));
        return retries.call(() -> SdkFailures.in(
                "Decrypt",
                () -> client.decrypt(request -> request.ciphertextBlob(sealed).encryptionContext(context))
                        .plaintext()
                        .asByteArray()));
    }
}
