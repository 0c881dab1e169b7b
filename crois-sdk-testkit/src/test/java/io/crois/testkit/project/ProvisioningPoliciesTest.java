package io.crois.testkit.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crois.project.ProjectClients;
import io.crois.project.ProjectPlatform;
import io.crois.project.ProvisioningPolicies;
import io.crois.testkit.aws.ActingClients;
import io.crois.testkit.aws.InMemoryAws;
import io.crois.testkit.moto.PassingTime;
import io.crois.testkit.policy.Principal;
import io.crois.workflow.CroisException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.policybuilder.iam.IamPolicy;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.iam.model.IamException;
import software.amazon.awssdk.services.kms.model.KmsException;

/** Each policy of the provisioner is enough for its job, holds nothing that the job does not need, and no way out. */
final class ProvisioningPoliciesTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String ACCOUNT = "111111111111";
    private static final String ROLE = "arn:aws:iam::" + ACCOUNT + ":role/";
    private static final int MANAGED_POLICY = 6_144;

    /** An account in which somebody has one policy and nothing else. */
    private static final class Bounded {
        final InMemoryAws aws = InMemoryAws.create();
        final PassingTime time = new PassingTime();
        final World owner;
        final World actor;

        Bounded(ProvisioningStory story, String policy) {
            ProjectPlatform platform = platform();
            owner = new World(InMemoryClients.of(aws), platform, time).install();
            story.prepare(owner);
            aws.iam()
                    .putRolePolicy(put ->
                            put.roleName(story.actor()).policyName("only").policyDocument(policy));
            actor = new World(clients(aws.as(Principal.session(ROLE + story.actor(), "pipeline"))), platform, time);
        }

        /** Says what is missing; empty if everything that the story does is allowed. */
        List<String> missing(ProvisioningStory story) {
            List<String> missing = new ArrayList<>();
            try {
                story.play(owner, actor);
            } catch (RuntimeException | AssertionError failed) {
                missing.add(String.valueOf(failed.getMessage()));
            }
            aws.denials().forEach(denial -> missing.add(denial.explanation()));
            return missing;
        }
    }

    private static ProjectPlatform platform() {
        return ProjectPlatform.builder()
                .region("us-east-1")
                .account(ACCOUNT)
                .executionRole(ROLE + "crois-execution")
                .controlPlane(ROLE + "crois-control-plane")
                .addKeyAdministrator(ROLE + "crois-key-administrator")
                .addKeyAdministrator(ROLE + "break-glass")
                .alarmTarget("arn:aws:sqs:us-east-1:" + ACCOUNT + ":alarms")
                .build();
    }

    private static ProvisioningPolicies policies() {
        return ProvisioningPolicies.of(platform()).admitting(ROLE + "crafto");
    }

    private static ProjectClients clients(ActingClients acting) {
        return new ProjectClients(
                acting.iam(),
                acting.kms(),
                acting.secretsManager(),
                acting.s3(),
                acting.sfn(),
                acting.eventBridge(),
                acting.scheduler(),
                acting.ecs(),
                acting.batch(),
                acting.dynamoDb());
    }

    @Test
    void each_policy_has_its_story() {
        assertThat(ProvisioningPolicies.class.getMethods())
                .filteredOn(method -> method.getReturnType().equals(IamPolicy.class))
                .extracting(method -> method.getName().toUpperCase(Locale.ROOT))
                .containsExactlyInAnyOrderElementsOf(Stream.of(ProvisioningStory.values())
                        .map(ProvisioningStory::name)
                        .toList());
    }

    @ParameterizedTest
    @EnumSource
    void the_policy_is_enough(ProvisioningStory story) {
        String policy = story.policy(policies()).toJson();

        assertThat(new Bounded(story, policy).missing(story)).isEmpty();
        assertThat(policy).hasSizeLessThan(MANAGED_POLICY);
    }

    @ParameterizedTest
    @EnumSource
    void without_any_statement_or_any_single_action_something_is_denied(ProvisioningStory story) throws IOException {
        List<String> superfluous = new ArrayList<>();
        Map<String, JsonNode> mutants =
                mutants(MAPPER.readTree(story.policy(policies()).toJson()));
        mutants.forEach((change, mutant) -> {
            if (new Bounded(story, mutant.toString()).missing(story).isEmpty()) {
                superfluous.add(change);
            }
        });

        assertThat(superfluous).isEmpty();
        assertThat(mutants).hasSizeGreaterThan(6);
    }

    /** Returns the policy without each of its statements, and without each of their actions. */
    private static Map<String, JsonNode> mutants(JsonNode policy) {
        Map<String, JsonNode> mutants = new LinkedHashMap<>();
        for (int at = 0; at < policy.path("Statement").size(); at++) {
            String sid = policy.at("/Statement/" + at + "/Sid").asText();
            ObjectNode without = policy.deepCopy();
            ((ArrayNode) without.path("Statement")).remove(at);
            mutants.put(sid, without);
            JsonNode actions = policy.at("/Statement/" + at + "/Action");
            for (int index = 0; actions.isArray() && index < actions.size(); index++) {
                ObjectNode less = policy.deepCopy();
                ((ArrayNode) less.at("/Statement/" + at + "/Action")).remove(index);
                mutants.put(sid + " " + actions.get(index).asText(), less);
            }
        }
        return mutants;
    }

    private static ActingClients provisioner(InMemoryAws aws) {
        aws.iam()
                .putRolePolicy(put -> put.roleName("crois-key-administrator")
                        .policyName("only")
                        .policyDocument(policies().projects().toJson()));
        return aws.as(Principal.session(ROLE + "crois-key-administrator", "pipeline"));
    }

    private static InMemoryAws withProject() {
        InMemoryAws aws = InMemoryAws.create();
        World owner = new World(InMemoryClients.of(aws), platform(), new PassingTime()).install();
        owner.provisioner().applyAccount();
        owner.provisioner().apply(ProvisionerContract.demo(owner));
        return aws;
    }

    @Test
    void no_role_is_made_without_the_boundary_or_outside_the_path_or_under_another_name() {
        InMemoryAws aws = withProject();
        var iam = provisioner(aws).iam();
        String boundary = "arn:aws:iam::" + ACCOUNT + ":policy/crois/project-boundary";

        denied(() -> iam.createRole(
                create -> create.roleName("other.task").path("/crois/").assumeRolePolicyDocument(World.TRUST)));
        denied(() -> iam.createRole(create -> create.roleName("other.task")
                .path("/crois/")
                .permissionsBoundary("arn:aws:iam::aws:policy/AdministratorAccess")
                .assumeRolePolicyDocument(World.TRUST)));
        denied(() -> iam.createRole(create ->
                create.roleName("other.task").permissionsBoundary(boundary).assumeRolePolicyDocument(World.TRUST)));
        denied(() -> iam.createRole(create -> create.roleName("administrator")
                .path("/crois/")
                .permissionsBoundary(boundary)
                .assumeRolePolicyDocument(World.TRUST)));
        assertThatCode(() -> iam.createRole(create -> create.roleName("other.task")
                        .path("/crois/")
                        .permissionsBoundary(boundary)
                        .assumeRolePolicyDocument(World.TRUST)))
                .doesNotThrowAnyException();
    }

    @Test
    void a_role_without_the_boundary_gets_no_rights_and_no_role_loses_it() {
        InMemoryAws aws = withProject();
        aws.iam()
                .createRole(
                        create -> create.roleName("free.task").path("/crois/").assumeRolePolicyDocument(World.TRUST));
        var iam = provisioner(aws).iam();
        String policy = policies().account().toJson();

        denied(() -> iam.putRolePolicy(
                put -> put.roleName("free.task").policyName("x").policyDocument(policy)));
        denied(() -> iam.putRolePermissionsBoundary(
                put -> put.roleName("free.task").permissionsBoundary("arn:aws:iam::aws:policy/AdministratorAccess")));
        denied(() ->
                iam.putRolePolicy(put -> put.roleName("crafto").policyName("x").policyDocument(policy)));
        assertThatCode(() -> iam.putRolePolicy(
                        put -> put.roleName("demo.task").policyName("x").policyDocument(policy)))
                .doesNotThrowAnyException();
    }

    @Test
    void nobody_is_admitted_but_the_named_roles_and_to_nothing_but_projects() {
        InMemoryAws aws = withProject();
        var iam = provisioner(aws).iam();
        String application = "arn:aws:iam::" + ACCOUNT + ":policy/crois/demo.application";

        denied(() -> iam.attachRolePolicy(
                attach -> attach.roleName("crois-key-administrator").policyArn(application)));
        denied(() -> iam.attachRolePolicy(
                attach -> attach.roleName("crafto").policyArn("arn:aws:iam::aws:policy/AdministratorAccess")));
        denied(() -> iam.createPolicyVersion(
                create -> create.policyArn("arn:aws:iam::" + ACCOUNT + ":policy/crois/project-boundary")
                        .policyDocument(policies().account().toJson())));
        assertThat(ProvisioningPolicies.of(platform()).projects().toJson()).doesNotContain("AttachRolePolicy");
    }

    @Test
    void no_key_is_made_that_is_not_of_this_platform() {
        InMemoryAws aws = withProject();
        var kms = provisioner(aws).kms();

        assertThatThrownBy(() -> kms.createKey(create -> create.description("mine")))
                .isInstanceOf(KmsException.class)
                .hasMessageContaining("kms:CreateKey");
    }

    @Test
    void who_removes_a_project_sees_of_items_no_more_than_their_keys() {
        InMemoryAws aws = withProject();
        aws.iam()
                .putRolePolicy(put -> put.roleName("crois-key-administrator")
                        .policyName("only")
                        .policyDocument(policies().removal().toJson()));
        var dynamoDb = aws.as(Principal.session(ROLE + "crois-key-administrator", "pipeline"))
                .dynamoDb();

        assertThatCode(() -> dynamoDb.scan(scan -> scan.tableName("crois").projectionExpression("pk, sk")))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> dynamoDb.scan(scan -> scan.tableName("crois")))
                .isInstanceOf(DynamoDbException.class)
                .hasMessageContaining("dynamodb:Scan");
        assertThatThrownBy(() -> dynamoDb.scan(scan -> scan.tableName("crois").projectionExpression("pk, body")))
                .isInstanceOf(DynamoDbException.class);
    }

    @Test
    void what_is_no_role_of_the_account_is_refused_all_at_once() {
        assertThatThrownBy(() -> policies().admitting("crafto", "arn:aws:iam::222222222222:role/apps/*", ROLE + "a"))
                .isInstanceOf(CroisException.class)
                .hasMessageContaining("role `crafto`: must be the ARN of roles of account " + ACCOUNT)
                .hasMessageContaining("role `arn:aws:iam::222222222222:role/apps/*`");
    }

    private static void denied(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(IamException.class).hasMessageContaining("not authorized to perform");
    }
}
