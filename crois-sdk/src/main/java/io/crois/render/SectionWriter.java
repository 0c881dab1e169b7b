package io.crois.render;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Writes sections as HTML. Not thread-safe. */
final class SectionWriter {
    private static final Pattern NUMBER = Pattern.compile("[-+]?[0-9][0-9.,]*( ?%)?");

    private final StringBuilder html;

    SectionWriter(StringBuilder html) {
        this.html = html;
    }

    void write(Section section) {
        html.append("<section>\n<h2>").append(Markup.escape(section.title())).append("</h2>\n");
        if (section instanceof Section.Table table) {
            table(table);
        } else if (section instanceof Section.Bars bars) {
            bars(bars);
        } else if (section instanceof Section.Confusion confusion) {
            confusion(confusion);
        } else {
            paragraphs(((Section.Text) section).text());
        }
        html.append("</section>\n");
    }

    /** Writes a section whose content is HTML already. */
    void part(String title, String content) {
        html.append("<section>\n<h2>").append(Markup.escape(title)).append("</h2>\n");
        html.append("<div class=\"wide\">\n").append(content).append("</div>\n</section>\n");
    }

    void paragraphs(String text) {
        for (String paragraph : text.split("\n\\s*\n", -1)) {
            if (!paragraph.isBlank()) {
                html.append("<p>").append(Markup.escape(paragraph.strip())).append("</p>\n");
            }
        }
    }

    private void table(Section.Table table) {
        List<Boolean> numeric = IntStream.range(0, table.header().size())
                .mapToObj(column -> isNumeric(table, column))
                .toList();
        html.append("<div class=\"wide\"><table>\n<thead><tr>");
        cells("th scope=\"col\"", "th", table.header(), numeric);
        html.append("</tr></thead>\n<tbody>\n");
        for (int i = 0; i < table.rows().size(); i++) {
            html.append(i == table.highlighted() ? "<tr class=\"best\">" : "<tr>");
            cells("td", "td", table.rows().get(i), numeric);
            html.append("</tr>\n");
        }
        html.append("</tbody>\n</table></div>\n");
    }

    private void cells(String open, String close, List<String> fields, List<Boolean> numeric) {
        for (int i = 0; i < fields.size(); i++) {
            html.append('<').append(open).append(numeric.get(i) ? " class=\"number\">" : ">");
            html.append(Markup.escape(fields.get(i))).append("</").append(close).append('>');
        }
    }

    private static boolean isNumeric(Section.Table table, int column) {
        return !table.rows().isEmpty()
                && table.rows().stream()
                        .allMatch(row -> NUMBER.matcher(row.get(column)).matches());
    }

    private void bars(Section.Bars chart) {
        double longest =
                chart.bars().values().stream().mapToDouble(Math::abs).max().orElse(0);
        html.append("<table class=\"bars\">\n");
        chart.bars().forEach((name, value) -> {
            double share = longest == 0 ? 0 : 100 * Math.abs(value) / longest;
            html.append("<tr><th scope=\"row\">").append(Markup.escape(name)).append("</th><td><div class=\"bar");
            html.append(value < 0 ? " below" : "").append("\" style=\"width:");
            html.append(Markup.pixels(share)).append("%\"></div></td><td class=\"number\">");
            html.append(String.format(Locale.ROOT, "%.4f", value)).append("</td></tr>\n");
        });
        html.append("</table>\n");
    }

    private void confusion(Section.Confusion matrix) {
        html.append("<div class=\"wide\"><table class=\"confusion\">\n<thead><tr><th>true \\ predicted</th>");
        matrix.classes()
                .forEach(name -> html.append("<th scope=\"col\">")
                        .append(Markup.escape(name))
                        .append("</th>"));
        html.append("</tr></thead>\n<tbody>\n");
        for (int row = 0; row < matrix.classes().size(); row++) {
            html.append("<tr><th scope=\"row\">")
                    .append(Markup.escape(matrix.classes().get(row)));
            html.append("</th>");
            counts(matrix.counts().get(row), row);
            html.append("</tr>\n");
        }
        html.append("</tbody>\n</table></div>\n");
    }

    /** The deeper a cell is coloured, the larger its share of the row. */
    private void counts(List<Long> counts, int truth) {
        long sum = counts.stream().mapToLong(Long::longValue).sum();
        for (int column = 0; column < counts.size(); column++) {
            double share = sum == 0 ? 0 : (double) counts.get(column) / sum;
            html.append("<td class=\"number ").append(column == truth ? "right" : "wrong");
            html.append("\" style=\"--share:").append(String.format(Locale.ROOT, "%.3f", share));
            html.append("\">").append(counts.get(column)).append("</td>");
        }
    }
}
