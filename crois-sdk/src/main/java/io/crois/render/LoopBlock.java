package io.crois.render;

/** A frame round what runs once for each item. */
final class LoopBlock extends Block {
    private static final double PADDING = 18;
    private static final double HEAD = 34;

    private final String title;
    private final Block body;

    LoopBlock(String title, Block body) {
        this.title = title;
        this.body = body;
    }

    @Override
    double left() {
        return Math.max(body.left() + PADDING, widthOf(title) / 2 + PADDING);
    }

    @Override
    double right() {
        return Math.max(body.right() + PADDING, widthOf(title) / 2 + PADDING);
    }

    @Override
    double height() {
        return HEAD + body.height() + PADDING;
    }

    @Override
    void draw(Canvas canvas, double x, double y) {
        canvas.box("loop", x - left(), y, width(), height(), 9);
        canvas.text("title", x, y + 22, title);
        body.draw(canvas, x, y + HEAD);
    }
}
