package io.crois.compile;

import static io.crois.compile.Workflows.named;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.crois.workflow.ForEach;
import io.crois.workflow.Parameter;
import io.crois.workflow.Workflow;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Each limit at its edge: what just fits says nothing, one more names the element. */
final class QuotasTest {
    private static final Parameter<JsonNode> GRID = Parameter.json("grid");

    @Test
    void a_definition_over_one_mebibyte_names_its_largest_part() {
        int rest = WorkflowCompiler.create().compile(withNote(0)).toJson().length();

        assertThat(problems(withNote(Quotas.DEFINITION_CHARACTERS - rest))).isEmpty();
        assertThat(problems(withNote(Quotas.DEFINITION_CHARACTERS - rest + 1)))
                .containsExactly("workflow `noted`: The definition has 1,048,577 characters, but AWS takes 1,048,576. "
                        + "Its largest part is `note`. Split the workflow in two.");
    }

    @Test
    void a_history_of_just_25_000_events_is_long_enough() {
        int pairs = (25_000 - 2 - 5 - 4) / 18;

        assertThat(problems(inline(pairs))).isEmpty();
        assertThat(problems(inline(pairs + 1)))
                .singleElement()
                .asString()
                .startsWith("`many`: Here the history passes");
    }

    @Test
    void values_of_a_state_over_256_kibibytes_are_refused_at_their_element() {
        int rest = 98;

        assertThat(problems(withValue(StateQuotas.STATE_BYTES - 10 * rest))).isEmpty();
        assertThat(problems(withValue(StateQuotas.STATE_BYTES)))
                .singleElement()
                .asString()
                .startsWith("`tell`: Its values have 262,")
                .endsWith("but a state takes 262,144. Give large ones as a parameter, or as a file that a step reads.");
    }

    @Test
    void more_than_forty_inline_items_are_warned_of_unless_the_concurrency_is_meant() {
        assertThat(problems(inlineOf(40, 0))).isEmpty();
        assertThat(problems(inlineOf(41, 0)))
                .containsExactly(
                        "`many`: It has 41 items, but an inline forEach runs 40 at once. Use mode DISTRIBUTED for "
                                + "more, or set the concurrency to say that so many are meant.");
        assertThat(problems(inlineOf(41, 40))).isEmpty();
    }

    @Test
    void the_history_of_a_child_names_the_distributed_forEach() {
        int fits = (25_000 - 2 - 5 - 4) / 18;

        assertThat(problems(distributedRound(fits))).isEmpty();
        assertThat(problems(distributedRound(fits + 1)))
                .containsExactly(
                        "`outer`: One iteration has a history of 25013 events, of which AWS keeps 25,000. Use mode "
                                + "DISTRIBUTED for the forEach inside it, or give it fewer steps.");
    }

    @Test
    void more_than_a_thousand_open_map_runs_are_warned_of_at_the_inner_forEach() {
        assertThat(problems(runs(1_000))).isEmpty();
        assertThat(problems(runs(1_001)))
                .containsExactly(
                        "`inner`: Up to 1,001 of it run at once inside of other blocks, but an account has at most "
                                + "1,000 open map runs. Lower the concurrency of the blocks round it, or use mode INLINE.");
    }

    @Test
    void a_list_of_more_than_40_000_items_is_read_from_s3_unless_its_forEach_is_inline() {
        assertThat(problems(of(40_001, ForEach.Mode.AUTO))).isEmpty();
        assertThat(maps(of(40_000, ForEach.Mode.DISTRIBUTED)))
                .contains("\"Items\"")
                .doesNotContain("ItemReader");
        assertThat(maps(of(40_001, ForEach.Mode.DISTRIBUTED)))
                .contains("ItemReader")
                .doesNotContain("\"Items\"");
        assertThat(problems(of(40_001, ForEach.Mode.INLINE)))
                .contains(
                        "forEach `many`: It has 40,001 items, but the list of their indexes fits the 256 KiB of a state"
                                + " for 40,000 at most. Use mode LARGE, or group the items.");
    }

    private static String maps(Workflow workflow) {
        return WorkflowCompiler.create().compile(workflow).toJson();
    }

    @Test
    void a_timeout_has_a_longest_time() {
        Duration most = Duration.ofSeconds(99_999_999 - 3_600 - 1_800);

        assertThat(problems(running(most))).isEmpty();
        assertThat(problems(running(most.plusSeconds(1))))
                .singleElement()
                .asString()
                .startsWith("step `a`: Its queue");
    }

    private static List<String> problems(Workflow workflow) {
        return WorkflowCompiler.create().compile(workflow).problems().stream()
                .map(QuotaProblem::toString)
                .toList();
    }

    private static Workflow withNote(int characters) {
        return named("noted")
                .raw("note", "{\"Type\": \"Pass\", \"Comment\": \"" + "x".repeat(characters) + "\"}")
                .build();
    }

    private static Workflow withValue(int characters) {
        return named("told")
                .raw("tell", r -> r.state("{\"Type\": \"Pass\"}").value("v", "x".repeat(characters)))
                .build();
    }

    private static Workflow inline(int items) {
        return inlineOf(items, 40);
    }

    private static Workflow inlineOf(int items, int concurrency) {
        return named("w")
                .forEach(
                        "many",
                        range(items),
                        (b, item) -> b.mode(ForEach.Mode.INLINE)
                                .concurrency(concurrency)
                                .step("a", s -> s.image("i")))
                .build();
    }

    private static Workflow of(int items, ForEach.Mode mode) {
        return named("w")
                .forEach("many", range(items), (b, item) -> b.mode(mode).step("a", s -> s.image("i")))
                .build();
    }

    private static Workflow distributedRound(int items) {
        return named("w")
                .parameter(GRID)
                .forEach(
                        "outer",
                        GRID,
                        (o, x) -> o.forEach(
                                "many",
                                range(items),
                                (b, item) -> b.mode(ForEach.Mode.INLINE)
                                        .concurrency(1)
                                        .step("a", s -> s.image("i"))))
                .build();
    }

    private static Workflow runs(int concurrency) {
        return named("w")
                .parameter(GRID)
                .forEach(
                        "outer",
                        GRID,
                        (o, x) -> o.concurrency(concurrency)
                                .forEach("inner", GRID, (b, item) -> b.step("a", s -> s.image("i"))))
                .build();
    }

    private static Workflow running(Duration budget) {
        return named("w").step("a", s -> s.image("i").runBudget(budget)).build();
    }

    private static List<Integer> range(int items) {
        return IntStream.range(0, items).boxed().toList();
    }
}
