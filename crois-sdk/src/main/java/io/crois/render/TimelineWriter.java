package io.crois.render;

import java.time.Duration;
import java.util.List;

/** Writes a bar for each attempt on a common axis of time. */
final class TimelineWriter {
    private static final int MOST = 500;

    private final Timeline timeline;
    private final StringBuilder html = new StringBuilder();

    private TimelineWriter(Timeline timeline) {
        this.timeline = timeline;
    }

    static String write(Timeline timeline) {
        return new TimelineWriter(timeline).write();
    }

    private String write() {
        List<TimelineEntry> entries = timeline.entries();
        html.append("<table class=\"timeline\">\n");
        entries.stream().limit(MOST).forEach(this::row);
        html.append("<tr class=\"axis\"><th></th><td><span>0</span><span>");
        html.append(Labels.time(timeline.length().dividedBy(2))).append("</span><span>");
        html.append(Labels.time(timeline.length())).append("</span></td><td></td></tr>\n</table>\n");
        if (entries.size() > MOST) {
            html.append("<p>These are the first ").append(MOST).append(" of ");
            html.append(entries.size()).append(" attempts.</p>\n");
        }
        return html.toString();
    }

    private void row(TimelineEntry entry) {
        String attempt = entry.attempt() == 1 ? "" : ", attempt " + entry.attempt();
        Duration length = entry.length(timeline.now());
        html.append("<tr><th scope=\"row\">").append(entry.state().symbol()).append(' ');
        html.append(Markup.escape(entry.step())).append(attempt).append("</th><td><div class=\"run ");
        html.append(entry.state().label()).append("\" style=\"margin-left:");
        html.append(share(Duration.between(timeline.start(), entry.start())));
        html.append("%;width:").append(share(length)).append("%\" title=\"");
        html.append(entry.state().label()).append("\"></div></td><td class=\"number\">");
        html.append(Labels.time(length)).append("</td></tr>\n");
    }

    private String share(Duration part) {
        return Markup.pixels(100.0 * part.toMillis() / timeline.length().toMillis());
    }
}
