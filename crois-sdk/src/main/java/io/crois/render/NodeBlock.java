package io.crois.render;

/** One box, with a title and a line of detail below it if there is something to tell. */
final class NodeBlock extends Block {
    private final String kind;
    private final String title;
    private final String detail;
    private final boolean open;

    private NodeBlock(String kind, String title, String detail, boolean open) {
        this.kind = kind;
        this.title = title;
        this.detail = detail;
        this.open = open;
    }

    static NodeBlock step(StepState state, String title, String detail) {
        return new NodeBlock("step " + state.label(), title, detail, true);
    }

    static NodeBlock pause(String title) {
        return new NodeBlock("pause", title, "", true);
    }

    static NodeBlock end(String title, String detail) {
        return new NodeBlock("end", title, detail, false);
    }

    @Override
    double left() {
        return Math.max(120, Math.max(widthOf(title), widthOf(detail) * 0.85) + 32) / 2;
    }

    @Override
    double right() {
        return left();
    }

    @Override
    double height() {
        return detail.isEmpty() ? 36 : 50;
    }

    @Override
    boolean isOpen() {
        return open;
    }

    @Override
    void draw(Canvas canvas, double x, double y) {
        canvas.box(kind, x - left(), y, width(), height(), kind.equals("pause") ? height() / 2 : 7);
        canvas.text("title", x, y + 23, title);
        if (!detail.isEmpty()) {
            canvas.text("detail", x, y + 40, detail);
        }
    }
}
