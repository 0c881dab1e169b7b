package io.crois.testkit.project;

import io.crois.contract.ItemKey;
import io.crois.contract.ProjectNames;
import io.crois.contract.Run;
import io.crois.project.ProjectClients;
import io.crois.project.ProjectPlatform;
import io.crois.project.Provisioned;
import io.crois.project.Provisioner;
import io.crois.testkit.moto.PassingTime;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** An account in which projects are made, with time that passes only when somebody waits. */
final class World {
    static final String TRUST = "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":"
            + "{\"Service\":\"ec2.amazonaws.com\"},\"Action\":\"sts:AssumeRole\"}]}";

    private static final String NOTHING = "{\"StartAt\":\"Nothing\",\"States\":{\"Nothing\":{\"Type\":\"Succeed\"}}}";

    final ProjectClients clients;
    final ProjectPlatform platform;
    final PassingTime time;

    World(ProjectClients clients, ProjectPlatform platform, PassingTime time) {
        this.clients = clients;
        this.platform = platform;
        this.time = time;
    }

    /** Returns a platform of an account, whose roles {@link #install} makes. */
    static ProjectPlatform platform(String account) {
        String role = "arn:aws:iam::" + account + ":role/";
        return ProjectPlatform.builder()
                .region("us-east-1")
                .account(account)
                .executionRole(role + "crois-execution")
                .controlPlane(role + "crois-control-plane")
                .addKeyAdministrator(role + "crois-key-administrator")
                .addKeyAdministrator(role + "break-glass")
                .build();
    }

    /** Makes what the provisioner finds in an account: a bucket and some roles. */
    World install() {
        clients.s3().createBucket(request -> request.bucket(platform.settings().bucket()));
        clients.dynamoDb()
                .createTable(request -> request.tableName(platform.settings().table())
                        .keySchema(
                                key -> key.attributeName("pk").keyType(KeyType.HASH),
                                key -> key.attributeName("sk").keyType(KeyType.RANGE))
                        .attributeDefinitions(
                                pk -> pk.attributeName("pk").attributeType(ScalarAttributeType.S),
                                sk -> sk.attributeName("sk").attributeType(ScalarAttributeType.S))
                        .billingMode(BillingMode.PAY_PER_REQUEST));
        for (String role : new String[] {
            "crois-execution", "crois-control-plane", "crois-key-administrator", "break-glass", "crafto"
        }) {
            clients.iam().createRole(request -> request.roleName(role).assumeRolePolicyDocument(TRUST));
        }
        return this;
    }

    /** Leaves in a project what deploying and running a workflow leaves. */
    void deploy(String project) {
        ProjectNames names = new ProjectNames(project);
        String name = platform.settings().prefix() + names.prefix() + "-training";
        String role = "arn:aws:iam::" + platform.account() + ":role/crois/" + names.taskRole();
        clients.sfn()
                .createStateMachine(request -> request.name(name).roleArn(role).definition(NOTHING));
        clients.ecs()
                .registerTaskDefinition(request -> request.family(name)
                        .containerDefinitions(container ->
                                container.name("main").image("tool:1").memory(512)));
        clients.batch()
                .registerJobDefinition(request -> request.jobDefinitionName(name)
                        .type("container")
                        .containerProperties(container -> container
                                .image("tool:1")
                                .resourceRequirements(
                                        need -> need.type("VCPU").value("1"),
                                        need -> need.type("MEMORY").value("512"))));
        Run run = Run.of(project, "run-1");
        put(ItemKey.executionListed(project, time.instant(), "run-1"));
        put(ItemKey.execution(run));
        put(ItemKey.open(project, "run-1"));
        put(ItemKey.project(project));
    }

    /** Leaves in a project what starting a workflow at times leaves. */
    void schedule(String project) {
        clients.scheduler()
                .createScheduleGroup(request -> request.name(new ProjectNames(project)
                        .scheduleGroup(platform.settings().prefix())));
    }

    private void put(ItemKey key) {
        clients.dynamoDb()
                .putItem(request -> request.tableName(platform.settings().table())
                        .item(Map.of("pk", AttributeValue.fromS(key.pk()), "sk", AttributeValue.fromS(key.sk()))));
    }

    /** Returns the id of the key of a project. */
    String keyId(Provisioned project) {
        String arn = String.valueOf(project.settings().kmsKey());
        return arn.substring(arn.lastIndexOf('/') + 1);
    }

    /** Returns how often the material of a project's key was renewed on demand. */
    int rotations(String project) {
        return clients.kms()
                .listKeyRotations(request -> request.keyId(clients.kms()
                        .describeKey(key -> key.keyId(new ProjectNames(project).keyAlias()))
                        .keyMetadata()
                        .keyId()))
                .rotations()
                .size();
    }

    String crafto() {
        return "arn:aws:iam::" + platform.account() + ":role/crafto";
    }

    Provisioner provisioner() {
        return provisioner(clients);
    }

    Provisioner provisioner(ProjectClients through) {
        return Provisioner.builder(through, platform)
                .clock(time)
                .pacing(time)
                .executor(Runnable::run)
                .build();
    }

    /** What is there, as text. */
    Map<String, Object> state() {
        return AccountState.of(clients, platform);
    }
}
