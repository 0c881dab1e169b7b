package io.crois.render;

import io.crois.workflow.Workflow;

/** Puts a picture's blocks between a start and an end. */
final class SvgWriter {
    private static final double MARGIN = 16;
    private static final double DOT = 7;

    private SvgWriter() {}

    static String write(Workflow workflow, Block body) {
        Canvas canvas = new Canvas();
        double x = MARGIN + Math.max(body.left(), DOT);
        double top = MARGIN + 2 * DOT + Block.GAP;
        double bottom = top + body.height();
        canvas.dot("terminal", x, MARGIN + DOT, DOT);
        canvas.edge("edge", x, MARGIN + 2 * DOT, x, top, true);
        body.draw(canvas, x, top);
        if (body.isOpen()) {
            canvas.edge("edge", x, bottom, x, bottom + Block.GAP, true);
            canvas.dot("terminal", x, bottom + Block.GAP + DOT, DOT);
        }
        double height = bottom + (body.isOpen() ? Block.GAP + 2 * DOT : 0) + MARGIN;
        return document(workflow, x + Math.max(body.right(), DOT) + MARGIN, height, canvas.toString());
    }

    private static String document(Workflow workflow, double width, double height, String shapes) {
        String size = Markup.pixels(width) + "\" height=\"" + Markup.pixels(height);
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"diagram\" role=\"img\" width=\"" + size
                + "\" viewBox=\"0 0 " + Markup.pixels(width) + " " + Markup.pixels(height) + "\">\n"
                + "<title>Workflow " + Markup.escape(workflow.name()) + "</title>\n"
                + "<style>\n" + Stylesheet.read("diagram.css") + "</style>\n"
                + "<defs><marker id=\"arrow\" viewBox=\"0 0 8 8\" refX=\"8\" refY=\"4\" markerWidth=\"7\""
                + " markerHeight=\"7\" orient=\"auto\"><path class=\"arrow\" d=\"M0 0L8 4L0 8Z\"/></marker></defs>\n"
                + shapes + "</svg>\n";
    }
}
