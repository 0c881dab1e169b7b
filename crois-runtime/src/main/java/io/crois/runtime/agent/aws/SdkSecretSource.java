package io.crois.runtime.agent.aws;

import java.util.Optional;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** Secrets Manager behind the client of the AWS SDK. */
final class SdkSecretSource implements SecretSource {
    private final SecretsManagerClient client;
    private final Retries retries = Retries.defaults();

    SdkSecretSource(SecretsManagerClient client) {
        this.client = client;
    }

    @Override
    public Optional<String> text(String id) {
        return retries.call(() -> SdkFailures.in(
                "GetSecretValue",
                () -> Optional.ofNullable(
                        client.getSecretValue(request -> request.secretId(id)).secretString())));
    }
}
