package io.crois.testkit.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.crois.execution.Execution;
import io.crois.testkit.ExecutionAssert;
import io.crois.testkit.LocalCrois;
import io.crois.workflow.Arguments;
import io.crois.workflow.Artifact;
import io.crois.workflow.Result;
import io.crois.workflow.Workflow;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Workflows of real containers on this machine, with nothing else on it. */
final class LocalCroisInContainersTest {
    private static final String IMAGE = "localhost/crois-test/musl";

    @TempDir
    private Path store;

    private final List<String> printed = new CopyOnWriteArrayList<>();
    private ContainerEngine engine;

    @BeforeEach
    void find() {
        Optional<ContainerEngine> found = ContainerEngine.find();
        Assumptions.assumeTrue(
                found.isPresent() && found.orElseThrow().hasImage(IMAGE),
                "Podman or its test images are not there; run .ci/components.");
        engine = found.orElseThrow();
    }

    @Test
    void a_workflow_runs_in_containers_of_its_images() throws InterruptedException {
        Artifact model = Artifact.file("model.bin");
        Result<Double> auc = Result.number("auc");
        Workflow training = Workflow.builder()
                .name("training")
                .step(
                        "train",
                        s -> s.image(IMAGE)
                                .command(
                                        "sh",
                                        "-c",
                                        "echo \"with $PASSWORD\";"
                                                + " echo weights > \"$CROIS_OUTPUTS/model.bin\"; echo '{\"auc\": 0.9}' > \"$CROIS_RESULTS\"")
                                .secret("PASSWORD", "warehouse")
                                .produces(model)
                                .reports(auc))
                .step(
                        "deploy",
                        s -> s.image("localhost/crois-test/nobody")
                                .consumes(model)
                                .command("sh", "-c", "cat \"$CROIS_INPUTS/model.bin\"; id -u"))
                .build();

        run(training, execution -> {
            ExecutionAssert.assertThat(execution).succeeded();
            assertThat(execution.result(auc)).isEqualTo(0.9);
        });
        assertThat(printed).contains("with ***", "weights", "4321");
    }

    private void run(Workflow workflow, Consumer<Execution> check) throws InterruptedException {
        try (LocalCrois local = LocalCrois.builder()
                .store(store)
                .engine(engine)
                .secret("warehouse", "s3cr3t-value")
                .output((request, line) -> printed.add(line))
                .build()) {
            Execution execution = local.crois().submit(workflow, Arguments.none());
            execution.await();
            check.accept(execution);
        }
    }
}
