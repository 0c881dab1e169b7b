package io.crois.testkit.container;

import io.crois.contract.PlatformSettings;
import io.crois.runtime.agent.Agent;
import io.crois.runtime.agent.CommandLauncher;
import io.crois.table.CroisTable;
import io.crois.testkit.time.EventLoop;
import java.nio.file.Path;
import java.time.Clock;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** What containers live on: the time, and the services that the agent in them speaks to. */
public record ContainerPlatform(
        EventLoop loop,
        DynamoDbClient dynamoDb,
        S3Client s3,
        SecretsManagerClient secretsManager,
        PlatformSettings settings) {

    CroisTable table() {
        return CroisTable.create(dynamoDb, s3, settings, loop.clock());
    }

    Agent agent(Clock clock, Path workDirectory, CommandLauncher launcher) {
        CroisTable table = CroisTable.create(dynamoDb, s3, settings, clock);
        return Agent.create(table, s3, secretsManager, clock, workDirectory, launcher);
    }
}
