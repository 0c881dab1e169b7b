package io.crois.testkit.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crois.contract.Json;
import io.crois.project.Plan;
import io.crois.project.PlannedChange;
import io.crois.project.PlannedChange.Action;
import io.crois.project.ProjectDefinition;
import io.crois.project.Provisioned;
import io.crois.project.Provisioner;
import io.crois.project.Removal;
import io.crois.workflow.CroisException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;

/** What provisioning promises, on whatever imitates AWS. */
abstract class ProvisionerContract {
    private static final String MORE = "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\","
            + "\"Action\":\"s3:GetObject\",\"Resource\":\"*\"}]}";

    /** Returns an account with nothing in it. */
    abstract World empty();

    /**
     * Does a piece of work as often as there are ways in which this imitation is disturbed, and checks each time how it
     * ended.
     */
    abstract void disturbed(Supplier<World> start, Work work, Check check);

    final World prepared() {
        World world = empty().install();
        world.provisioner().applyAccount();
        return world;
    }

    static final ProjectDefinition demo(World world) {
        return ProjectDefinition.named("demo")
                .title("Demo of everything")
                .addApplication(world.crafto())
                .tag("cost-center", "42")
                .build();
    }

    @Test
    void a_plan_names_every_change_and_makes_none() {
        World world = prepared();
        Map<String, Object> before = world.state();

        Plan plan = world.provisioner().plan(demo(world));

        assertThat(world.state()).isEqualTo(before);
        assertThat(plan.toString())
                .startsWith("project demo: 10 changes.\n  + AWS::KMS::Key alias/crois/demo: a symmetric key")
                .contains("\n  + AWS::IAM::Role demo.task: assumed by ecs-tasks.amazonaws.com")
                .contains("\n  ~ AWS::IAM::RolePolicy demo.flow/crois: statements Functions, RunTasks,")
                .contains("\n  ~ AWS::IAM::ManagedPolicy demo.application: attached to role `crafto`")
                .contains("\n  ~ AWS::KMS::Key alias/crois/demo: policy: used by `demo.task`");
        assertThat(Json.parse(plan.toJson()).at("/changes/0/action").asText()).isEqualTo("CREATE");
    }

    @Test
    void what_was_planned_is_what_is_made_and_the_second_time_nothing_is_written() {
        World world = prepared();
        Plan plan = world.provisioner().plan(demo(world));

        Provisioned first = world.provisioner().apply(demo(world));
        Provisioned second = world.provisioner().apply(demo(world));

        assertThat(first.changes().changes()).containsExactlyInAnyOrderElementsOf(plan.changes());
        assertThat(second.changes().isEmpty()).isTrue();
        assertThat(second.writes()).isZero();
        assertThat(second.reads()).isBetween(1, 16);
        assertThat(second.settings()).isEqualTo(first.settings());
        assertThat(first.settings().kmsKey()).contains(":key/");
        assertThat(world.provisioner().plan(demo(world)).toString()).isEqualTo("project demo: nothing to change.");
        assertThat(world.provisioner().planAccount().isEmpty()).isTrue();
    }

    @Test
    void the_account_comes_first() {
        World world = empty().install();

        assertThatThrownBy(() -> world.provisioner().plan(demo(world)))
                .isInstanceOf(CroisException.class)
                .hasMessageContaining("Call Provisioner.applyAccount() once for the account.");
    }

    @Test
    void the_statements_that_the_bucket_has_already_stay() {
        World world = empty().install();
        String own = "{\"Sid\":\"Mine\",\"Effect\":\"Deny\",\"Principal\":\"*\",\"Action\":\"s3:DeleteObject\","
                + "\"Resource\":\"arn:aws:s3:::crois/*\"}";
        world.clients
                .s3()
                .putBucketPolicy(request ->
                        request.bucket("crois").policy("{\"Version\":\"2012-10-17\",\"Statement\":[" + own + "]}"));

        world.provisioner().applyAccount();

        assertThat(String.valueOf(world.state().get("bucket policy")))
                .contains("\"Mine\"", "\"CroisOwnKeyOnly\"", "\"CroisTlsOnly\"");
        assertThat(world.provisioner().applyAccount().isEmpty()).isTrue();
    }

