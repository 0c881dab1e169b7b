package io.crois.testkit.project;

import static org.assertj.core.api.Assertions.assertThat;

import io.crois.project.ProjectClients;
import io.crois.project.ProjectDefinition;
import io.crois.project.Provisioned;
import io.crois.project.Provisioner;
import io.crois.testkit.aws.InMemoryAws;
import io.crois.testkit.moto.PassingTime;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.iam.model.Role;

/** As many projects as one account is meant for. */
final class FiveHundredProjectsTest {
    private static final int PROJECTS = 500;
    /** How many policies are attached to a role at most, by default. */
    private static final int FOR_ONE_APPLICATION = 10;

    private static final int KEY_POLICY = 32 * 1_024;
    private static final int BUCKET_POLICY = 20 * 1_024;

    @Test
    void five_hundred_projects_fit_into_one_account_and_the_last_is_no_larger_than_the_first() {
        InMemoryAws aws = InMemoryAws.create();
        ProjectClients clients = InMemoryClients.of(aws);
        World world = new World(clients, World.platform("111111111111"), new PassingTime()).install();
        Provisioner provisioner = world.provisioner();
        provisioner.applyAccount();
        String bucket = bucketPolicy(world);

        for (int i = 0; i < PROJECTS; i++) {
            Provisioned made = provisioner.apply(ProjectDefinition.named("project-%03d".formatted(i))
                    .addApplication(application(world, i / FOR_ONE_APPLICATION))
                    .build());
            assertThat(keyPolicy(world, made)).isLessThanOrEqualTo(KEY_POLICY);
        }

        assertThat(aws.iam().listRoles(request -> request.pathPrefix("/crois/")).roles())
                .hasSize(2 * PROJECTS);
        assertThat(aws.kms().listKeys(request -> {}).keys()).hasSize(PROJECTS);
        assertThat(bucketPolicy(world)).isEqualTo(bucket).hasSizeLessThanOrEqualTo(BUCKET_POLICY);
        assertThat(size(world, "project-499.task")).isEqualTo(size(world, "project-000.task"));
        assertThat(size(world, "project-499.flow")).isEqualTo(size(world, "project-000.flow"));
        assertThat(provisioner
                        .plan(ProjectDefinition.named("project-250")
                                .addApplication(application(world, 25))
                                .build())
                        .isEmpty())
                .isTrue();
    }

    private static String application(World world, int number) {
        String name = "application-" + number;
        boolean there = world.clients.iam().listRoles(request -> {}).roles().stream()
                .map(Role::roleName)
                .anyMatch(name::equals);
        if (!there) {
            world.clients.iam().createRole(request -> request.roleName(name).assumeRolePolicyDocument(World.TRUST));
        }
        return "arn:aws:iam::" + world.platform.account() + ":role/" + name;
    }

    private static int keyPolicy(World world, Provisioned project) {
        return world.clients
                .kms()
                .getKeyPolicy(request -> request.keyId(world.keyId(project)).policyName("default"))
                .policy()
                .getBytes(StandardCharsets.UTF_8)
                .length;
    }

    private static String bucketPolicy(World world) {
        return world.clients
                .s3()
                .getBucketPolicy(request -> request.bucket("crois"))
                .policy();
    }

    private static int size(World world, String role) {
        return world.clients
                .iam()
                .getRolePolicy(request -> request.roleName(role).policyName("crois"))
                .policyDocument()
                .length();
    }
}
