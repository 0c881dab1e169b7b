package io.crois.render;

import org.jspecify.annotations.Nullable;

/** A body with what runs when it failed at its right, and what runs at last below both. */
final class GuardedBlock extends Block {
    private static final double PADDING = 14;
    private static final double WAY = 84;

    private final Block body;
    private final @Nullable Block onFailure;
    private final @Nullable Block lastly;

    GuardedBlock(Block body, @Nullable Block onFailure, @Nullable Block lastly) {
        this.body = body;
        this.onFailure = onFailure;
        this.lastly = lastly;
    }

    @Override
    double left() {
        return Math.max(body.left() + PADDING, lastly == null ? 0 : lastly.left());
    }

    @Override
    double right() {
        double guarded = body.right() + PADDING + (onFailure == null ? 0 : WAY + onFailure.width());
        return Math.max(guarded, lastly == null ? 0 : lastly.right());
    }

    @Override
    double height() {
        return guardedHeight() + (lastly == null ? 0 : 2 * GAP + lastly.height());
    }

    @Override
    boolean isOpen() {
        return body.isOpen() || (onFailure != null && onFailure.isOpen());
    }

    @Override
    void draw(Canvas canvas, double x, double y) {
        canvas.box("guard", x - body.left() - PADDING, y, body.width() + 2 * PADDING, frameHeight(), 9);
        body.draw(canvas, x, y + PADDING);
        double bottom = y + guardedHeight();
        if (body.isOpen()) {
            canvas.edge("edge", x, y + PADDING + body.height(), x, bottom, false);
        }
        if (onFailure != null) {
            drawOnFailure(canvas, onFailure, x, y, bottom);
        }
        if (lastly != null) {
            canvas.edge("edge aside", x, bottom, x, bottom + 2 * GAP, true);
            canvas.text("label", x + 26, bottom + GAP, "lastly");
            lastly.draw(canvas, x, bottom + 2 * GAP);
        }
    }

    private void drawOnFailure(Canvas canvas, Block handler, double x, double y, double bottom) {
        double side = x + body.right() + PADDING;
        double axis = side + WAY + handler.left();
        String way = Canvas.point("M", side, y + PADDING)
                + Canvas.point("L", axis, y + PADDING)
                + Canvas.point("L", axis, y + PADDING + GAP);
        canvas.path("edge aside", way, true);
        canvas.text("label", side + WAY / 2, y + PADDING - 6, "on failure");
        handler.draw(canvas, axis, y + PADDING + GAP);
        if (handler.isOpen()) {
            String back = Canvas.point("M", axis, y + PADDING + GAP + handler.height())
                    + Canvas.point("L", axis, bottom)
                    + Canvas.point("L", x, bottom);
            canvas.path("edge", back, false);
        }
    }

    private double frameHeight() {
        return body.height() + 2 * PADDING;
    }

    private double guardedHeight() {
        double handled = onFailure == null ? 0 : PADDING + GAP + onFailure.height() + GAP / 2;
        return Math.max(frameHeight(), handled);
    }
}
