package io.crois.testkit.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crois.contract.PlatformSettings;
import io.crois.contract.StoredArtifact;
import io.crois.execution.Artifacts;
import io.crois.execution.Execution;
import io.crois.testkit.CroisTestkit;
import io.crois.workflow.Arguments;
import io.crois.workflow.Artifact;
import io.crois.workflow.CroisException;
import io.crois.workflow.Workflow;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

final class ArtifactsTest {
    private static final Artifact MODEL = Artifact.file("model.bin");
    private static final Artifact PLOTS = Artifact.folder("plots");
    private static final Artifact DATA = Artifact.file("data.csv");
    private static final Workflow WORKFLOW = Workflow.builder()
            .name("training")
            .step("download", s -> s.image("i:1").command("x").produces(DATA))
            .step(
                    "train",
                    s -> s.image("i:1")
                            .consumes(DATA)
                            .command("x")
                            .produces(MODEL)
                            .produces(PLOTS))
            .build();

    private final CroisTestkit testkit = CroisTestkit.create();
    private final Artifacts artifacts = Artifacts.create(
            testkit.aws().s3(),
            S3Presigner.builder()
                    .region(Region.US_EAST_1)
                    .credentialsProvider(
                            StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIAEXAMPLE", "secret")))
                    .build(),
            testkit.aws().dynamoDb(),
            PlatformSettings.defaults(),
            "test");

    @Test
    void artifacts_are_listed_by_execution_and_by_step_and_read() throws java.io.IOException {
        Execution execution = testkit.run(WORKFLOW, Arguments.none());

        assertThat(artifacts.list(execution.name()))
                .extracting(StoredArtifact::artifact)
                .containsExactlyInAnyOrder("data.csv", "model.bin", "plots");
        assertThat(artifacts.list(execution.name(), "train"))
                .extracting(StoredArtifact::artifact)
                .containsExactlyInAnyOrder("model.bin", "plots");
        assertThat(artifacts.list(execution.name(), "tra")).isEmpty();
        StoredArtifact model = artifact(execution, "model.bin");
        try (var content = artifacts.content(model).open()) {
            assertThat(content.readAllBytes()).hasSize((int) model.bytes());
        }
    }

    @Test
    void artifacts_are_stored_under_the_projects_key() {
        Execution execution = testkit.run(WORKFLOW, Arguments.none());

        var head = testkit.aws()
                .s3()
                .headObject(request -> request.bucket("crois")
                        .key(artifact(execution, "model.bin").key()));

        assertThat(head.serverSideEncryptionAsString()).isEqualTo("aws:kms");
        assertThat(head.ssekmsKeyId()).startsWith("arn:aws:kms:us-east-1:111111111111:key/");
    }

    @Test
    void a_link_lives_for_a_short_time_and_leads_to_one_file_of_the_project() {
        Execution execution = testkit.run(WORKFLOW, Arguments.none());
        StoredArtifact model = artifact(execution, "model.bin");

        URI link = artifacts.link(model, Duration.ofMinutes(5));

        assertThat(link.getPath()).endsWith("/" + model.key());
        assertThat(link.getQuery()).contains("X-Amz-Expires=300", "X-Amz-Signature=");
        assertThatThrownBy(() -> artifacts.link(model, Duration.ofHours(2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("life must be from 1 second to 1 hour, but was PT2H.");
        assertThatThrownBy(() -> artifacts.link(artifact(execution, "plots"), Duration.ofMinutes(1)))
                .isInstanceOf(CroisException.class)
                .hasMessageContaining("is a folder");
        StoredArtifact foreign = new StoredArtifact(
                "model.bin", model.kind(), model.bucket(), "other/run/train/1/model.bin", 1, 1, "", false);
        assertThatThrownBy(() -> artifacts.link(foreign, Duration.ofMinutes(1)))
                .hasMessage("Artifact `model.bin` does not belong to project `test`.");
    }

    private StoredArtifact artifact(Execution execution, String name) {
        return artifacts.list(execution.name()).stream()
                .filter(artifact -> artifact.artifact().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
