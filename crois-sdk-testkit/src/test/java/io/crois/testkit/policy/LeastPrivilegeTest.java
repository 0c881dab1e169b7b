package io.crois.testkit.policy;

import static io.crois.workflow.Size.gib;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import io.crois.Crois;
import io.crois.contract.ExecutionStatus;
import io.crois.contract.PlatformSettings;
import io.crois.execution.AwsClients;
import io.crois.execution.Execution;
import io.crois.platform.HealthProbe;
import io.crois.runtime.lambda.PrepareFunction;
import io.crois.runtime.lambda.ProbeFunction;
import io.crois.runtime.lambda.ReconcileFunction;
import io.crois.runtime.lambda.RouteFunction;
import io.crois.runtime.lambda.StartFunction;
import io.crois.runtime.lambda.StatusFunction;
import io.crois.runtime.lambda.StoreFunction;
import io.crois.table.CroisTable;
import io.crois.testkit.aws.ActingClients;
import io.crois.testkit.container.ContainerScript;
import io.crois.testkit.container.ScriptedContainers;
import io.crois.testkit.time.VirtualEventLoop;
import io.crois.workflow.Arguments;
import io.crois.workflow.Artifact;
import io.crois.workflow.Backend;
import io.crois.workflow.ExitCode;
import io.crois.workflow.ForEach;
import io.crois.workflow.Parameter;
import io.crois.workflow.Result;
import io.crois.workflow.Retry;
import io.crois.workflow.Workflow;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** A whole workflow runs with the roles that the provisioner and the template make, and with no right more. */
final class LeastPrivilegeTest {

    private static final Result<Double> AUC = Result.number("auc");
    private static final String ECR = IsolationAccount.ID + ".dkr.ecr.us-east-1.amazonaws.com";
    private static final Artifact DATASET = Artifact.file("dataset.csv");
    private static final Artifact MODEL = Artifact.folder("model");
    private static final Parameter<JsonNode> GRID = Parameter.json("grid");
    private static final Parameter<String> PASSWORD = Parameter.text("password").sealed();

    private final List<String> metrics = new ArrayList<>();
    private IsolationAccount account;

    @BeforeEach
    void an_account_whose_functions_have_their_roles() {
        account = IsolationAccount.create();
        PlatformSettings settings = PlatformSettings.defaults();
        Clock clock = account.aws.eventLoop().clock();
        account.aws.lambdaFunction("crois-prepare", new PrepareFunction(table("prepare function"), settings, clock));
        account.aws.lambdaFunction("crois-store", new StoreFunction(table("store function"), clock));
        account.aws.lambdaFunction(
                "crois-route",
                new RouteFunction(table("route function"), as("route function").sfn(), clock));
        account.aws.lambdaFunction(
                "crois-status",
                new StatusFunction(
                        table("status function"), as("status function").sfn(), clock));
        account.aws.lambdaFunction(
                "crois-start",
                new StartFunction(table("start function"), as("start function").sfn(), clock));
        account.aws.lambdaFunction(
                "crois-probe",
                new ProbeFunction(table("probe function"), as("probe function").sfn(), clock, metrics::add));
        account.aws.lambdaFunction(
                "crois-reconcile",
                new ReconcileFunction(
                        table("reconcile function"),
                        settings,
                        as("reconcile function").sfn(),
                        as("reconcile function").ecs(),
                        as("reconcile function").batch(),
                        clock));
        ((ScriptedContainers) account.aws.containers())
                .step("download", ContainerScript.succeeds().file("dataset.csv", "a,b\n1,2\n"))
                .step("tune[1]/train", 1, ContainerScript.runsOutOfMemory())
                .step("tune[1]/train", 2, ContainerScript.succeeds().result("auc", 0.9));
        account.aws
                .secretsManager()
                .createSecret(create -> create.name("crois/red/warehouse")
                        .secretString("hidden")
                        .kmsKeyId(account.key("red")));
    }

    private ActingClients as(String who) {
        return account.aws.as(account.principals().get(who));
    }

