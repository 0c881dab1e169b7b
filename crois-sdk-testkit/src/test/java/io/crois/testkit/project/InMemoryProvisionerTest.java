package io.crois.testkit.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crois.contract.ProjectNames;
import io.crois.project.Plan;
import io.crois.project.ProjectClients;
import io.crois.project.ProjectDefinition;
import io.crois.project.Provisioner;
import io.crois.project.Removal;
import io.crois.project.Verification;
import io.crois.testkit.aws.InMemoryAws;
import io.crois.testkit.moto.PassingTime;
import io.crois.testkit.project.FaultyClients.Fault;
import io.crois.testkit.time.VirtualEventLoop;
import io.crois.workflow.CroisException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.scheduler.SchedulerClient;
import software.amazon.awssdk.services.scheduler.model.ScheduleGroupSummary;

/** Every call is disturbed in every way. */
final class InMemoryProvisionerTest extends ProvisionerContract {
    private static final String ACCOUNT = "111111111111";
    /** Calls a second that AWS KMS takes by default, from the page "Request quotas" of its Developer Guide. */
    private static final Map<String, Integer> QUOTAS = Map.of(
            "kms:createAlias", 5,
            "kms:createKey", 5,
            "kms:enableKeyRotation", 15,
            "kms:putKeyPolicy", 15,
            "kms:listAliases", 500,
            "kms:listKeys", 500);

    @Override
    World empty() {
        return world(InMemoryAws.create(), new PassingTime());
    }

    private static World world(InMemoryAws aws, PassingTime time) {
        return new World(InMemoryClients.of(aws), World.platform(ACCOUNT), time);
    }

    @Override
    void disturbed(Supplier<World> start, Work work, Check check) {
        new EveryFault(start, work, check).all();
    }

    @Test
    void schedules_and_triggers_of_a_project_go_with_it_and_those_of_another_stay() {
        World world = prepared();
        world.provisioner().apply(demo(world));
        ProjectNames names = new ProjectNames("demo");
        SchedulerClient scheduler = world.clients.scheduler();
        for (String group : List.of(names.scheduleGroup("crois-"), "crois-demo2")) {
            scheduler.createScheduleGroup(request -> request.name(group));
        }
        for (String rule : List.of(names.rule("crois-", "new-data"), new ProjectNames("demo2").rule("crois-", "new"))) {
            world.clients.eventBridge().putRule(request -> request.name(rule).eventPattern("{\"source\": [\"x\"]}"));
            world.clients
                    .eventBridge()
                    .putTargets(request -> request.rule(rule)
                            .targets(target -> target.id("start")
                                    .arn("arn:aws:lambda:us-east-1:" + ACCOUNT + ":function:crois-start")));
        }

        world.provisioner().destroy(Removal.of("demo").confirmedBy("demo"));

        assertThat(scheduler
                        .listScheduleGroups(request -> request.namePrefix("crois-"))
                        .scheduleGroups())
                .extracting(ScheduleGroupSummary::name)
                .containsExactly("crois-demo2");
        assertThat(world.clients
                        .eventBridge()
                        .listRules(request -> request.namePrefix("crois-start-"))
                        .rules())
                .hasSize(1);
        assertThat(world.provisioner()
                        .destroy(Removal.of("demo").confirmedBy("demo"))
                        .isEmpty())
                .isTrue();
    }

