package io.crois.testkit.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crois.Crois;
import io.crois.contract.Json;
import io.crois.contract.PlatformSettings;
import io.crois.execution.AwsClients;
import io.crois.execution.Blueprint;
import io.crois.execution.ProjectSettings;
import io.crois.export.ProjectTemplate;
import io.crois.project.PlannedChange;
import io.crois.project.ProjectClients;
import io.crois.project.ProjectDefinition;
import io.crois.testkit.aws.InMemoryAws;
import io.crois.testkit.moto.MotoServer;
import io.crois.testkit.moto.PassingTime;
import io.crois.workflow.Backend;
import io.crois.workflow.CroisException;
import io.crois.workflow.Parameter;
import io.crois.workflow.Workflow;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.batch.BatchClient;
import software.amazon.awssdk.services.batch.model.RegisterJobDefinitionRequest;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.scheduler.SchedulerClient;
import software.amazon.awssdk.services.scheduler.model.GetScheduleResponse;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.DescribeStateMachineResponse;
import software.amazon.awssdk.services.sfn.model.StateMachineListItem;

/** The template of a project makes what the provisioner and the deployer make. */
final class ProjectTemplateTest {
    private static final Parameter<String> SOURCE = Parameter.text("source").withDefault("all");
    private static final Workflow FIRST = Workflow.builder()
            .name("first")
            .step("go", s -> s.image("demo/first:1"))
            .build();
    private static final Workflow TRAINING = Workflow.builder()
            .name("training")
            .parameter(SOURCE)
            .step("load", s -> s.image("demo/load:1").command("load", SOURCE).backend(Backend.FARGATE))
            .step("train", s -> s.image("demo/train:1").backend(Backend.BATCH))
            .step("report", s -> s.image("demo/load:1"))
            .build();

    @TempDir
    private Path folder;