    private CroisTable table(String who) {
        ActingClients clients = as(who);
        return CroisTable.create(
                clients.dynamoDb(),
                clients.s3(),
                PlatformSettings.defaults(),
                account.aws.eventLoop().clock());
    }

    private Crois crois(String application) {
        ActingClients clients = as(application);
        return Crois.builder()
                .project(account.settings("red"))
                .clients(new AwsClients(
                        clients.sfn(),
                        clients.dynamoDb(),
                        clients.s3(),
                        clients.ecs(),
                        clients.batch(),
                        clients.kms(),
                        clients.scheduler(),
                        clients.eventBridge(),
                        clients.logs()))
                .clock(account.aws.eventLoop().clock())
                .pacing(new IsolationAccount.NoPause())
                .build();
    }

    private static Workflow workflow() {
        return Workflow.builder()
                .name("training")
                .parameter(GRID)
                .parameter(PASSWORD)
                .step(
                        "download",
                        s -> s.image(ECR + "/demo/data:1")
                                .environment("TOKEN", PASSWORD)
                                .secret("WAREHOUSE", "warehouse")
                                .produces(DATASET))
                .forEach(
                        "tune",
                        GRID,
                        (body, item) -> body.mode(ForEach.Mode.LARGE)
                                .step(
                                        "train",
                                        s -> s.image("demo/train:1")
                                                .consumes(DATASET)
                                                .command("train", "--eta", item.number("eta"))
                                                .retry(Retry.on(ExitCode.OUT_OF_MEMORY)
                                                        .growMemory(2.0)
                                                        .upTo(gib(64)))
                                                .produces(MODEL)
                                                .reports(AUC)))
                .step(
                        "report",
                        s -> s.image(ECR + "/demo/report:1")
                                .backend(Backend.BATCH)
                                .consumes(MODEL.all()))
                .build();
    }

    private Execution run() {
        Execution execution = crois("red application")
                .submit(
                        workflow(),
                        Arguments.ofText(
                                java.util.Map.of("grid", "[{\"eta\": 0.1}, {\"eta\": 0.2}]", "password", "s3cret")));
        String arn = String.valueOf(execution.describe().arn());
        account.aws
                .eventLoop()
                .runUntil(() -> !account.aws
                        .sfn()
                        .describeExecution(describe -> describe.executionArn(arn))
                        .statusAsString()
                        .equals("RUNNING"));
        account.aws.eventLoop().runUntil(() -> execution.status().ended());
        return execution;
    }

    private String status(Execution execution) {
        String arn = String.valueOf(execution.describe().arn());
        return account.aws
                .sfn()
                .describeExecution(describe -> describe.executionArn(arn))
                .statusAsString();
    }

    @Test
    void a_workflow_with_everything_runs_and_nobody_is_denied_anything() throws IOException {
        Execution execution = run();

        assertThat(account.aws.denials()).extracting(Decision::explanation).isEmpty();
        assertThat(status(execution)).isEqualTo("SUCCEEDED");
        assertThat(execution.result(AUC.all())).hasSize(2).element(1).isEqualTo(0.9);
        assertThat(execution.artifact(DATASET).open().readAllBytes()).asString().isEqualTo("a,b\n1,2\n");
    }

    @Test
    void the_health_probe_goes_the_whole_way_with_the_rights_of_its_function() {
        HealthProbe.of("demo/busybox:1").workflows().forEach(crois("red application")::deploy);
        ((VirtualEventLoop) account.aws.eventLoop()).advance(Duration.ofMinutes(16));

        assertThat(account.aws.denials()).extracting(Decision::explanation).isEmpty();
        assertThat(metrics).hasSize(2).allMatch(line -> line.contains("\"ProbeAvailability\":1"));
    }

