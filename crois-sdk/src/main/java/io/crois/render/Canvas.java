package io.crois.render;

/** Collects SVG shapes. Coordinates are pixels from the upper left corner. Not thread-safe. */
final class Canvas {
    private final StringBuilder shapes = new StringBuilder();

    void box(String kind, double x, double y, double width, double height, double radius) {
        shapes.append("<rect class=\"").append(kind).append('"');
        attribute("x", x);
        attribute("y", y);
        attribute("width", width);
        attribute("height", height);
        attribute("rx", radius);
        shapes.append("/>\n");
    }

    void diamond(String kind, double x, double y, double width, double height) {
        path(
                kind,
                point("M", x, y) + point("L", x + width / 2, y + height / 2) + point("L", x, y + height)
                        + point("L", x - width / 2, y + height / 2) + "Z",
                false);
    }

    void dot(String kind, double x, double y, double radius) {
        shapes.append("<circle class=\"").append(kind).append('"');
        attribute("cx", x);
        attribute("cy", y);
        attribute("r", radius);
        shapes.append("/>\n");
    }

    /** Draws down, across and down again; straight where both ends are above each other. */
    void edge(String kind, double fromX, double fromY, double toX, double toY, boolean arrow) {
        double bend = Math.min(fromY + Block.GAP / 2, toY);
        String way = fromX == toX
                ? point("M", fromX, fromY) + point("L", toX, toY)
                : point("M", fromX, fromY) + point("L", fromX, bend) + point("L", toX, bend) + point("L", toX, toY);
        path(kind, way, arrow);
    }

    void path(String kind, String way, boolean arrow) {
        shapes.append("<path class=\"")
                .append(kind)
                .append("\" d=\"")
                .append(way)
                .append('"');
        shapes.append(arrow ? " marker-end=\"url(#arrow)\"/>\n" : "/>\n");
    }

    static String point(String command, double x, double y) {
        return command + Markup.pixels(x) + " " + Markup.pixels(y);
    }

    void text(String kind, double x, double y, String text) {
        shapes.append("<text class=\"").append(kind).append('"');
        attribute("x", x);
        attribute("y", y);
        shapes.append('>').append(Markup.escape(text)).append("</text>\n");
    }

    private void attribute(String name, double value) {
        shapes.append(' ')
                .append(name)
                .append("=\"")
                .append(Markup.pixels(value))
                .append('"');
    }

    @Override
    public String toString() {
        return shapes.toString();
    }
}
