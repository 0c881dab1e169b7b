package io.crois.testkit.project;

import static org.assertj.core.api.Assertions.assertThat;

import io.crois.contract.ProjectNames;
import io.crois.project.ProjectClients;
import io.crois.project.ProjectDefinition;
import io.crois.project.Provisioner;
import io.crois.project.Removal;
import io.crois.project.Verification;
import io.crois.testkit.aws.InMemoryAws;
import io.crois.testkit.project.FaultyClients.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
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
        InMemoryAws aws = InMemoryAws.create();
        return new World(
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
                World.platform(ACCOUNT),
                new World.Time());
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
                                + "[\"s3:*\",\"lambda:*\",\"ecs:*\",\"batch:*\",\"events:*\",\"iam:PassRole\"],"
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
