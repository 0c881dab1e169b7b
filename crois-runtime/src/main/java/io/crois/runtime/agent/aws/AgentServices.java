package io.crois.runtime.agent.aws;

import io.crois.contract.PlatformSettings;
import io.crois.runtime.agent.http.HttpConnections;
import io.crois.runtime.agent.http.HttpLimits;
import io.crois.table.CroisTable;
import java.time.Clock;
import java.util.Map;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** The services that the agent lives on. Thread-safe as far as what it is made of is. */
public record AgentServices(
        TaskTable table, ObjectStore objects, SecretSource secrets, KeySource keys, ImageSource images) {
    private static final ImageSource NOT_KNOWN = () -> null;

    /** Returns the services behind clients of the AWS SDK; the clients retry, and stay the caller's to close. */
    public static AgentServices of(CroisTable table, S3Client s3, SecretsManagerClient secretsManager, KmsClient kms) {
        return new AgentServices(
                new SdkTaskTable(table),
                new SdkObjectStore(s3),
                new SdkSecretSource(secretsManager),
                new SdkKeySource(kms),
                NOT_KNOWN);
    }

    /** Returns the same without AWS KMS, for orders without sealed arguments. */
    public static AgentServices of(CroisTable table, S3Client s3, SecretsManagerClient secretsManager) {
        KeySource none = (ciphertext, context) -> {
            throw ServiceFailure.local("Decrypt", "the agent was made without a client of AWS KMS.");
        };
        return new AgentServices(
                new SdkTaskTable(table), new SdkObjectStore(s3), new SdkSecretSource(secretsManager), none, NOT_KNOWN);
    }

    /**
     * Returns the services over HTTP, as the environment of a container describes them: credentials, Region and
     * endpoints from the variables that all AWS SDKs read. Lives as long as the process.
     *
     * @throws ServiceFailure if the environment names no Region and the container's metadata tell none
     */
    public static AgentServices overHttp(Map<String, String> environment, PlatformSettings settings, Clock clock) {
        HttpConnections http = HttpConnections.create(HttpLimits.defaults());
        AwsSettings aws = AwsSettings.of(environment, http);
        return overHttp(http, aws, settings, Retries.defaults(), clock);
    }

    static AgentServices overHttp(
            HttpConnections http, AwsSettings aws, PlatformSettings settings, Retries retries, Clock clock) {
        ObjectStore objects = new HttpObjectStore(http, aws, clock);
        JsonService dynamoDb = JsonService.dynamoDb(http, aws, retries, clock);
        JsonService secrets = JsonService.secretsManager(http, aws, retries, clock);
        TaskTable table = new HttpTaskTable(dynamoDb, new Retried(objects, retries), settings, clock);
        JsonService kms = JsonService.kms(http, aws, retries, clock);
        return new AgentServices(
                table,
                objects,
                new HttpSecretSource(secrets),
                new HttpKeySource(kms),
                new TaskMetadata(http, aws.environment()));
    }
}
