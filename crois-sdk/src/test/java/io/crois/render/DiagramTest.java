package io.crois.render;

import static io.crois.render.StepState.FAILED;
import static io.crois.render.StepState.RETRIED;
import static io.crois.render.StepState.SUCCEEDED;
import static org.assertj.core.api.Assertions.assertThat;

import io.crois.workflow.Artifact;
import io.crois.workflow.Result;
import io.crois.workflow.Workflow;
import java.io.StringReader;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

final class DiagramTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Result<Double> ACCURACY = Result.number("accuracy");

    private static final Workflow BUILDING = Workflow.builder()
            .name("model-building")
            .step("load", s -> s.image("crafto/data:1").produces(Artifact.file("rows")))
            .parallel(
                    "look",
                    p -> p.branch("numbers", b -> b.step("describe", s -> s.image("crafto/data:1")))
                            .branch("pictures", b -> b.step("draw", s -> s.image("crafto/data:1"))))
            .forEach(
                    "tune",
                    List.of(1, 2, 3),
                    (body, item) -> body.concurrency(2).step("train", s -> s.image("crafto/train:1")))
            .waitFor(Duration.ofMinutes(5))
            .step("score", s -> s.image("crafto/train:1").reports(ACCURACY))
            .choose(
                    "good",
                    c -> c.when(ACCURACY.atLeast(0.8), yes -> yes.step("deploy", s -> s.image("crafto/deploy:1")))
                            .otherwise(no -> no.fail("ModelTooWeak", "Below 0.8.")))
            .onFailure(f -> f.step("tell", s -> s.image("crafto/mail:1")))
            .lastly(l -> l.step("clean", s -> s.image("crafto/data:1")))
            .build();

    @Test
    void every_element_stands_in_the_picture() throws Exception {
        List<String> texts = texts(Diagram.of(BUILDING).toSvg());

        assertThat(texts)
                .containsExactlyInAnyOrder(
                        "load",
                        "look",
                        "numbers",
                        "describe",
                        "pictures",
                        "draw",
                        "for each of tune, 2 at once",
                        "train",
                        "wait 5 min 0 s",
                        "score",
                        "good",
                        "accuracy ≥ 0.8",
                        "deploy",
                        "otherwise",
                        "fail",
                        "ModelTooWeak",
                        "on failure",
                        "tell",
                        "lastly",
                        "clean");
    }

    @Test
    void boxes_of_steps_neither_overlap_nor_leave_the_picture() throws Exception {
        Document svg = parse(Diagram.of(BUILDING).toSvg());

        List<double[]> boxes = boxes(svg, "step");
        double width = number(svg.getDocumentElement(), "width");
        double height = number(svg.getDocumentElement(), "height");
        assertThat(boxes).hasSize(8);
        assertThat(boxes).allMatch(b -> b[0] >= 0 && b[1] >= 0 && b[0] + b[2] <= width && b[1] + b[3] <= height);
        for (int i = 0; i < boxes.size(); i++) {
            for (int j = i + 1; j < boxes.size(); j++) {
                assertThat(overlap(boxes.get(i), boxes.get(j))).isFalse();
            }
        }
    }

    @Test
    void states_attempts_and_times_stand_on_the_steps() throws Exception {
        Timeline timeline = Timeline.of(List.of(
                entry("load", 1, 0, 2, SUCCEEDED),
                entry("tune[0]/train", 1, 2, 5, SUCCEEDED),
                entry("tune[1]/train", 1, 2, 3, RETRIED),
                entry("tune[1]/train", 2, 4, 8, FAILED)));

        String svg = Diagram.of(BUILDING, timeline).toSvg();

        assertThat(texts(svg)).contains("✓ load", "2.0 s", "✗ train", "2 runs, 3 attempts, 8.0 s in all", "score");
        assertThat(svg).contains("class=\"step succeeded\"", "class=\"step failed\"", "class=\"step waiting\"");
    }

    @Test
    void a_name_that_looks_like_markup_stays_text() throws Exception {
        Workflow workflow = Workflow.builder().name("demo").fail("A<B>&\"").build();

        List<String> texts = texts(Diagram.of(workflow).toSvg());

        assertThat(texts).contains("A<B>&\"");
    }

    @Test
    void mermaid_tells_the_same_graph() {
        Timeline timeline = Timeline.of(List.of(entry("load", 1, 0, 2, SUCCEEDED)));

        String mermaid = Diagram.of(BUILDING, timeline).toMermaid();

        assertThat(mermaid).startsWith("""
                        flowchart TD
                          n1(("start"))
                          n2["load"]
                          class n2 succeeded
                          n1 --> n2
                          n3(["look"])
                          n2 --> n3
                          n4["describe"]
                          n3 -->|"numbers"| n4
                          n5["draw"]
                          n3 -->|"pictures"| n5
                          n6[/"for each of tune, 2 at once"/]
                          n4 --> n6
                          n5 --> n6
                          subgraph g6["tune"]
                          n7["train"]
                          n6 --> n7
                          end
                          n8(["wait 5 min 0 s"])
                          n7 --> n8
                          n9["score"]
                          n8 --> n9
                          n10{"good"}
                          n9 --> n10
                          n11["deploy"]
                          n10 -->|"accuracy ≥ 0.8"| n11
                          n12[["fail: ModelTooWeak"]]
                          n10 -->|"otherwise"| n12
                          n13["tell"]
                          n2 -->|"on failure"| n13
                          n14["clean"]
                          n11 -->|"lastly"| n14
                          n13 -->|"lastly"| n14
                          n15(("end"))
                          n14 --> n15
                        """);
    }

    @Test
    void a_thousand_steps_are_drawn() throws Exception {
        Workflow.Builder builder = Workflow.builder().name("long");
        for (int i = 0; i < 1_000; i++) {
            builder.step("s" + i, s -> s.image("crafto/data:1"));
        }

        assertThat(boxes(parse(Diagram.of(builder.build()).toSvg()), "step")).hasSize(1_000);
    }

    static TimelineEntry entry(String step, int attempt, long from, long to, StepState state) {
        return new TimelineEntry(step, attempt, START.plusSeconds(from), START.plusSeconds(to), state);
    }

    static Document parse(String xml) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
    }

    private static List<String> texts(String svg) throws Exception {
        NodeList nodes = parse(svg).getElementsByTagName("text");
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            texts.add(nodes.item(i).getTextContent());
        }
        return texts;
    }

    private static List<double[]> boxes(Document svg, String kind) {
        NodeList nodes = svg.getElementsByTagName("rect");
        List<double[]> boxes = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            Element box = (Element) nodes.item(i);
            if (box.getAttribute("class").startsWith(kind)) {
                boxes.add(
                        new double[] {number(box, "x"), number(box, "y"), number(box, "width"), number(box, "height")});
            }
        }
        return boxes;
    }

    private static double number(Element element, String attribute) {
        return Double.parseDouble(element.getAttribute(attribute));
    }

    private static boolean overlap(double[] a, double[] b) {
        return a[0] < b[0] + b[2] && b[0] < a[0] + a[2] && a[1] < b[1] + b[3] && b[1] < a[1] + a[3];
    }
}
