package io.crois.render;

import static io.crois.render.DiagramTest.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crois.workflow.Workflow;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ReportTest {
    private static final Workflow WORKFLOW = Workflow.builder()
            .name("demo")
            .step("train", s -> s.image("crafto/train:1"))
            .build();

    @Test
    void a_report_holds_its_parts_in_order_and_asks_for_no_other_file() {
        Timeline timeline = Timeline.of(List.of(entry("train", 1, 0, 4, StepState.SUCCEEDED)));

        String html = Report.builder()
                .title("Model of today")
                .summary("Accuracy 0.97.")
                .diagram(Diagram.of(WORKFLOW, timeline))
                .timeline(timeline)
                .addSection(new Section.Table("Candidates", List.of("trees"), List.of(List.of("10"))))
                .addSection(new Section.Text("Notes", "One.\n\nTwo."))
                .build()
                .toHtml();

        assertThat(html)
                .containsSubsequence(
                        "<h1>Model of today</h1>",
                        "<p>Accuracy 0.97.</p>",
                        "<h2>Candidates</h2>",
                        "<p>One.</p>\n<p>Two.</p>",
                        "<h2>Timeline</h2>",
                        "<svg");
        assertThat(html).doesNotContain("src=", "href=", "@import", "<script").contains("prefers-color-scheme: dark");
    }

    @Test
    void texts_are_escaped_everywhere() {
        String evil = "<img src=x onerror='a(\"b\")'>&";

        String html = Report.builder()
                .title(evil)
                .summary(evil)
                .timeline(Timeline.of(List.of(entry(evil, 1, 0, 1, StepState.FAILED))))
                .addSection(new Section.Table(evil, List.of(evil), List.of(List.of(evil))))
                .addSection(new Section.Bars(evil, Map.of(evil, 1.0)))
                .addSection(new Section.Confusion(evil, List.of(evil), List.of(List.of(1L))))
                .addSection(new Section.Text(evil, evil))
                .build()
                .toHtml();

        assertThat(html)
                .doesNotContain("<img")
                .contains("&lt;img src=x onerror=&#39;a(&quot;b&quot;)&#39;&gt;&amp;</h1>");
        assertThat(html.split("&lt;img", -1)).hasSize(15);
    }

    @Test
    void columns_of_numbers_are_aligned_and_the_best_row_stands_out() {
        Section table = new Section.Table(
                "Scores", List.of("kind", "score"), List.of(List.of("a", "0.5"), List.of("b", "97 %")), 1);

        String html = Report.builder().addSection(table).build().toHtml();

        assertThat(html)
                .contains("<tr><td>a</td><td class=\"number\">0.5</td></tr>")
                .contains("<tr class=\"best\"><td>b</td><td class=\"number\">97 %</td></tr>");
    }

    @Test
    void the_longest_bar_fills_the_width_and_others_their_share() {
        Map<String, Double> importance = new LinkedHashMap<>();
        importance.put("hue", 0.2);
        importance.put("row", 0.05);
        importance.put("noise", -0.01);

        String html = Report.builder()
                .addSection(new Section.Bars("Importance", importance))
                .build()
                .toHtml();

        assertThat(html)
                .containsSubsequence(
                        "<div class=\"bar\" style=\"width:100%\"></div></td><td class=\"number\">0.2000",
                        "<div class=\"bar\" style=\"width:25%\"></div></td><td class=\"number\">0.0500",
                        "<div class=\"bar below\" style=\"width:5%\"></div></td><td class=\"number\">-0.0100");
    }

    @Test
    void a_confusion_matrix_shows_counts_and_shares_of_the_true_class() {
        Section matrix =
                new Section.Confusion("Confusion", List.of("sky", "path"), List.of(List.of(3L, 1L), List.of(0L, 0L)));

        String html = Report.builder().addSection(matrix).build().toHtml();

        assertThat(html)
                .contains("<td class=\"number right\" style=\"--share:0.750\">3</td>"
                        + "<td class=\"number wrong\" style=\"--share:0.250\">1</td>")
                .contains("<td class=\"number wrong\" style=\"--share:0.000\">0</td>");
    }

    @Test
    void attempts_are_bars_on_one_axis() {
        Timeline timeline = Timeline.of(
                List.of(entry("train", 2, 5, 10, StepState.SUCCEEDED), entry("train", 1, 0, 4, StepState.RETRIED)));

        String html = Report.builder().timeline(timeline).build().toHtml();

        assertThat(html)
                .containsSubsequence(
                        "↻ train</th><td><div class=\"run retried\" style=\"margin-left:0%;width:40%\"",
                        "✓ train, attempt 2</th><td><div class=\"run succeeded\" style=\"margin-left:50%;width:50%\"",
                        "<span>0</span><span>5.0 s</span><span>10.0 s</span>");
    }

    @Test
    void a_long_timeline_says_what_it_leaves_out() {
        Timeline timeline = Timeline.of(IntStream.range(0, 501)
                .mapToObj(i -> entry("tune[" + i + "]/train", 1, i, i + 1, StepState.SUCCEEDED))
                .toList());

        String html = Report.builder().timeline(timeline).build().toHtml();

        assertThat(html).contains("These are the first 500 of 501 attempts.").doesNotContain("tune[500]");
    }

    @Test
    void a_table_with_a_ragged_row_is_refused() {
        assertThatThrownBy(() -> new Section.Table("Scores", List.of("a", "b"), List.of(List.of("1"))))
                .hasMessage("Table `Scores`: a row must have 2 fields as the header has, but had 1.");
    }

    @Test
    void a_matrix_that_is_not_square_is_refused() {
        assertThatThrownBy(() -> new Section.Confusion("Errors", List.of("a", "b"), List.of(List.of(1L, 2L))))
                .hasMessage("Confusion matrix `Errors` must be 2 by 2, a row and a column for each class.");
    }
}
