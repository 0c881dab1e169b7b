package io.crois.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.IntNode;
import io.crois.workflow.ArtifactKind;
import io.crois.workflow.Backend;
import io.crois.workflow.FailureClass;
import io.crois.workflow.ValueType;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class WireFormatTest {
    private static final Run RUN = Run.of("demo", "run-1");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"literal\":{\"a\":[1,2.5,null]}}",
                "{\"parameter\":\"holdout\"}",
                "{\"depth\":1,\"result\":\"auc\"}",
                "{\"depth\":0,\"loop\":\"tune\",\"results\":\"auc\"}",
                "{\"item\":\"/eta\",\"loop\":\"tune\"}",
                "{\"index\":\"tune\"}",
                "{\"concat\":[{\"literal\":\"--eta=\"},{\"item\":\"\",\"loop\":\"tune\"}]}"
            })
    void a_value_keeps_its_form(String json) {
        assertThat(Json.write(Json.read(json, Value.class))).isEqualTo(json);
    }

    @Test
    void a_step_spec_survives_the_way_through_json_and_keeps_its_digest() {
        StepSpec spec = spec("crafto/train:3");

        StepSpec read = Json.read(Json.write(spec), StepSpec.class);

        assertThat(read).isEqualTo(spec);
        assertThat(read.digest()).isEqualTo(spec.digest()).hasSize(16);
        assertThat(spec("crafto/train:4").digest()).isNotEqualTo(spec.digest());
    }

    @Test
    void a_report_survives_the_way_through_json() {
        TaskReport report = new TaskReport(
                RUN,
                "train",
                2,
                137,
                new TaskReport.Failure(FailureClass.OUT_OF_MEMORY, "It used more than 8 GiB."),
                List.of(new StoredArtifact("model", ArtifactKind.FILE, "crois", "k", 3, 1, "ab", true)),
                Map.of("auc", IntNode.valueOf(1)),
                Map.of("run", new TaskReport.Phase(Instant.EPOCH, Instant.EPOCH.plusMillis(1500))),
                1,
                2,
                3,
                4);

        String json = Json.write(report);

        assertThat(json).contains("\"class\":\"OUT_OF_MEMORY\"").contains("\"end\":\"1970-01-01T00:00:01.500Z\"");
        assertThat(Json.read(json, TaskReport.class)).isEqualTo(report);
    }

    @Test
    void members_of_a_later_version_are_passed_over() {
        assertThat(Json.read("{\"project\":\"demo\",\"execution\":\"run-1\",\"scope\":\"\",\"new\":1}", Run.class))
                .isEqualTo(RUN);
    }

    @Test
    void an_unreadable_text_is_refused_without_repeating_it() {
        assertThatThrownBy(() -> Json.read("{\"password\": oops}", Run.class))
                .hasMessageStartingWith("This is not the JSON of a Run at line 1, column")
                .hasMessageNotContaining("oops");
    }

    @Test
    void an_order_location_survives_its_text_form() {
        OrderLocation location = new OrderLocation("crois", ItemKey.order(RUN.iteration("tune", 3), "train/1 ü", 2));

        assertThat(OrderLocation.parse(location.text())).isEqualTo(location);
        assertThat(location.text()).matches("[A-Za-z0-9%+._*-]+/[A-Za-z0-9%+._*-]+/[A-Za-z0-9%+._*-]+");
    }

    @ParameterizedTest
    @CsvSource({"0, ''", "1, tune[3]/", "2, tune[3]/folds[0]/"})
    void a_scope_is_cut_at_a_depth(int depth, String expected) {
        Run run = RUN.iteration("tune", 3).iteration("folds", 0);

        assertThat(run.scopeAt(depth)).isEqualTo(expected);
        assertThat(run.indexOf("tune")).isEqualTo(3);
        assertThat(run.scopeOf("tune")).isEqualTo("tune[3]/");
    }

    @Test
    void a_scope_that_is_not_so_deep_is_refused() {
        assertThatThrownBy(() -> RUN.scopeAt(1)).hasMessage("Scope `` has fewer than 1 levels.");
    }

    @Test
    void ranks_rise_with_the_attempt_before_the_status() {
        assertThat(StepStatus.PREPARED.rank(2)).isGreaterThan(StepStatus.RETRYING.rank(1));
        assertThat(ExecutionStatus.RUNNING.rank(1)).isGreaterThan(ExecutionStatus.FAILED.rank(0));
    }

    @Test
    void what_a_command_gets_is_not_in_the_text_of_an_order() {
        TaskOrder order = new TaskOrder(
                RUN,
                "w",
                "train",
                1,
                List.of("--token=abc"),
                Map.of("K", "abc"),
                null,
                Map.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                60,
                null);

        assertThat(order.toString()).doesNotContain("abc").contains("step=train");
    }

    private static StepSpec spec(String image) {
        ArtifactUse dataset = new ArtifactUse("dataset", ArtifactKind.FILE, 0, null);
        Machine small = new Machine(2, 8192, 0, 0);
        return new StepSpec(
                "train",
                List.of("tune"),
                image,
                List.of(Value.text("train"), new Value.OfItem("/eta", "tune")),
                Map.of("SEED", new Value.OfParameter("seed")),
                null,
                List.of(dataset),
                List.of(new ArtifactProduct("model", ArtifactKind.FILE, false)),
                List.of(new ResultProduct("auc", ValueType.NUMBER)),
                List.of(new SecretUse("PASSWORD", null, "warehouse/password")),
                List.of("seed"),
                new ResourceRule(
                        dataset, null, List.of(new ResourceRule.Tier(1024, small)), new Machine(16, 122880, 0, 0)),
                Backend.AUTO,
                true,
                false,
                List.of(new RetryRule(List.of(FailureClass.OUT_OF_MEMORY), List.of(), 3, 1, 2, 60, 2, 245760)),
                3600,
                7200);
    }
}
