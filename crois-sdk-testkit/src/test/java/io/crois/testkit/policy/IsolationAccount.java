package io.crois.testkit.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.crois.contract.ProjectNames;
import io.crois.execution.Pacing;
import io.crois.execution.ProjectSettings;
import io.crois.platform.PlatformCode;
import io.crois.platform.PlatformTemplate;
import io.crois.project.ProjectClients;
import io.crois.project.ProjectDefinition;
import io.crois.project.ProjectPlatform;
import io.crois.project.Provisioner;
import io.crois.testkit.aws.InMemoryAws;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.dynamodb.model.KeyType;

/** An account with three projects as the provisioner makes them, the platform's functions, and people of all kinds. */
final class IsolationAccount {

    static final List<String> PROJECTS = List.of("red", "blue", "green");
    static final String ID = "111111111111";

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String ROLE = "arn:aws:iam::" + ID + ":role/";
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^}]+)}");
    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry("AWS::Partition", "aws"),
            Map.entry("AWS::Region", "us-east-1"),
            Map.entry("AWS::AccountId", ID),
            Map.entry("Prefix", "crois"),
            Map.entry("Table.Arn", "arn:aws:dynamodb:us-east-1:" + ID + ":table/crois"),
            Map.entry("Bucket.Arn", "arn:aws:s3:::crois"),
            Map.entry("DeadEvents.Arn", "arn:aws:sqs:us-east-1:" + ID + ":crois-dead-events"));

    final InMemoryAws aws;
    final ProjectPlatform platform;
    private final Map<String, Principal> principals = new LinkedHashMap<>();
    private final Map<String, ProjectSettings> settings = new HashMap<>();

    private IsolationAccount(InMemoryAws aws) {
        this.aws = aws;
        this.platform = ProjectPlatform.builder()
                .region("us-east-1")
                .account(ID)
                .executionRole(ROLE + "crois-execution")
                .controlPlane(ROLE + "crois-control-plane")
                .addKeyAdministrator(ROLE + "key-administrator")
                .build();
    }

    static IsolationAccount create() throws IOException {
        IsolationAccount account =
                new IsolationAccount(InMemoryAws.builder().enforcePermissions().build());
        account.installPlatform();
        account.installPeople();
        account.provision();
        account.installFunctions();
        return account;
    }

    /** Returns everybody, by what the matrix calls them, in its order. */
    Map<String, Principal> principals() {
        Map<String, Principal> all = new LinkedHashMap<>();
        for (String project : PROJECTS) {
            ProjectNames names = new ProjectNames(project);
            all.put(project + " task", session("crois/" + names.taskRole()));
            all.put(project + " flow", session("crois/" + names.flowRole()));
            all.put(project + " application", session(project + "-application"));
        }
        all.putAll(principals);
        return all;
    }

    private static Principal session(String role) {
        return Principal.session(ROLE + role, "someone");
    }

    String key(String project) {
        return String.valueOf(settings(project).kmsKey());
    }

    /** Returns what executions of a project run as. */
    ProjectSettings settings(String project) {
        return Objects.requireNonNull(settings.get(project));
    }

    private void installPlatform() {
        aws.s3().createBucket(create -> create.bucket("crois"));
        aws.dynamoDb()
                .createTable(create -> create.tableName("crois")
                        .billingMode("PAY_PER_REQUEST")
                        .attributeDefinitions(
                                pk -> pk.attributeName("pk").attributeType("S"),
                                sk -> sk.attributeName("sk").attributeType("S"))
                        .keySchema(
                                pk -> pk.attributeName("pk").keyType(KeyType.HASH),
                                sk -> sk.attributeName("sk").keyType(KeyType.RANGE)));
        aws.ecs().createCluster(create -> create.clusterName("crois"));
        for (String queue : List.of("crois-on-demand", "crois-spot")) {
            aws.batch()
                    .createJobQueue(
                            create -> create.jobQueueName(queue).priority(1).computeEnvironmentOrder(List.of()));
        }
    }

    private void installPeople() throws IOException {
        role("crois-execution", trust("Service", "ecs-tasks.amazonaws.com"));
        attach("crois-execution", "service-role/AmazonECSTaskExecutionRolePolicy");
        principals.put("container start", session("crois-execution"));
        PROJECTS.forEach(project -> role(project + "-application", trust("Service", "ec2.amazonaws.com")));
        person("control plane", "crois-control-plane");
        aws.iam()
                .putRolePolicy(put -> put.roleName("crois-control-plane")
                        .policyName("secrets")
                        .policyDocument(document(
                                "{'Effect':'Allow','Action':['secretsmanager:CreateSecret','secretsmanager:PutSecretValue',"
                                        + "'secretsmanager:DescribeSecret','secretsmanager:DeleteSecret',"
                                        + "'secretsmanager:TagResource'],'Resource':"
                                        + "'arn:aws:secretsmanager:us-east-1:111111111111:secret:crois/*'}")));
        person("key administrator", "key-administrator");
        aws.iam()
                .putRolePolicy(put -> put.roleName("key-administrator")
                        .policyName("keys")
                        .policyDocument(document("{'Effect':'Allow','Action':'kms:*','Resource':'*'}")));
        person("account administrator", "administrator");
        attach("administrator", "AdministratorAccess");
        person("power user", "power-user");
        attach("power-user", "PowerUserAccess");
        person("outsider", "outsider");
        principals.put("other account", Principal.session("arn:aws:iam::222222222222:role/stranger", "someone"));
    }

    private void person(String title, String role) {
        role(role, trust("Service", "ec2.amazonaws.com"));
        principals.put(title, session(role));
    }

    private void attach(String role, String policy) {
        aws.iam().attachRolePolicy(attach -> attach.roleName(role).policyArn("arn:aws:iam::aws:policy/" + policy));
    }

    private void provision() {
        Provisioner provisioner = Provisioner.builder(
                        new ProjectClients(
                                aws.iam(),
                                aws.kms(),
                                aws.secretsManager(),
                                aws.s3(),
                                aws.sfn(),
                                aws.eventBridge(),
                                aws.scheduler(),
                                aws.ecs(),
                                aws.batch(),
                                aws.dynamoDb()),
                        platform)
                .clock(aws.eventLoop().clock())
                .pacing(new NoPause())
                .executor(Runnable::run)
                .build();
        provisioner.applyAccount();
        for (String project : PROJECTS) {
            ProjectSettings made = provisioner
                    .apply(ProjectDefinition.named(project)
                            .addApplication(ROLE + project + "-application")
                            .build())
                    .settings();
            settings.put(project, made);
            furnish(project, String.valueOf(made.kmsKey()));
        }
    }

    /** What runs of a project leave: an object, a secret, container definitions and a state machine. */
    private void furnish(String project, String key) {
        ProjectNames names = new ProjectNames(project);
        aws.s3()
                .putObject(
                        put -> put.bucket("crois")
                                .key(names.objects() + "run-1/train/1/model")
                                .serverSideEncryption("aws:kms")
                                .ssekmsKeyId(key),
                        RequestBody.fromString("weights"));
        aws.s3()
                .putObject(
                        put -> put.bucket("crois").key(names.controlObjects() + "run-1/overflow"),
                        RequestBody.fromString("{}"));
        aws.secretsManager()
                .createSecret(create -> create.name(names.secrets() + "db")
                        .secretString("secret")
                        .kmsKeyId(key));
        aws.ecs()
                .registerTaskDefinition(register -> register.family("crois-" + names.prefix() + "-train")
                        .taskRoleArn(ROLE + "crois/" + names.taskRole())
                        .executionRoleArn(platform.executionRole())
                        .requiresCompatibilitiesWithStrings("FARGATE")
                        .networkMode("awsvpc")
                        .cpu("256")
                        .memory("512")
                        .containerDefinitions(container ->
                                container.name("main").image("demo/train:1").essential(true)));
        aws.sfn()
                .createStateMachine(create -> create.name("crois-" + names.prefix() + "-training")
                        .roleArn(ROLE + "crois/" + names.flowRole())
                        .definition("{\"StartAt\":\"A\",\"States\":{\"A\":{\"Type\":\"Pass\",\"End\":true}}}"));
    }

    /** Gives the functions the roles of the template. */
    private void installFunctions() throws IOException {
        JsonNode template = MAPPER.readTree(
                PlatformTemplate.of(new PlatformCode("code", "functions.jar", "agent.tar.gz", "0".repeat(64)))
                        .toJson());
        for (Map.Entry<String, JsonNode> resource : template.path("Resources").properties()) {
            JsonNode properties = resolved(resource.getValue().path("Properties"));
            boolean function = resource.getValue().path("Type").asText().equals("AWS::IAM::Role")
                    && properties.path("AssumeRolePolicyDocument").toString().contains("lambda.amazonaws.com");
            if (function) {
                String name = properties.path("RoleName").asText();
                role(name, properties.path("AssumeRolePolicyDocument").toString());
                properties
                        .path("Policies")
                        .forEach(policy -> aws.iam()
                                .putRolePolicy(put -> put.roleName(name)
                                        .policyName(policy.path("PolicyName").asText())
                                        .policyDocument(
                                                policy.path("PolicyDocument").toString())));
                principals.put(
                        resource.getKey().replace("Role", "").toLowerCase(java.util.Locale.ROOT) + " function",
                        session(name));
            }
        }
    }

    /** Puts values for what the template leaves to CloudFormation. */
    private static JsonNode resolved(JsonNode json) {
        if (json.isArray()) {
            ArrayNode list = MAPPER.createArrayNode();
            json.forEach(entry -> list.add(resolved(entry)));
            return list;
        }
        if (!json.isObject()) {
            return json;
        }
        if (json.size() == 1 && (json.has("Ref") || json.has("Fn::GetAtt") || json.has("Fn::Sub"))) {
            return TextNode.valueOf(text(json));
        }
        ObjectNode object = MAPPER.createObjectNode();
        json.properties().forEach(entry -> object.set(entry.getKey(), resolved(entry.getValue())));
        return object;
    }

    private static String text(JsonNode function) {
        if (function.has("Fn::Sub")) {
            Matcher variable = VARIABLE.matcher(function.path("Fn::Sub").asText());
            return variable.replaceAll(found -> Matcher.quoteReplacement(value(found.group(1))));
        }
        JsonNode attribute = function.path("Fn::GetAtt");
        String name = attribute.isArray()
                ? attribute.get(0).asText() + "." + attribute.get(1).asText()
                : attribute.asText();
        return value(function.has("Ref") ? function.path("Ref").asText() : name);
    }

    private static String value(String name) {
        return NAMES.getOrDefault(
                name, "arn:aws:logs:us-east-1:" + ID + ":log-group:" + name.replace(".Arn", "") + ":*");
    }

    private void role(String name, String trust) {
        aws.iam().createRole(create -> create.roleName(name).assumeRolePolicyDocument(trust));
    }

    private static String trust(String kind, String who) {
        return document("{'Effect':'Allow','Principal':{'" + kind + "':'" + who + "'},'Action':'sts:AssumeRole'}");
    }

    private static String document(String statement) {
        return ("{'Version':'2012-10-17','Statement':[" + statement + "]}").replace('\'', '"');
    }

    /** Nothing has to be waited for in memory. */
    static final class NoPause implements Pacing {

        @Override
        public void pause(Duration duration) {}

        @Override
        public Repetition repeat(Duration interval, Runnable work) {
            throw new UnsupportedOperationException("The provisioner repeats nothing.");
        }
    }
}