    @Test
    void a_role_that_was_deleted_and_made_again_gets_the_key_back_by_applying() {
        World world = prepared();
        String key = world.keyId(world.provisioner().apply(demo(world)));
        Map<String, Object> right = world.state();
        var iam = world.clients.iam();
        iam.deleteRolePolicy(request -> request.roleName("demo.task").policyName("crois"));
        iam.deleteRole(request -> request.roleName("demo.task"));
        iam.detachRolePolicy(request ->
                request.roleName("crafto").policyArn("arn:aws:iam::" + ACCOUNT + ":policy/crois/demo.application"));
        iam.deleteRole(request -> request.roleName("crafto"));
        iam.createRole(request -> request.roleName("crafto").assumeRolePolicyDocument(World.TRUST));

        String shown = world.clients
                .kms()
                .getKeyPolicy(request -> request.keyId(key).policyName("default"))
                .policy();
        Plan plan = world.provisioner().plan(demo(world));
        world.provisioner().apply(demo(world));

        assertThat(shown).contains("\"AROA").contains("role/crois-control-plane");
        assertThat(plan.toString())
                .contains(
                        "+ AWS::IAM::Role demo.task",
                        "~ AWS::IAM::ManagedPolicy demo.application: attached to role `crafto`",
                        "~ AWS::KMS::Key alias/crois/demo: policy: used by `demo.task`");
        assertThat(world.state()).isEqualTo(right);
    }

    @Test
    void roles_that_other_services_see_only_later_are_waited_for() {
        InMemoryAws aws = InMemoryAws.builder().iamDelay(Duration.ofSeconds(40)).build();
        VirtualEventLoop loop = (VirtualEventLoop) aws.eventLoop();
        World world = world(aws, new PassingTime(loop::advance)).install();
        loop.advance(Duration.ofMinutes(1));
        world.provisioner().applyAccount();
        Instant start = world.time.instant();

        String key = world.keyId(world.provisioner().apply(demo(world)));

        assertThat(Duration.between(start, world.time.instant()))
                .isBetween(Duration.ofSeconds(35), Duration.ofMinutes(2));
        assertThat(world.clients
                        .kms()
                        .getKeyPolicy(request -> request.keyId(key).policyName("default"))
                        .policy())
                .contains("role/crois/demo.task");
        assertThat(world.provisioner().plan(demo(world)).isEmpty()).isTrue();
    }

    @Test
    void a_statement_of_the_bucket_that_names_a_deleted_role_is_told_to_its_owner() {
        World world = empty().install();
        world.clients.s3().putBucketPolicy(request -> request.bucket("crois").policy("""
                {"Version": "2012-10-17", "Statement": [{"Sid": "Backup", "Effect": "Allow",
                 "Principal": {"AWS": "arn:aws:iam::111111111111:role/break-glass"}, "Action": "s3:GetObject",
                 "Resource": "arn:aws:s3:::crois/*"}]}"""));
        world.clients.iam().deleteRole(request -> request.roleName("break-glass"));
        world.clients
                .iam()
                .createRole(request -> request.roleName("break-glass").assumeRolePolicyDocument(World.TRUST));

        assertThatThrownBy(() -> world.provisioner().applyAccount())
                .isInstanceOf(CroisException.class)
                .hasMessageStartingWith("The policy of bucket `crois` has 1 problem.")
                .hasMessageContaining("statement `Backup` of its owner names `AROA")
                .hasMessageContaining("Name the one that is there now, or remove the statement.");
    }

    @Test
    void objects_that_s3_refuses_to_delete_are_told_instead_of_tried_for_ever() {
        World world = prepared();
        world.provisioner().apply(demo(world));
        world.clients
                .s3()
                .putObject(request -> request.bucket("crois").key("demo/run-1/model"), RequestBody.fromString("x"));
        ProjectClients refused = FaultyClients.refusingDeletions(world.clients);

        assertThatThrownBy(() -> world.provisioner(refused)
                        .destroy(Removal.of("demo").confirmedBy("demo").deletingObjects()))
                .isInstanceOf(CroisException.class)
                .hasMessage("S3 deletes 1 of 1 objects under `s3://crois/demo/` not, the first of them"
                        + " `demo/run-1/model` with `AccessDenied`. Allow the provisioner to delete them, also in the"
                        + " bucket's policy, and remove the project again.");
    }

