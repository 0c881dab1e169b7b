package io.crois.testkit.container;

import io.crois.contract.PlatformSettings;
import io.crois.runtime.agent.Agent;
import io.crois.runtime.agent.CommandLauncher;
import io.crois.runtime.agent.aws.AgentServices;
import io.crois.table.CroisTable;
import io.crois.testkit.time.EventLoop;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/**
 * What containers live on: the time, and the services that the agent in them speaks to.
 *
 * @param kms opens sealed arguments; {@code null} lets steps with such arguments fail
 * @param output takes what containers print; {@code null} drops it
 * @param own returns the platform of one container, by the id of its task or job; {@code null} lets all have this one
 */
public record ContainerPlatform(
        EventLoop loop,
        DynamoDbClient dynamoDb,
        S3Client s3,
        SecretsManagerClient secretsManager,
        @Nullable KmsClient kms,
        PlatformSettings settings,
        @Nullable ContainerOutput output,
        @Nullable BiFunction<ContainerPlatform, String, ContainerPlatform> own) {

    /** Creates the platform of containers that all use the same clients. */
    public ContainerPlatform(
            EventLoop loop,
            DynamoDbClient dynamoDb,
            S3Client s3,
            SecretsManagerClient secretsManager,
            PlatformSettings settings) {
        this(loop, dynamoDb, s3, secretsManager, null, settings, null, null);
    }

    /** Returns the same platform with other clients. */
    public ContainerPlatform with(
            DynamoDbClient otherDynamoDb,
            S3Client otherS3,
            SecretsManagerClient otherSecretsManager,
            KmsClient otherKms) {
        return new ContainerPlatform(
                loop, otherDynamoDb, otherS3, otherSecretsManager, otherKms, settings, output, own);
    }

    /** Returns what one container lives on. */
    ContainerPlatform of(ContainerRequest request) {
        return own == null ? this : own.apply(this, request.id());
    }

    /** Opens a stream for what a container prints. */
    OutputStream printed(String id) {
        ContainerOutput lines = output;
        return lines == null ? OutputStream.nullOutputStream() : new LineStream(line -> lines.printed(id, line));
    }

    CroisTable table() {
        return CroisTable.create(dynamoDb, s3, settings, loop.clock());
    }

    Agent agent(Clock clock, Path workDirectory, CommandLauncher launcher) {
        CroisTable table = CroisTable.create(dynamoDb, s3, settings, clock);
        AgentServices services = kms == null
                ? AgentServices.of(table, s3, secretsManager)
                : AgentServices.of(table, s3, secretsManager, kms);
        return Agent.create(services, clock, workDirectory, launcher);
    }
}
