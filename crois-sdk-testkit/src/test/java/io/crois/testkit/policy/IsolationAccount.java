package io.crois.testkit.policy;

import io.crois.contract.ProjectNames;
import io.crois.execution.Pacing;
import io.crois.execution.ProjectSettings;
import io.crois.project.ProjectClients;
import io.crois.project.ProjectDefinition;
import io.crois.project.ProjectPlatform;
import io.crois.project.Provisioner;
import io.crois.project.ProvisioningPolicies;
import io.crois.testkit.aws.InMemoryAws;
import io.crois.testkit.project.InMemoryClients;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.policybuilder.iam.IamPolicy;

/** An account with three projects as the provisioner makes them, the platform's functions, and people of all kinds. */
final class IsolationAccount {

    static final List<String> PROJECTS = List.of("red", "blue", "green");
    static final String ID = "111111111111";

    private static final String ROLE = "arn:aws:iam::" + ID + ":role/";
    final InMemoryAws aws;
    final ProjectPlatform platform;
    /** What the provisioner gives out for the account and the project {@code red}. */
    final RecordedPolicies policies = new RecordedPolicies();

    final InstalledTemplate template;
    private final Map<String, Principal> principals = new LinkedHashMap<>();
    private final Map<String, ProjectSettings> settings = new HashMap<>();

    private IsolationAccount(InMemoryAws aws) {
        this.aws = aws;
        this.template = InstalledTemplate.in(aws);
        this.platform = ProjectPlatform.builder()
                .region("us-east-1")
                .account(ID)
                .executionRole(ROLE + "crois/crois-container-start")
                .controlPlane(ROLE + "crois-control-plane")
                .addKeyAdministrator(ROLE + "key-administrator")
                .addKeyAdministrator(ROLE + "provisioner")
                .build();
    }

    static IsolationAccount create() {
        IsolationAccount account =
                new IsolationAccount(InMemoryAws.builder().enforcePermissions().build());
        account.installPeople();
        account.provision();
        account.template
                .roles()
                .forEach((name, arn) -> account.principals.put(
                        name.replaceFirst("crois-", "").replace('-', ' '), Principal.session(arn, "someone")));
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

    private void installPeople() {
        PROJECTS.forEach(project -> role(project + "-application", trust("Service", "ec2.amazonaws.com")));
        ProvisioningPolicies provisioning = ProvisioningPolicies.of(platform).admitting(ROLE + "*-application");
        person("control plane", "crois-control-plane");
        policy("crois-control-plane", "secrets", provisioning.secrets());
        person("provisioner", "provisioner");
        policy("provisioner", "account", provisioning.account());
        policy("provisioner", "projects", provisioning.projects());
        policy("provisioner", "removal", provisioning.removal());
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

    private void policy(String role, String name, IamPolicy policy) {
        aws.iam().putRolePolicy(put -> put.roleName(role).policyName(name).policyDocument(policy.toJson()));
    }

    private void attach(String role, String policy) {
        aws.iam().attachRolePolicy(attach -> attach.roleName(role).policyArn("arn:aws:iam::aws:policy/" + policy));
    }

    private void provision() {
        ProjectClients clients = InMemoryClients.of(aws);
        Provisioner watched = provisioner(policies.watching(clients));
        Provisioner others = provisioner(clients);
        watched.applyAccount();
        for (String project : PROJECTS) {
            ProjectSettings made = (project.equals("red") ? watched : others)
                    .apply(ProjectDefinition.named(project)
                            .addApplication(ROLE + project + "-application")
                            .build())
                    .settings();
            settings.put(project, made);
            furnish(project, String.valueOf(made.kmsKey()));
        }
    }

    private Provisioner provisioner(ProjectClients clients) {
        return Provisioner.builder(clients, platform)
                .clock(aws.eventLoop().clock())
                .pacing(new NoPause())
                .executor(Runnable::run)
                .build();
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
