package io.crois.testkit.running;

import io.crois.Crois;
import io.crois.contract.PlatformSettings;
import io.crois.contract.ProjectNames;
import io.crois.execution.AwsClients;
import io.crois.execution.ProjectSettings;
import io.crois.table.CroisTable;
import io.crois.testkit.moto.PassingTime;
import io.crois.workflow.Backend;
import io.crois.workflow.Workflow;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeyType;

/**
 * A project in an account whose services come from somewhere. Nothing runs there: what is started goes on until it is
 * stopped, and time passes only when somebody waits.
 */
final class RunningWorld {
    static final String PROJECT = "demo";

    final AwsClients clients;
    final PlatformSettings platform = PlatformSettings.defaults();
    final PassingTime time = new PassingTime();
    final CroisTable table;
    final Crois crois;
    private final ProjectSettings project;

    private RunningWorld(AwsClients clients) {
        this.clients = clients;
        this.table = CroisTable.create(clients.dynamoDb(), clients.s3(), platform, time);
        String role = "arn:aws:iam::123456789012:role/crois/crois-" + PROJECT;
        String key = clients.kms().createKey().keyMetadata().arn();
        this.project =
                new ProjectSettings(PROJECT, role + "-flow", role + "-task", role + "-execution", "crois/agent:1", key);
        this.crois = door();
    }

    /** Makes what a project finds in an account: a table, a bucket, and a key of its own. */
    static RunningWorld of(AwsClients clients) {
        RunningWorld world = new RunningWorld(clients);
        clients.dynamoDb()
                .createTable(request -> request.tableName(world.platform.table())
                        .billingMode(BillingMode.PAY_PER_REQUEST)
                        .attributeDefinitions(
                                attribute -> attribute.attributeName("pk").attributeType("S"),
                                attribute -> attribute.attributeName("sk").attributeType("S"))
                        .keySchema(
                                key -> key.attributeName("pk").keyType(KeyType.HASH),
                                key -> key.attributeName("sk").keyType(KeyType.RANGE)));
        clients.s3().createBucket(request -> request.bucket(world.platform.bucket()));
        clients.kms()
                .createAlias(request ->
                        request.aliasName(new ProjectNames(PROJECT).keyAlias()).targetKeyId(world.project.kmsKey()));
        return world;
    }

    /** Returns the door of another process, which knows nothing but the account. */
    Crois door() {
        return Crois.builder()
                .project(project)
                .clients(clients)
                .clock(time)
                .pacing(time)
                .build();
    }

    /** Returns a workflow of a step on each back end. */
    static Workflow training(String image) {
        return Workflow.builder()
                .name("training")
                .step("train", s -> s.image(image).command("train").backend(Backend.FARGATE))
                .step("fit", s -> s.image(image).command("fit").backend(Backend.BATCH))
                .build();
    }
}
