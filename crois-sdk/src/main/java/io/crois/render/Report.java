package io.crois.render;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a reader wants to know about an execution, as one HTML file. Immutable. */
public final class Report {
    private final String title;
    private final String summary;
    private final @Nullable Diagram diagram;
    private final Timeline timeline;
    private final List<Section> sections;

    private Report(Builder builder) {
        title = builder.title;
        summary = builder.summary;
        diagram = builder.diagram;
        timeline = builder.timeline;
        sections = List.copyOf(builder.sections);
    }

    /** Returns a builder of a report without content. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Returns an HTML document: heading and summary, the sections in their order, the timeline, the graph. It needs no
     * other file, no network and no script, and follows the reader's light or dark preference. All texts are escaped.
     */
    public String toHtml() {
        StringBuilder html = new StringBuilder();
        html.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
                .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
                .append("<title>" + Markup.escape(title) + "</title>\n")
                .append("<style>\n" + Stylesheet.read("report.css") + "</style>\n</head>\n<body>\n")
                .append("<h1>" + Markup.escape(title) + "</h1>\n");
        SectionWriter writer = new SectionWriter(html);
        writer.paragraphs(summary);
        sections.forEach(writer::write);
        if (!timeline.entries().isEmpty()) {
            writer.part("Timeline", TimelineWriter.write(timeline));
        }
        if (diagram != null) {
            writer.part("Workflow", diagram.toSvg());
        }
        return html.append("</body>\n</html>\n").toString();
    }

    /** Builds a report. Not thread-safe. */
    public static final class Builder {
        private String title = "Report";
        private String summary = "";
        private @Nullable Diagram diagram;
        private Timeline timeline = Timeline.empty();
        private final List<Section> sections = new ArrayList<>();

        private Builder() {}

        /** Sets the heading; default {@code Report}. */
        public Builder title(String text) {
            title = text;
            return this;
        }

        /** Sets what stands below the heading; empty lines divide paragraphs. Default nothing. */
        public Builder summary(String text) {
            summary = text;
            return this;
        }

        /** Sets the graph at the end; default none. */
        public Builder diagram(Diagram graph) {
            diagram = graph;
            return this;
        }

        /** Sets the timeline, a bar for each of the first 500 attempts; default none. */
        public Builder timeline(Timeline attempts) {
            timeline = attempts;
            return this;
        }

        /** Appends a section. */
        public Builder addSection(Section section) {
            sections.add(section);
            return this;
        }

        /** Returns the report. */
        public Report build() {
            return new Report(this);
        }
    }
}
