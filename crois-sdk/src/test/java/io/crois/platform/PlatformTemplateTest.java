package io.crois.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.crois.contract.Json;
import io.crois.contract.PlatformSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PlatformTemplateTest {
    private static final PlatformCode CODE =
            new PlatformCode("code", "functions.jar", "agent.tar.gz", "0123456789abcdef".repeat(4));
    private static final JsonNode TEMPLATE =
            Json.parse(PlatformTemplate.of(CODE).toJson());

    @TempDir
    private Path folder;

    @Test
    void cfn_lint_finds_nothing() throws IOException, InterruptedException {
        assumeTrue(found("cfn-lint"), "cfn-lint is not installed; `pip install cfn-lint` brings it.");
        Path file = Files.writeString(
                folder.resolve("platform.json"), PlatformTemplate.of(CODE).toJson());

        Process lint = new ProcessBuilder("cfn-lint", "--regions", "us-east-1", "ap-northeast-1", "--", file.toString())
                .redirectErrorStream(true)
                .start();
        String findings = new String(lint.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(findings).isEmpty();
        assertThat(lint.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(lint.exitValue()).isZero();
    }

    @Test
    void the_same_code_gives_the_same_text() {
        assertThat(PlatformTemplate.of(CODE).toJson())
                .isEqualTo(PlatformTemplate.of(CODE).toJson());
    }

    @Test
    void it_stays_within_the_size_that_CloudFormation_takes_from_S3() {
        assertThat(PlatformTemplate.of(CODE).toJson().getBytes(StandardCharsets.UTF_8).length)
                .isLessThan(1024 * 1024);
    }

    @Test
    void new_code_makes_new_versions_of_the_functions() {
        PlatformCode other = new PlatformCode("code", "functions.jar", "agent.tar.gz", "f".repeat(64));

        assertThat(resources("AWS::Lambda::Version").keySet())
                .hasSize(3)
                .doesNotContainAnyElementsOf(
                        resources(Json.parse(PlatformTemplate.of(other).toJson()), "AWS::Lambda::Version")
                                .keySet());
    }

    @Test
    void every_function_gets_what_the_settings_are_read_from() {
        resources("AWS::Lambda::Function").forEach((id, function) -> {
            Map<String, String> environment = new TreeMap<>();
            function.at("/Properties/Environment/Variables")
                    .fields()
                    .forEachRemaining(variable -> environment.put(variable.getKey(), "set " + variable.getKey()));
            PlatformSettings settings = PlatformSettings.fromEnvironment(environment);
            assertThat(List.of(
                            settings.table(),
                            settings.bucket(),
                            settings.cluster(),
                            settings.onDemandQueue(),
                            settings.spotQueue()))
                    .as(id)
                    .allMatch(setting -> setting.startsWith("set CROIS_"));
            assertThat(settings.subnets()).as(id).containsExactly("set CROIS_SUBNETS");
            assertThat(settings.securityGroups()).as(id).containsExactly("set CROIS_SECURITY_GROUPS");
        });
    }

    @Test
    void no_statement_allows_every_action_of_a_service() {
        List<String> actions = new ArrayList<>();
        TEMPLATE.findParents("Effect").stream()
                .filter(statement -> statement.path("Effect").asText().equals("Allow"))
                .forEach(statement -> statement.path("Action").forEach(action -> actions.add(action.asText())));

        assertThat(actions).isNotEmpty().noneMatch(action -> action.contains("*"));
    }

    @Test
    void objects_of_projects_are_encrypted_with_the_key_that_the_tag_of_the_role_names() {
        JsonNode statement = TEMPLATE.at("/Resources/BucketPolicy/Properties/PolicyDocument/Statement/0");

        assertThat(statement.path("Effect").asText()).isEqualTo("Deny");
        assertThat(statement.at("/NotResource/Fn::Sub").asText())
                .isEqualTo("arn:${AWS::Partition}:s3:::${Bucket}/_control/*");
        assertThat(statement
                        .at("/Condition/StringNotEquals/s3:x-amz-server-side-encryption-aws-kms-key-id")
                        .asText())
                .isEqualTo("${aws:PrincipalTag/crois:key, 'none'}");
    }

    @Test
    void what_holds_data_outlives_the_stack() {
        assertThat(TEMPLATE.at("/Resources/Table/DeletionPolicy").asText()).isEqualTo("RetainExceptOnCreate");
        assertThat(TEMPLATE.at("/Resources/Bucket/DeletionPolicy").asText()).isEqualTo("RetainExceptOnCreate");
    }

    @Test
    void a_digest_that_is_none_is_refused() {
        assertThatThrownBy(() -> new PlatformCode("code", "functions.jar", "agent.tar.gz", "latest"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The functions' digest must be 64 lower-case hexadecimal digits, but was `latest`. Give the"
                        + " SHA-256 of the jar.");
    }

    private static Map<String, JsonNode> resources(String type) {
        return resources(TEMPLATE, type);
    }

    private static Map<String, JsonNode> resources(JsonNode template, String type) {
        Map<String, JsonNode> found = new TreeMap<>();
        template.path("Resources").fields().forEachRemaining(resource -> {
            if (resource.getValue().path("Type").asText().equals(type)) {
                found.put(resource.getKey(), resource.getValue());
            }
        });
        return found;
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