    @Test
    void a_schedule_and_a_trigger_start_workflows_with_the_roles_and_permissions_of_the_template() {
        Crois crois = crois("red application");
        Workflow nightly = oneStep("nightly");
        Workflow morning = oneStep("morning");
        crois.deploy(nightly);
        crois.deploy(morning);
        crois.schedule(nightly).named("nightly").cron("0 3 * * ? *").create();
        crois.trigger(morning)
                .named("afterwards")
                .after("nightly", ExecutionStatus.SUCCEEDED)
                .create();

        ((VirtualEventLoop) account.aws.eventLoop()).advance(Duration.ofHours(25));

        assertThat(account.aws.denials()).extracting(Decision::explanation).isEmpty();
        assertThat(crois.executions())
                .hasSize(2)
                .extracting(Execution::workflow, Execution::status)
                .containsExactlyInAnyOrder(
                        tuple("nightly", ExecutionStatus.SUCCEEDED), tuple("morning", ExecutionStatus.SUCCEEDED));
    }

    private static Workflow oneStep(String name) {
        return Workflow.builder()
                .name(name)
                .step("go", s -> s.image("demo/go:1"))
                .build();
    }

    @Test
    void another_project_reads_nothing_of_what_it_left() {
        run();
        String key = account.aws.s3().listObjectsV2(list -> list.bucket("crois").prefix("red/")).contents().stream()
                .map(object -> object.key())
                .filter(name -> name.endsWith("dataset.csv"))
                .findFirst()
                .orElseThrow();

        assertThatThrownBy(() -> as("blue task")
                        .s3()
                        .getObjectAsBytes(get -> get.bucket("crois").key(key)))
                .isInstanceOf(S3Exception.class)
                .hasMessageContaining("s3:GetObject");
        assertThatThrownBy(() -> as("account administrator")
                        .s3()
                        .getObjectAsBytes(get -> get.bucket("crois").key(key)))
                .isInstanceOf(S3Exception.class)
                .hasMessageContaining("kms:Decrypt");
    }

    @Test
    void what_failed_in_an_iteration_is_redriven_with_the_rights_of_the_machine() {
        ((ScriptedContainers) account.aws.containers())
                .step("tune[1]/train", 1, ContainerScript.exits(3))
                .step("tune[1]/train", 2, ContainerScript.succeeds().result("auc", 0.9));
        Execution execution = run();
        assertThat(status(execution)).isEqualTo("FAILED");

        execution.redrive();
        ((VirtualEventLoop) account.aws.eventLoop()).advance(Duration.ofHours(1));

        assertThat(account.aws.denials()).extracting(Decision::explanation).isEmpty();
        assertThat(status(execution)).isEqualTo("SUCCEEDED");
    }

    @Test
    void without_a_right_of_its_containers_the_workflow_fails() {
        assertThat(runWithoutEach("red.task")).isEmpty();
    }

    @Test
    void without_a_right_of_its_machine_the_workflow_fails() {
        assertThat(runWithoutEach("red.flow")).isEmpty();
    }

    @Test
    void without_a_right_of_the_role_that_starts_containers_the_workflow_fails() {
        assertThat(runWithoutEach("crois-container-start", "start")).isEmpty();
    }

    private List<String> runWithoutEach(String role) {
        return runWithoutEach(role, "crois");
    }

    /** Returns the statements without which the workflow still succeeds. */
    private List<String> runWithoutEach(String role, String name) {
        IamClient iam = account.aws.iam();
        String document = java.net.URLDecoder.decode(
                iam.getRolePolicy(get -> get.roleName(role).policyName(name)).policyDocument(),
                java.nio.charset.StandardCharsets.UTF_8);
        PolicyDocument policy = PolicyDocument.parse(role + "/" + name, document);
        java.util.List<String> superfluous = new java.util.ArrayList<>();
        for (int i = 0; i < policy.statements().size(); i++) {
            PolicyDocument mutant = policy.without(i);
            iam.putRolePolicy(put -> put.roleName(role).policyName(name).policyDocument(mutant.json()));
            if (status(run()).equals("SUCCEEDED")) {
                superfluous.add(policy.statements().get(i).label());
            }
        }
        iam.putRolePolicy(put -> put.roleName(role).policyName(name).policyDocument(document));
        return superfluous;
    }
}
