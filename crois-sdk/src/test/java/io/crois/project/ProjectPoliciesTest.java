package io.crois.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crois.workflow.CroisException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.policybuilder.iam.IamPolicy;

/** Every policy has a file to review; {@code -Dgolden.update=true} writes the files anew. */
final class ProjectPoliciesTest {
    private static final Path FOLDER = Path.of("src/test/resources/golden/project");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int INLINE_LIMIT = 10_240;
    private static final int MANAGED_LIMIT = 6_144;
    private static final int TRUST_LIMIT = 2_048;
    private static final int KEY_LIMIT = 32 * 1_024;
    private static final int BUCKET_LIMIT = 20 * 1_024;

    static ProjectPlatform platform() {
        return ProjectPlatform.builder()
                .region("eu-west-1")
                .account("111122223333")
                .executionRole("arn:aws:iam::111122223333:role/crois/execution")
                .controlPlane("arn:aws:iam::111122223333:role/crois/control-plane")
                .addKeyAdministrator("arn:aws:iam::111122223333:role/crois/key-administrator")
                .addKeyAdministrator("arn:aws:iam::111122223333:role/break-glass")
                .build();
    }

    static Map<String, IamPolicy> policies() {
        ProjectPolicies demo = ProjectPolicies.of(
                platform(),
                ProjectDefinition.named("demo")
                        .addApplication("arn:aws:iam::111122223333:role/crafto")
                        .build());
        return policies(demo);
    }

    private static Map<String, IamPolicy> policies(ProjectPolicies project) {
        AccountPolicies account = AccountPolicies.of(platform());
        ProvisioningPolicies provisioning =
                ProvisioningPolicies.of(platform()).admitting("arn:aws:iam::111122223333:role/apps/*");
        return new TreeMap<>(Map.ofEntries(
                Map.entry("application", project.application()),
                Map.entry("boundary", account.boundary()),
                Map.entry("bucket", IamPolicy.create(account.bucket())),
                Map.entry("flow-role", project.flowRole()),
                Map.entry("flow-trust", project.flowTrust()),
                Map.entry("key", project.key()),
                Map.entry("key-newborn", project.newbornKey()),
                Map.entry("provisioning-account", provisioning.account()),
                Map.entry("provisioning-projects", provisioning.projects()),
                Map.entry("provisioning-removal", provisioning.removal()),
                Map.entry("provisioning-secrets", provisioning.secrets()),
                Map.entry("task-role", project.taskRole()),
                Map.entry("task-trust", project.taskTrust())));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("names")
    void a_policy_is_the_one_that_was_reviewed(String name) throws IOException {
        Path file = FOLDER.resolve(name + ".json");
        String text = JSON.writerWithDefaultPrettyPrinter()
                        .writeValueAsString(JSON.readTree(policies()
                                .getOrDefault(name, policies().get("key"))
                                .toJson()))
                + "\n";
        if (Boolean.getBoolean("golden.update")) {
            Files.createDirectories(FOLDER);
            Files.writeString(file, text);
        }

        assertThat(text).isEqualTo(Files.readString(file));
    }

    static Iterable<String> names() {
        return policies().keySet();
    }

    @Test
    void every_policy_keeps_to_the_limits_of_its_service_with_the_longest_names_and_twenty_applications() {
        ProjectDefinition.Builder longest = ProjectDefinition.named("P" + "-_".repeat(31) + "x");
        for (int i = 10; i < 30; i++) {
            longest.addApplication("arn:aws:iam::111122223333:role/" + "a".repeat(62) + i);
        }
        Map<String, IamPolicy> all = policies(ProjectPolicies.of(platform(), longest.build()));

        Map<String, Integer> limits = Map.of(
                "application", MANAGED_LIMIT,
                "boundary", MANAGED_LIMIT,
                "bucket", BUCKET_LIMIT,
                "flow-role", INLINE_LIMIT,
                "flow-trust", TRUST_LIMIT,
                "key", KEY_LIMIT,
                "key-newborn", KEY_LIMIT,
                "task-role", INLINE_LIMIT,
                "task-trust", TRUST_LIMIT);
        all.forEach((name, policy) -> assertThat(policy.toJson().length())
                .as(name)
                .isLessThanOrEqualTo(limits.getOrDefault(name, name.startsWith("provisioning") ? MANAGED_LIMIT : 0)));
    }

    @Test
    void what_an_account_has_once_is_the_same_however_many_projects_there_are() {
        IamPolicy boundary = AccountPolicies.of(platform()).boundary();
        String bucket =
                IamPolicy.create(AccountPolicies.of(platform()).bucket()).toJson();

        assertThat(boundary.toJson()).doesNotContain("demo").contains("${aws:PrincipalTag/crois:project}");
        assertThat(bucket).doesNotContain("demo");
    }

    @Test
    void nobody_but_the_project_and_those_who_write_its_secrets_is_left_out_of_the_key_s_denial() throws IOException {
        JsonNode key = JSON.readTree(Files.readString(FOLDER.resolve("key.json")));

        JsonNode denial = null;
        for (JsonNode statement : key.get("Statement")) {
            denial = statement.path("Sid").asText().equals("NobodyElse") ? statement : denial;
        }

        assertThat(denial).isNotNull();
        assertThat(String.valueOf(denial)).doesNotContain("key-administrator").doesNotContain("root");
        assertThat(key.toString()).doesNotContain(":root").doesNotContain("kms:*");
    }

    @Test
    void a_definition_names_everything_that_is_wrong_with_it_at_once() {
        assertThatThrownBy(() -> ProjectDefinition.named("9 lives")
                        .title("a<b")
                        .addApplication("crafto")
                        .tag("crois:project", "x")
                        .rotationDays(1)
                        .build())
                .isInstanceOf(CroisException.class)
                .hasMessage("""
                        Project `9 lives` has 5 problems.
                          name: must be a letter followed by up to 63 letters, digits, `_` or `-`, but was `9 lives`.
                          title: must have at most 256 letters, digits, spaces or `_.:/=+-@`.
                          application: must be the ARN of a role such as `arn:aws:iam::111122223333:role/crafto`, but was `crafto`.
                          tag `crois:project`: keys that begin with `crois:` or `aws:` are not the author's. Choose another.
                          rotationDays: must be between 90 and 2560, but was 1.""");
    }

    @Test
    void a_platform_names_everything_that_is_missing_at_once() {
        assertThatThrownBy(() -> ProjectPlatform.builder().region("Mars").build())
                .isInstanceOf(CroisException.class)
                .hasMessageStartingWith("The platform has 5 problems.\n  region: must be the name of a Region")
                .hasMessageContaining("account: must be 12 digits, but was ``.")
                .hasMessageContaining("keyAdministrator: there is none");
    }
}