    @Test
    void whatever_somebody_changed_by_hand_is_found_and_put_right() {
        World world = prepared();
        String key = world.keyId(world.provisioner().apply(demo(world)));
        Map<String, Object> right = world.state();
        var iam = world.clients.iam();
        var kms = world.clients.kms();
        Map<String, Consumer<World>> drifts = new TreeMap<>(Map.of(
                "trust",
                        w -> iam.updateAssumeRolePolicy(
                                request -> request.roleName("demo.task").policyDocument(World.TRUST)),
                "detached from",
                        w -> iam.attachRolePolicy(request -> request.roleName("demo.task")
                                .policyArn(
                                        "arn:aws:iam::" + world.platform.account() + ":policy/crois/project-boundary")),
                "grants what the project's policy does not",
                        w -> iam.putRolePolicy(request ->
                                request.roleName("demo.flow").policyName("more").policyDocument(MORE)),
                "statements Orders, Objects, Secrets",
                        w -> iam.deleteRolePolicy(
                                request -> request.roleName("demo.task").policyName("crois")),
                "bounded by", w -> iam.deleteRolePermissionsBoundary(request -> request.roleName("demo.flow")),
                "attached to role `crafto`",
                        w -> iam.detachRolePolicy(request -> request.roleName("crafto")
                                .policyArn(
                                        "arn:aws:iam::" + world.platform.account() + ":policy/crois/demo.application")),
                "tags [crois:key]",
                        w -> iam.untagRole(
                                request -> request.roleName("demo.task").tagKeys("crois:key")),
                "policy: used by",
                        w -> kms.putKeyPolicy(request -> request.keyId(key)
                                .policyName("default")
                                .policy(
                                        "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":"
                                                + "{\"AWS\":\"arn:aws:iam::" + world.platform.account()
                                                + ":root\"},\"Action\":\"kms:*\",\"Resource\":\"*\"}]}")),
                "is enabled again", w -> kms.disableKey(request -> request.keyId(key)),
                "its deletion is taken back",
                        w -> kms.scheduleKeyDeletion(
                                request -> request.keyId(key).pendingWindowInDays(7))));

        inTurn(drifts).forEach(together -> {
            together.values().forEach(drift -> drift.accept(world));
            Plan plan = world.provisioner().plan(demo(world));
            assertThat(plan.changes()).as(plan.toString()).hasSameSizeAs(together.keySet());
            together.keySet()
                    .forEach(text -> assertThat(plan.changes())
                            .anyMatch(change -> change.detail().contains(text)));
            world.provisioner().apply(demo(world));
            assertThat(world.state()).as(plan.toString()).isEqualTo(right);
        });
    }

    /** Returns in which groups things are changed before they are put right; by default each alone. */
    List<Map<String, Consumer<World>>> inTurn(Map<String, Consumer<World>> drifts) {
        return drifts.entrySet().stream()
                .map(drift -> Map.of(drift.getKey(), drift.getValue()))
                .toList();
    }

    @Test
    void a_changed_definition_changes_what_is_there() {
        World world = prepared();
        world.provisioner().apply(demo(world));

        ProjectDefinition changed =
                ProjectDefinition.named("demo").title("Renamed").build();
        Plan plan = world.provisioner().apply(changed).changes();

        assertThat(plan.changes().stream().map(PlannedChange::toString))
                .contains(
                        "- AWS::IAM::ManagedPolicy demo.application: no application is admitted any more",
                        "~ AWS::IAM::Role demo.task: tags [crois:title]");
        assertThat(world.state().toString()).contains("crois:title=Renamed").doesNotContain("demo.application");
    }

