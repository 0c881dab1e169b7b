package io.crois.compile;

import static io.crois.compile.Workflows.named;
import static io.crois.workflow.Size.gib;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.crois.workflow.Arguments;
import io.crois.workflow.Parameter;
import io.crois.workflow.Resources;
import io.crois.workflow.Workflow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

final class CostTest {
    private static final PriceTable PRICES = PriceTable.published();
    private static final StepDurations AN_HOUR = StepDurations.all(Duration.ofHours(1));

    @Test
    void the_published_table_tells_its_day_its_region_and_where_it_was_read() {
        assertThat(PRICES.date()).isAfter(LocalDate.of(2026, 1, 1));
        assertThat(PRICES.region()).isEqualTo("us-east-1");
        assertThat(PRICES.sources()).containsKeys("fargate", "stepFunctions", "lambda", "dynamoDb", "s3");
        assertThat(PRICES.sources().values()).allMatch(source -> source.startsWith("https://"));
    }

    @Test
    void an_hour_on_fargate_costs_its_processors_and_its_memory() {
        Cost cost = cost(
                named("w")
                        .step(
                                "train",
                                s -> s.image("i").resources(Resources.cpu(4).memory(gib(16))))
                        .build(),
                PRICES,
                AN_HOUR);

        assertThat(cost.lines().get("train").least()).isCloseTo(4 * 0.04048 + 16 * 0.004445, within(1e-12));
        assertThat(cost.lines().get(Cost.TRANSITIONS).most()).isCloseTo(3 * 0.000025, within(1e-12));
        assertThat(cost.largest()).isEqualTo("train");
        assertThat(cost.total().most()).isBetween(0.23304, 0.2333);
    }

    @Test
    void a_minute_is_the_least_and_disk_above_twenty_gib_counts() {
        Workflow workflow = named("w")
                .step("train", s -> s.image("i").resources(Resources.cpu(1).disk(gib(120))))
                .build();

        Cost second = cost(workflow, PRICES, StepDurations.all(Duration.ofSeconds(1)));

        assertThat(second.lines().get("train").most())
                .isCloseTo((0.04048 + 2 * 0.004445 + 100 * 0.000111) / 60, within(1e-12));
    }

    @Test
    void spot_costs_the_part_that_the_user_gives() {
        Workflow workflow =
                named("w").step("train", s -> s.image("i").spot(true)).build();
        double full = cost(workflow, PRICES, AN_HOUR).lines().get("train").most();

        assertThat(cost(workflow, PRICES.spotFactor(0.3), AN_HOUR)
                        .lines()
                        .get("train")
                        .most())
                .isCloseTo(full * 0.3, within(1e-12));
    }

    @Test
    void batch_costs_what_its_instance_does_and_everything_that_lacks_is_named_at_once() {
        Workflow workflow = named("w")
                .step("train", s -> s.image("i").resources(Resources.cpu(8).gpu(1)))
                .step("score", s -> s.image("i"))
                .build();

        assertThat(cost(workflow, PRICES.instance("train", 3.06), AN_HOUR)
                        .lines()
                        .get("train")
                        .most())
                .isEqualTo(3.06);
        assertThatThrownBy(() -> cost(workflow, PRICES, StepDurations.none().of("train", Duration.ofHours(1))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The cost cannot be forecast without more data.\n"
                        + "  step `train`: it runs on AWS Batch, and no price of its instance is given. Add "
                        + "PriceTable.instance(step, hour).\n"
                        + "  step `score`: how long it runs is not told. Add StepDurations.of(step, time).");
    }

    @Test
    void a_rule_spans_its_machines_until_the_argument_decides() {
        Parameter<Double> rows = Parameter.number("rows");
        Workflow workflow = named("w")
                .parameter(rows)
                .step(
                        "train",
                        s -> s.image("i")
                                .resources(Resources.scaledBy(rows)
                                        .upTo(100, Resources.cpu(1))
                                        .otherwise(Resources.cpu(4))))
                .build();
        CompiledWorkflow compiled = WorkflowCompiler.create().compile(workflow);
        double cpu = 0.04048 + 2 * 0.004445;

        Cost.Amount any = compiled.forecast().cost(PRICES, AN_HOUR).lines().get("train");
        Cost.Amount few = compiled.forecast(Arguments.none().with(rows, 10.0))
                .cost(PRICES, AN_HOUR)
                .lines()
                .get("train");

        assertThat(any.least()).isCloseTo(cpu, within(1e-12));
        assertThat(any.most()).isCloseTo(4 * cpu, within(1e-12));
        assertThat(few.most()).isCloseTo(cpu, within(1e-12));
    }

    @Test
    void a_list_of_unknown_length_has_no_limit() {
        CompiledWorkflow compiled =
                WorkflowCompiler.create().compile(Workflows.all().get("for-each-of-unknown-length"));

        Cost any = compiled.forecast().cost(PRICES, AN_HOUR);
        Cost ten = compiled.forecast(Assumptions.none().items("tune", 10))
                .cost(PRICES, AN_HOUR.of("tune/train", Duration.ofHours(2)));

        assertThat(any.toString()).startsWith("at least 0.0").endsWith(" USD");
        assertThat(ten.lines().get("tune/train").most()).isCloseTo(20 * (0.04048 + 2 * 0.004445), within(1e-9));
    }

    @Test
    void a_table_of_ones_own_is_checked_as_a_whole() {
        assertThatThrownBy(() -> PriceTable.parse("{\"region\": \"r\"}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("The price table cannot be read: ");
        assertThatThrownBy(
                        () -> PriceTable.parse(table().replace("0.025,", "-1,").replace("2026-", "x-")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("`transitionsThousand` must be 0 or more, but was -1.0.")
                .hasMessageContaining("`date` must be a day");
        assertThat(PriceTable.parse(table().replace("us-east-1", "mars")).region())
                .isEqualTo("mars");
    }

    private static String table() {
        try (var file = PriceTable.class.getResourceAsStream("prices.json")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Cost cost(Workflow workflow, PriceTable prices, StepDurations durations) {
        return WorkflowCompiler.create().compile(workflow).forecast().cost(prices, durations);
    }
}
