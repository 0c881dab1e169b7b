package io.crois.render;

import java.util.List;

/** Ways beside each other: the cases of a choice, or the branches of a parallel. */
final class ColumnsBlock extends Block {
    private static final double HEAD = 44;
    private static final double FORK = 56;

    private final String title;
    private final boolean choice;
    private final List<Column> columns;

    ColumnsBlock(String title, boolean choice, List<Column> columns) {
        this.title = title;
        this.choice = choice;
        this.columns = List.copyOf(columns);
    }

    /** One way and what is written at its beginning. */
    record Column(String label, Block block) {
        double width() {
            return Math.max(block.width(), widthOf(label) + 16);
        }

        /** From the left edge to the axis. */
        double axis() {
            return block.left() + Math.max(0, width() - block.width()) / 2;
        }
    }

    @Override
    double left() {
        return Math.max(columnsWidth(), headWidth()) / 2;
    }

    @Override
    double right() {
        return left();
    }

    @Override
    double height() {
        return HEAD + FORK + tallest() + (isOpen() ? GAP : 0);
    }

    @Override
    boolean isOpen() {
        return columns.stream().anyMatch(column -> column.block().isOpen());
    }

    @Override
    void draw(Canvas canvas, double x, double y) {
        drawHead(canvas, x, y);
        double top = y + HEAD + FORK;
        double edge = x - columnsWidth() / 2;
        for (Column column : columns) {
            double axis = edge + column.axis();
            canvas.edge("edge", x, y + HEAD, axis, top, true);
            canvas.text("label", axis, top - 14, column.label());
            column.block().draw(canvas, axis, top);
            if (column.block().isOpen()) {
                join(canvas, axis, top + column.block().height(), x, top + tallest());
            }
            edge += column.width() + SPACE;
        }
    }

    private void drawHead(Canvas canvas, double x, double y) {
        if (choice) {
            canvas.diamond("choice", x, y, headWidth(), HEAD);
        } else {
            canvas.box("fork", x - headWidth() / 2, y, headWidth(), HEAD, HEAD / 2);
        }
        canvas.text("title", x, y + HEAD / 2 + 5, title);
    }

    private static void join(Canvas canvas, double axis, double bottom, double x, double tallest) {
        String way = Canvas.point("M", axis, bottom)
                + Canvas.point("L", axis, tallest + GAP / 2)
                + Canvas.point("L", x, tallest + GAP / 2)
                + Canvas.point("L", x, tallest + GAP);
        canvas.path("edge", way, false);
    }

    private double headWidth() {
        return widthOf(title) * (choice ? 1.5 : 1) + 48;
    }

    private double columnsWidth() {
        return columns.stream().mapToDouble(Column::width).sum() + SPACE * (columns.size() - 1);
    }

    private double tallest() {
        return columns.stream()
                .mapToDouble(column -> column.block().height())
                .max()
                .orElse(0);
    }
}