    @Test
    void what_somebody_else_made_is_refused_until_it_is_adopted() {
        World world = prepared();
        world.clients
                .iam()
                .createRole(
                        request -> request.roleName("demo.task").path("/crois/").assumeRolePolicyDocument(World.TRUST));

        assertThatThrownBy(() -> world.provisioner().apply(demo(world)))
                .isInstanceOf(CroisException.class)
                .hasMessageContaining("Role `demo.task` is there already and has no tag `crois:project`");
        assertThat(world.state().keySet()).noneMatch(name -> name.startsWith("key "));

        ProjectDefinition adopting =
                ProjectDefinition.named("demo").adopting(true).build();
        Plan plan = world.provisioner().apply(adopting).changes();

        assertThat(plan.changes())
                .filteredOn(change -> change.action() == Action.ADOPT)
                .singleElement()
                .extracting(PlannedChange::name)
                .isEqualTo("demo.task");
        assertThat(world.provisioner().plan(adopting).isEmpty()).isTrue();
    }

    @Test
    void a_removed_project_leaves_nothing_but_a_key_that_waits_for_its_end() {
        World world = prepared();
        Map<String, Object> before = world.state();
        world.provisioner().apply(demo(world));
        world.clients
                .secretsManager()
                .createSecret(request -> request.name("crois/demo/password").secretString("x"));
        world.clients
                .secretsManager()
                .createSecret(request -> request.name("crois/demo2/password").secretString("x"));

        Plan plan = world.provisioner().destroy(Removal.of("demo").confirmedBy("demo"));

        Map<String, Object> after = new TreeMap<>(world.state());
        assertThat(after.remove("secret crois/demo2/password")).isNotNull();
        assertThat(after).isEqualTo(before);
        assertThat(plan.changes()).hasSize(6).allMatch(change -> change.action() == Action.DELETE);
        assertThat(world.provisioner()
                        .destroy(Removal.of("demo").confirmedBy("demo"))
                        .isEmpty())
                .isTrue();
    }

    @Test
    void a_removal_that_loses_data_must_say_so() {
        World world = empty().install();
        world.clients
                .s3()
                .putObject(request -> request.bucket("crois").key("demo/run-1/model"), RequestBody.fromString("x"));
        world.provisioner().applyAccount();
        world.provisioner().apply(demo(world));
        Map<String, Object> before = world.state();

        assertThatThrownBy(() -> world.provisioner().destroy(Removal.of("demo").confirmedBy("dem")))
                .isInstanceOf(CroisException.class)
                .hasMessageStartingWith("Removal of project `demo` has 2 problems.")
                .hasMessageContaining("Call confirmedBy(\"demo\") if you mean it.")
                .hasMessageContaining("objects: there are some under `s3://crois/demo/`");
        assertThat(world.state()).isEqualTo(before);

        beforeObjectsAreDeleted(world);
        world.provisioner().destroy(Removal.of("demo").confirmedBy("demo").deletingObjects());

        assertThat(world.clients
                        .s3()
                        .listObjectsV2(request -> request.bucket("crois"))
                        .contents())
                .isEmpty();
    }

    @Test
    void a_removal_finds_what_was_deployed_and_says_what_it_leaves() {
        World world = prepared();
        world.provisioner().apply(demo(world));
        world.deploy("demo");
        world.deploy("demo-2");
        Removal removal = Removal.of("demo").confirmedBy("demo");

        Plan planned = world.provisioner().planRemoval(removal);
        Plan done = world.provisioner().destroy(removal);

        assertThat(done).isEqualTo(planned);
        assertThat(done.toString())
                .contains(
                        "\n  - AWS::StepFunctions::StateMachine crois-demo-training: with its running",
                        "\n  - AWS::ECS::TaskDefinition crois-demo-training:1: deregistered",
                        "\n  - AWS::Batch::JobDefinition crois-demo-training:1: deregistered",
                        "\n  = Items of table `crois` whose keys begin with `demo#`: they tell who ran what")
                .doesNotContain("demo_-2");
        assertThat(world.state().toString())
                .contains("machine crois-demo_-2-training", "task definition crois-demo_-2-training", "items demo-2")
                .contains("items demo=")
                .doesNotContain("crois-demo-training");

        Plan records = world.provisioner().destroy(removal.deletingRecords());

        assertThat(records.toString())
                .isEqualTo("project demo: 1 change.\n  - AWS::DynamoDB::Item crois/demo#*: what is recorded of"
                        + " executions and deployments");
        assertThat(world.state().toString()).contains("items demo-2=").doesNotContain("items demo=");
        assertThat(world.provisioner().destroy(removal.deletingRecords()).isEmpty())
                .isTrue();
    }