    @Test
    void cfn_lint_finds_nothing_and_no_token_stands_in_the_template() throws IOException, InterruptedException {
        InMemoryAws aws = InMemoryAws.create();
        World world = world(aws);
        ProjectTemplate template = template(world, crois(world, clients(aws)));
        template.writeTo(folder);

        assertThat(template.parameters()).hasSize(2).allSatisfy((name, token) -> {
            assertThat(name).startsWith("Token");
            assertThat(template.toJson()).doesNotContain(token).contains("${" + name + "}");
        });
        Assumptions.assumeTrue(found("cfn-lint"), "cfn-lint is not installed; `pip install cfn-lint` brings it.");
        Process lint = new ProcessBuilder(
                        "cfn-lint",
                        "--regions",
                        "us-east-1",
                        "--",
                        folder.resolve("crois-demo.template.json").toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String findings = new String(lint.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(findings).isEmpty();
        assertThat(lint.waitFor()).isZero();
    }

    @Test
    void the_folder_is_a_cloud_assembly_that_the_cdk_reads() throws IOException, InterruptedException {
        InMemoryAws aws = InMemoryAws.create();
        World world = world(aws);
        template(world, crois(world, clients(aws))).writeTo(folder);
        JsonNode manifest = Json.parse(Files.readString(folder.resolve("manifest.json")));
        JsonNode stack = manifest.at("/artifacts/crois-demo");
        assertThat(stack.path("environment").asText()).isEqualTo("aws://111111111111/us-east-1");
        Path template = folder.resolve(stack.at("/properties/templateFile").asText());
        assertThat(template).exists();

        assertThat(cdk("ls")).isEqualTo("crois-demo\n");
        assertThat(Json.parse(cdk("synth", "--json", "crois-demo"))).isEqualTo(Json.parse(Files.readString(template)));
    }

    private String cdk(String... command) throws IOException, InterruptedException {
        Path tools = Path.of("").toAbsolutePath();
        while (tools != null && !Files.exists(tools.resolve(".ci/node_modules/.bin/cdk"))) {
            tools = tools.getParent();
        }
        Assumptions.assumeTrue(tools != null, "The CDK is not installed; `npm ci --prefix .ci` brings it.");
        List<String> line = new ArrayList<>(List.of(
                tools.resolve(".ci/node_modules/.bin/cdk").toString(), "--app", folder.toString(), "--no-notices"));
        line.addAll(List.of(command));
        ProcessBuilder builder = new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment()
                .putAll(Map.of("HOME", folder.toString(), "CDK_DISABLE_CLI_TELEMETRY", "true", "CI", "true"));
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return output;
    }

    @Test
    void what_was_deployed_is_what_the_template_says() {
        InMemoryAws aws = InMemoryAws.create();
        World world = world(aws);
        Crois crois = crois(world, clients(aws));
        Blueprint blueprint = crois.blueprint(TRAINING);
        JsonNode resources = Json.parse(template(world, crois).toJson()).path("Resources");
        String version = crois.deploy(TRAINING).stateMachineArn();

        DescribeStateMachineResponse machine =
                aws.sfn().describeStateMachine(request -> request.stateMachineArn(version));
        JsonNode described = only(resources, "AWS::StepFunctions::StateMachine", "training");
        assertThat(described.path("DefinitionString").asText()).isEqualTo(machine.definition());
        assertThat(described.path("RoleArn").asText()).isEqualTo(machine.roleArn());
        assertThat(only(resources, "AWS::StepFunctions::StateMachineVersion", machine.description()))
                .isNotNull();
        assertThat(blueprint.tasks())
                .hasSize(1)
                .allSatisfy(task -> assertThat(aws.ecs()
                                .describeTaskDefinition(request -> request.taskDefinition(task.family()))
                                .taskDefinition()
                                .containerDefinitions())
                        .isEqualTo(task.containerDefinitions()));
        assertThat(blueprint.jobs())
                .extracting(RegisterJobDefinitionRequest::jobDefinitionName)
                .containsExactlyInAnyOrderElementsOf(
                        aws.batch().describeJobDefinitions(request -> {}).jobDefinitions().stream()
                                .map(job -> job.jobDefinitionName())
                                .toList())
                .hasSize(1);
        GetScheduleResponse nightly = aws.scheduler()
                .getSchedule(request -> request.groupName("crois-demo").name("nightly"));
        JsonNode schedule = only(resources, "AWS::Scheduler::Schedule", "nightly");
        assertThat(schedule.path("ScheduleExpression").asText()).isEqualTo(nightly.scheduleExpression());
        assertThat(schedule.at("/Target/Arn").asText())
                .isEqualTo(nightly.target().arn());
        assertThat(filled(schedule.at("/Target/Input/Fn::Sub").asText(), template(world, crois)))
                .isEqualTo(nightly.target().input());
    }

    @Test
    void deploying_what_somebody_else_made_of_the_blueprint_makes_nothing_again() {
        InMemoryAws aws = InMemoryAws.create();
        World world = world(aws);
        Crois crois = crois(world, clients(aws));
        Blueprint blueprint = crois.blueprint(TRAINING);
        blueprint.tasks().forEach(task -> aws.ecs().registerTaskDefinition(task));
        blueprint.jobs().forEach(job -> aws.batch().registerJobDefinition(job));
        aws.sfn().createStateMachine(blueprint.machine());

        String version = crois.deploy(TRAINING).stateMachineArn();

        assertThat(version).endsWith(":crois-demo-training:1");
        assertThat(aws.ecs().listTaskDefinitions(request -> {}).taskDefinitionArns())
                .hasSize(1);
        assertThat(aws.batch().describeJobDefinitions(request -> {}).jobDefinitions())
                .hasSize(1);
    }

    @Test
    void a_template_that_is_too_large_is_refused() {
        InMemoryAws aws = InMemoryAws.create();
        World world = world(aws);
        Crois crois = crois(world, clients(aws));
        ProjectTemplate template = ProjectTemplate.of(world.platform, demo(world));
        for (int i = 0; i < 6; i++) {
            int number = i;
            Workflow.Builder large = Workflow.builder().name("large" + i);
            IntStream.range(0, 150).forEach(step -> large.step("s" + step, s -> s.image("demo/first:" + number)));
            template = template.with(crois.blueprint(large.build()));
        }
        ProjectTemplate whole = template;

        assertThatThrownBy(whole::toJson)
                .isInstanceOf(CroisException.class)
                .hasMessageMatching("The template of project `demo` has \\d+ bytes, but CloudFormation takes 1048576."
                        + " Export its workflows in templates of their own.");
    }

    @Test
    void after_cloudformation_made_a_project_the_provisioner_and_the_deployer_find_nothing_to_do() throws IOException {
        MotoServer moto = MotoServer.emptied();
        World world = moto(moto.endpoint());
        AwsClients clients = clients(moto.endpoint());
        Crois crois = crois(world, clients);
        ProjectTemplate template =
                ProjectTemplate.of(world.platform, demo(world)).with(crois.blueprint(TRAINING));
        deploy(template, moto.endpoint());

        assertThat(world.provisioner().plan(demo(world)).changes())
                .as("all but the tags that moto does not set or change")
                .allMatch(change -> change.detail().startsWith("tags ["))
                .extracting(PlannedChange::resource)
                .containsExactly("AWS::IAM::Role", "AWS::IAM::Role");
        assertThat(crois.plan(TRAINING).registrations()).isEmpty();
        assertThat(clients.sfn().listStateMachines(request -> {}).stateMachines())
                .extracting(StateMachineListItem::name)
                .containsExactly("crois-demo-training");
    }

    /**
     * Creates the stack, without what moto 5 cannot take: moto/kms/models.py, create_from_cloudformation_json fails at
     * tags, which are set afterwards here, and keeps a policy that is no text as Python writes it, as
     * moto/iam/models.py does with those of roles; and moto/batch/models.py at a job definition without a retry
     * strategy. Versions and aliases of state machines it passes over, and an update leaves the tags of a role as they
     * are.
     */
    private static void deploy(ProjectTemplate template, URI endpoint) {
        ObjectNode tree = (ObjectNode) Json.parse(template.toJson());
        ObjectNode key = (ObjectNode) tree.at("/Resources/Key/Properties");
        JsonNode tags = key.remove("Tags");
        key.put("KeyPolicy", key.get("KeyPolicy").toString());
        for (String role : List.of("TaskRole", "FlowRole")) {
            ObjectNode policy = (ObjectNode) tree.at("/Resources/" + role + "/Properties/Policies/0");
            policy.put("PolicyDocument", policy.get("PolicyDocument").toString());
        }
        for (JsonNode resource : tree.path("Resources")) {
            if (resource.path("Type").asText().equals("AWS::Batch::JobDefinition")) {
                ((ObjectNode) resource.path("Properties"))
                        .putObject("RetryStrategy")
                        .put("Attempts", 1);
            }
        }
        local(CloudFormationClient.builder(), endpoint)
                .build()
                .createStack(request -> request.stackName(template.stackName()).templateBody(tree.toString()));
        KmsClient kms = local(KmsClient.builder(), endpoint).build();
        String made = kms.listKeys().keys().get(0).keyId();
        tags.forEach(tag -> kms.tagResource(request -> request.keyId(made)
                .tags(each -> each.tagKey(tag.path("Key").asText())
                        .tagValue(tag.path("Value").asText()))));
    }

    private static String filled(String text, ProjectTemplate template) {
        String filled = text;
        for (Map.Entry<String, String> token : template.parameters().entrySet()) {
            filled = filled.replace("${" + token.getKey() + "}", token.getValue());
        }
        return filled;
    }

    private static JsonNode only(JsonNode resources, String type, String about) {
        return StreamSupport.stream(resources.spliterator(), false)
                .filter(resource -> resource.path("Type").asText().equals(type))
                .map(resource -> resource.path("Properties"))
                .filter(properties -> properties.toString().contains(about))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No " + type + " with " + about));
    }

    private static ProjectTemplate template(World world, Crois crois) {
        crois.deploy(FIRST);
        crois.schedule(TRAINING).named("nightly").cron("0 3 * * ? *").create();
        crois.trigger(TRAINING)
                .named("after-first")
                .after("first")
                .executionAs(SOURCE)
                .create();
        return ProjectTemplate.of(world.platform, demo(world))
                .with(crois.blueprint(TRAINING))
                .with(crois.blueprint(FIRST));
    }

    private static ProjectDefinition demo(World world) {
        return ProjectDefinition.named("demo")
                .title("Demonstration")
                .tag("cost-centre", "4711")
                .addApplication(world.crafto())
                .build();
    }

    private static World world(InMemoryAws aws) {
        World world = new World(InMemoryClients.of(aws), World.platform("111111111111"), new PassingTime()).install();
        table(aws.dynamoDb());
        return world;
    }

    private static World moto(URI endpoint) {
        World world = new World(
                        new ProjectClients(
                                local(IamClient.builder(), endpoint).build(),
                                local(KmsClient.builder(), endpoint).build(),
                                local(SecretsManagerClient.builder(), endpoint).build(),
                                local(S3Client.builder().forcePathStyle(true), endpoint)
                                        .build(),
                                local(SfnClient.builder(), endpoint).build(),
                                local(EventBridgeClient.builder(), endpoint).build(),
                                local(SchedulerClient.builder(), endpoint).build(),
                                local(EcsClient.builder(), endpoint).build(),
                                local(BatchClient.builder(), endpoint).build(),
                                local(DynamoDbClient.builder(), endpoint).build()),
                        World.platform("123456789012"),
                        new PassingTime())
                .install();
        table(local(DynamoDbClient.builder(), endpoint).build());
        world.provisioner().applyAccount();
        return world;
    }

    private static void table(DynamoDbClient dynamoDb) {
        if (dynamoDb.listTables().tableNames().contains("crois")) {
            return;
        }
        dynamoDb.createTable(request -> request.tableName("crois")
                .billingMode("PAY_PER_REQUEST")
                .attributeDefinitions(
                        attribute -> attribute.attributeName("pk").attributeType("S"),
                        attribute -> attribute.attributeName("sk").attributeType("S"))
                .keySchema(
                        key -> key.attributeName("pk").keyType(KeyType.HASH),
                        key -> key.attributeName("sk").keyType(KeyType.RANGE)));
    }

    private static AwsClients clients(InMemoryAws aws) {
        return new AwsClients(
                aws.sfn(),
                aws.dynamoDb(),
                aws.s3(),
                aws.ecs(),
                aws.batch(),
                aws.kms(),
                aws.scheduler(),
                aws.eventBridge(),
                aws.logs());
    }

    private static AwsClients clients(URI endpoint) {
        return new AwsClients(
                local(SfnClient.builder(), endpoint).build(),
                local(DynamoDbClient.builder(), endpoint).build(),
                local(S3Client.builder().forcePathStyle(true), endpoint).build(),
                local(EcsClient.builder(), endpoint).build(),
                local(BatchClient.builder(), endpoint).build(),
                local(KmsClient.builder(), endpoint).build());
    }

    private static <B extends AwsClientBuilder<B, ?>> B local(B builder, URI endpoint) {
        return builder.endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")));
    }

    private static Crois crois(World world, AwsClients clients) {
        String role = "arn:aws:iam::" + world.platform.account() + ":role/crois/demo.";
        return Crois.builder()
                .project(new ProjectSettings(
                        "demo",
                        role + "flow",
                        role + "task",
                        world.platform.executionRole(),
                        world.platform.agentImage(),
                        null))
                .platform(PlatformSettings.defaults())
                .clients(clients)
                .build();
    }

    private static boolean found(String program) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(program, "--version")
                    .redirectErrorStream(true)
                    .start();
            process.getInputStream().readAllBytes();
            return process.waitFor() == 0;
        } catch (IOException missing) {
            return false;
        }
    }
}
