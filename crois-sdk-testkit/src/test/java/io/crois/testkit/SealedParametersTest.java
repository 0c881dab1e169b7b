package io.crois.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crois.contract.ExecutionStatus;
import io.crois.contract.SealedArgument;
import io.crois.execution.Execution;
import io.crois.workflow.Arguments;
import io.crois.workflow.Artifact;
import io.crois.workflow.CroisException;
import io.crois.workflow.Parameter;
import io.crois.workflow.Text;
import io.crois.workflow.Workflow;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.model.InvalidCiphertextException;

/** What nobody but the agent reads, on this machine with a real process. */
final class SealedParametersTest {
    private static final String VALUE = "correct-horse-battery";
    private static final Parameter<String> PASSWORD = Parameter.text("password").sealed();
    private static final Parameter<Long> PIN = Parameter.integer("pin").sealed();
    private static final Artifact SEEN = Artifact.file("seen");
    private static final Workflow WORKFLOW = Workflow.builder()
            .name("signing")
            .parameter(PASSWORD)
            .parameter(PIN)
            .step(
                    "sign",
                    s -> s.image("tool:1")
                            .command(Text.of("--password=", PASSWORD), PIN)
                            .environment("TOKEN", PASSWORD)
                            .produces(SEEN))
            .build();
    private static final List<String> TOOL = List.of(
            "sh",
            "-c",
            "printf '%s|%s|%s|' \"$1\" \"$2\" \"$TOKEN\" > \"$CROIS_OUTPUTS/seen\";"
                    + " cat \"$CROIS_PARAMETERS\" >> \"$CROIS_OUTPUTS/seen\"; echo \"printed $1\"",
            "tool");

    @TempDir
    private Path folder;

    @Test
    void the_command_gets_the_value_and_nothing_else_ever_holds_it() throws IOException, InterruptedException {
        StringBuffer printed = new StringBuffer();
        try (LocalCrois local = LocalCrois.builder()
                .store(folder)
                .image("tool:1", TOOL)
                .output((request, line) -> printed.append(line + "\n"))
                .build()) {
            Execution execution = local.crois()
                    .submit(WORKFLOW, Arguments.none().with(PASSWORD, VALUE).with(PIN, 4711L));

            assertThat(execution.await()).isEqualTo(ExecutionStatus.SUCCEEDED);

            String seen;
            try (var content = execution.artifact(SEEN).open()) {
                seen = new String(content.readAllBytes(), StandardCharsets.UTF_8);
            }
            assertThat(seen)
                    .startsWith("--password=" + VALUE + "|4711|" + VALUE + "|{")
                    .contains("\"pin\":4711");
            assertThat(printed.toString()).contains("printed --password=***").doesNotContain(VALUE);
            assertThat(execution.describe().arguments().get("password").has(SealedArgument.MEMBER))
                    .isTrue();
            String arn = String.valueOf(execution.describe().arn());
            assertThat(local.aws()
                            .sfn()
                            .getExecutionHistory(request -> request.executionArn(arn))
                            .toString())
                    .doesNotContain(VALUE);
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String text = Files.readString(file, StandardCharsets.ISO_8859_1);
                assertThat(text.contains(VALUE)).as(file.toString()).isEqualTo(text.startsWith("--password="));
            }
        }
    }

    @Test
    void a_ciphertext_opens_for_its_own_parameter_workflow_and_project_alone() {
        CroisTestkit testkit = CroisTestkit.create();
        Execution execution =
                testkit.run(WORKFLOW, Arguments.none().with(PASSWORD, VALUE).with(PIN, 1L));
        String ciphertext = SealedArgument.of(execution.describe().arguments().get("password"))
                .orElseThrow()
                .ciphertext();
        SdkBytes bytes = SdkBytes.fromByteArray(java.util.Base64.getDecoder().decode(ciphertext));

        assertThat(testkit.aws()
                        .kms()
                        .decrypt(request -> request.ciphertextBlob(bytes)
                                .encryptionContext(SealedArgument.context("test", "signing", "password")))
                        .plaintext()
                        .asUtf8String())
                .isEqualTo("\"" + VALUE + "\"");
        for (List<String> other : List.of(
                List.of("other", "signing", "password"),
                List.of("test", "other", "password"),
                List.of("test", "signing", "pin"))) {
            assertThatThrownBy(() -> testkit.aws()
                            .kms()
                            .decrypt(request -> request.ciphertextBlob(bytes)
                                    .encryptionContext(
                                            SealedArgument.context(other.get(0), other.get(1), other.get(2)))))
                    .isInstanceOf(InvalidCiphertextException.class);
        }
    }

    @Test
    void submitting_again_is_the_same_execution_though_the_ciphertext_is_another() {
        CroisTestkit testkit = CroisTestkit.create();
        Arguments arguments = Arguments.none().with(PASSWORD, VALUE).with(PIN, 1L);

        testkit.crois().submit(WORKFLOW, arguments, "run-1");
        testkit.crois().submit(WORKFLOW, arguments, "run-1");

        assertThat(testkit.crois().executions()).hasSize(1);
    }

    @Test
    void what_is_too_long_to_be_sealed_or_looks_sealed_is_refused_without_being_shown() {
        CroisTestkit testkit = CroisTestkit.create();
        Parameter<com.fasterxml.jackson.databind.JsonNode> json = Parameter.json("settings");
        Workflow open = Workflow.builder()
                .name("open")
                .parameter(json)
                .step("s", s -> s.image("tool:1").command("x"))
                .build();

        assertThatThrownBy(() -> testkit.crois()
                        .submit(
                                WORKFLOW,
                                Arguments.none()
                                        .with(PASSWORD, "x".repeat(4_095))
                                        .with(PIN, 1L)))
                .isInstanceOf(CroisException.class)
                .hasMessage("The argument of the sealed parameter `password` has 4097 bytes, but at most 4096 can be"
                        + " sealed. Put it into a secret of the project.");
        assertThatThrownBy(() ->
                        testkit.crois().submit(open, Arguments.none().with(json, new SealedArgument("AAAA").json())))
                .isInstanceOf(CroisException.class)
                .hasMessageContaining("whose only member is `crois:sealed`");
    }
}