    @Test
    void a_key_is_renewed_on_demand() {
        World world = prepared();
        world.provisioner().apply(demo(world));

        world.provisioner().rotateKey("demo");

        assertThat(world.rotations("demo")).isEqualTo(1);
        assertThatThrownBy(() -> world.provisioner().rotateKey("nobody"))
                .isInstanceOf(CroisException.class)
                .hasMessage("Project `nobody` has no key `alias/crois/nobody`. Make the project with"
                        + " Provisioner.apply first.");
    }

    /** Leaves a schedule, if the imitation bears it that it is removed twice. */
    void schedule(World world) {
        world.schedule("demo");
    }

    /** Does what an imitation needs before it deletes objects; nothing by default. */
    void beforeObjectsAreDeleted(World world) {}

    @Test
    void applying_comes_to_the_same_end_whatever_call_is_disturbed_and_how() {
        World reference = prepared();
        reference.provisioner().apply(demo(reference));
        Map<String, Object> end = reference.state();

        disturbed(
                this::prepared,
                (world, provisioner) -> provisioner.apply(demo(world)),
                (world, what) -> assertThat(world.state()).as(what).isEqualTo(end));
    }

    @Test
    void removing_comes_to_the_same_end_whatever_call_is_disturbed_and_how() {
        Map<String, Object> end = prepared().state();

        disturbed(
                () -> {
                    World world = prepared();
                    world.provisioner().apply(demo(world));
                    world.deploy("demo");
                    schedule(world);
                    world.clients
                            .secretsManager()
                            .createSecret(request ->
                                    request.name("crois/demo/password").secretString("x"));
                    return world;
                },
                (world, provisioner) -> provisioner.destroy(
                        Removal.of("demo").confirmedBy("demo").deletingRecords()),
                (world, what) -> assertThat(world.state()).as(what).isEqualTo(end));
    }

    @Test
    void preparing_the_account_comes_to_the_same_end_whatever_call_is_disturbed_and_how() {
        Map<String, Object> end = prepared().state();

        disturbed(
                () -> empty().install(),
                (world, provisioner) -> provisioner.applyAccount(),
                (world, what) -> assertThat(world.state()).as(what).isEqualTo(end));
    }

    @Test
    void changing_title_applications_and_tags_comes_to_the_same_end_whatever_call_is_disturbed_and_how() {
        ProjectDefinition changed = ProjectDefinition.named("demo")
                .title("Renamed")
                .tag("cost-center", "43")
                .rotationDays(90)
                .build();
        World reference = prepared();
        reference.provisioner().apply(changed);
        Map<String, Object> end = reference.state();

        disturbed(
                () -> {
                    World world = prepared();
                    world.provisioner().apply(demo(world));
                    return world;
                },
                (world, provisioner) -> provisioner.apply(changed),
                (world, what) -> assertThat(world.state()).as(what).isEqualTo(end));
    }

    @Test
    void renewing_a_key_renews_it_once_whatever_call_is_disturbed_and_how() {
        disturbed(
                () -> {
                    World world = prepared();
                    world.provisioner().apply(demo(world));
                    return world;
                },
                (world, provisioner) -> provisioner.rotateKey("demo"),
                (world, what) -> assertThat(world.rotations("demo")).as(what).isEqualTo(1));
    }

    interface Work {
        void with(World world, Provisioner provisioner);
    }

    interface Check {
        void of(World world, String what);
    }
}