    @Test
    void what_an_application_s_own_boundary_forbids_is_found_by_verifying() {
        World world = prepared();
        world.provisioner().apply(demo(world));
        String boundary = world.clients
                .iam()
                .createPolicy(request -> request.policyName("narrow").policyDocument("""
                        {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Resource": "*",
                         "Action": ["dynamodb:*", "s3:*", "states:*"]}]}"""))
                .policy()
                .arn();
        world.clients
                .iam()
                .putRolePermissionsBoundary(
                        request -> request.roleName("crafto").permissionsBoundary(boundary));

        assertThat(world.provisioner().verify(demo(world)).findings())
                .containsExactly("Role `arn:aws:iam::111111111111:role/crafto` may not `iam:PassRole` on"
                        + " `arn:aws:iam::111111111111:role/crois/demo.flow`: no policy allows it, or the boundary or"
                        + " the organization forbids it.");
    }

    @Test
    void a_grant_that_somebody_made_is_found_by_verifying() {
        World world = prepared();
        String key = world.keyId(world.provisioner().apply(demo(world)));
        world.clients
                .kms()
                .createGrant(request ->
                        request.keyId(key).granteePrincipal(world.crafto()).operationsWithStrings("Decrypt"));

        assertThat(world.provisioner().verify(demo(world)).findings())
                .containsExactly("Key `alias/crois/demo` has a grant to `arn:aws:iam::111111111111:role/crafto`, which"
                        + " its policy does not show. Revoke it.");
    }

    @Test
    void the_period_in_which_the_key_is_renewed_can_be_changed() {
        World world = prepared();
        String key = world.keyId(world.provisioner().apply(demo(world)));

        world.provisioner()
                .apply(ProjectDefinition.named("demo").rotationDays(90).build());

        assertThat(world.clients
                        .kms()
                        .getKeyRotationStatus(request -> request.keyId(key))
                        .rotationPeriodInDays())
                .isEqualTo(90);
    }

    @Test
    void a_project_that_was_just_made_is_sound_and_a_missing_right_is_found_before_a_run_needs_it() {
        World world = prepared();
        world.provisioner().apply(demo(world));
        assertThat(world.provisioner().verify(demo(world)).toString()).isEqualTo("project demo: nothing to change.");

        String boundary = "arn:aws:iam::111111111111:policy/crois/project-boundary";
        world.clients
                .iam()
                .createPolicyVersion(request -> request.policyArn(boundary)
                        .setAsDefault(true)
                        .policyDocument("{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":"
                                + "[\"s3:*\",\"lambda:*\",\"ecs:*\",\"batch:*\",\"events:*\",\"states:*\",\"iam:PassRole\"],"
                                + "\"Resource\":\"*\"}]}"));
        Verification found = world.provisioner().verify(demo(world));

        assertThat(found.isSound()).isFalse();
        assertThat(found.findings())
                .hasSize(3)
                .allMatch(finding ->
                        finding.startsWith("Role `arn:aws:iam::111111111111:role/crois/demo.task` may not `"))
                .anyMatch(finding -> finding.contains("`secretsmanager:GetSecretValue` on `arn:aws:secretsmanager:"));
    }

    @Test
    void a_hundred_projects_take_ten_times_as_long_as_ten_and_keep_to_the_quotas_of_kms() {
        Duration ten = provision(10);
        Duration hundred = provision(100);

        assertThat(hundred).isLessThanOrEqualTo(ten.multipliedBy(11)).isLessThan(Duration.ofMinutes(5));
    }

    private Duration provision(int projects) {
        World world = empty().install();
        world.provisioner().applyAccount();
        FaultyClients counted = new FaultyClients(world.clients, Fault.NONE, -1, () -> {}, world.time::instant);
        Provisioner provisioner = world.provisioner(counted.clients);
        Instant start = world.time.instant();
        for (int i = 0; i < projects; i++) {
            provisioner.apply(ProjectDefinition.named("project-" + i).build());
        }
        Map<String, Integer> aSecond = new HashMap<>();
        for (FaultyClients.Call call : counted.calls()) {
            aSecond.merge(call.operation() + "@" + call.at().getEpochSecond(), 1, Integer::sum);
        }
        aSecond.forEach((second, count) -> assertThat(count)
                .as(second)
                .isLessThanOrEqualTo(QUOTAS.getOrDefault(second.substring(0, second.indexOf('@')), 100)));
        return Duration.between(start, world.time.instant());
    }
}
