package io.crois.testkit.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.crois.contract.ResultProduct;
import io.crois.contract.StoredArtifact;
import io.crois.contract.TaskReport;
import io.crois.runtime.agent.Command;
import io.crois.runtime.agent.CommandEnd;
import io.crois.runtime.agent.StopSignal;
import io.crois.workflow.ValueType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;

/** A step that uses everything an agent offers, wherever it runs. */
final class Steps {

    private Steps() {}

    static ContainerWorld.Step everything(ContainerWorld world, String image) throws Exception {
        return world.step(image, """
                        set -e
                        cat "$CROIS_INPUTS/dätaset.csv" > "$CROIS_OUTPUTS/model.bin"
                        grep -q '"eta":0.5' "$CROIS_PARAMETERS"
                        [ "$(cat "$CROIS_SECRETS/password")" = "$PASSWORD" ]
                        echo '{"auc": 0.93}' > "$CROIS_RESULTS"
                        echo "with $PASSWORD and $GREETING"
                        echo problem >&2""")
                .input("dätaset.csv", "a,b\n1,2\n")
                .parameter("eta", 0.5)
                .output("model.bin")
                .result(new ResultProduct("auc", ValueType.NUMBER))
                .variable("GREETING", "grüße");
    }

    /** Does by hand what the script does. */
    static CommandEnd everythingInProcess(Command command, StopSignal stop) {
        try {
            Files.copy(
                    command.inputs().resolve("dätaset.csv"), command.outputs().resolve("model.bin"));
            Files.writeString(command.results(), "{\"auc\": 0.93}");
            return CommandEnd.of(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void assertEverything(ContainerWorld.Step step) {
        assertReport(step);
        assertThat(step.printed().lines()).contains("with *** and grüße", "problem");
    }

    static void assertReport(ContainerWorld.Step step) {
        TaskReport report = step.report().orElseThrow();
        assertThat(report.failure()).isNull();
        assertThat(report.exitCode()).isZero();
        assertThat(report.results().get("auc").asDouble()).isEqualTo(0.93);
        assertThat(report.outputs())
                .extracting(StoredArtifact::artifact, StoredArtifact::bytes, StoredArtifact::partial)
                .containsExactly(tuple("model.bin", 8L, false));
        assertThat(report.phases()).containsKeys("fetch", "run", "publish");
        assertThat(report.bytesIn()).isEqualTo(8);
        assertThat(report.bytesOut()).isEqualTo(8);
        assertThat(step.stored("model.bin")).isEqualTo("a,b\n1,2\n");
    }
}
