package io.crois.render;

/**
 * A part of the picture with its size. The flow enters at the top and leaves at the bottom on one vertical axis; every
 * block knows how far it reaches to the left and right of it.
 */
abstract class Block {
    /** Between two blocks above each other. */
    static final double GAP = 30;
    /** Between two blocks beside each other. */
    static final double SPACE = 24;

    private static final double CHARACTER = 7.4;

    abstract double left();

    abstract double right();

    abstract double height();

    /** Returns whether the flow goes on below. */
    boolean isOpen() {
        return true;
    }

    /** Draws the block with its axis at {@code x} and its upper edge at {@code y}. */
    abstract void draw(Canvas canvas, double x, double y);

    final double width() {
        return left() + right();
    }

    /** Returns about how wide a text is. */
    static double widthOf(String text) {
        return text.codePointCount(0, text.length()) * CHARACTER;
    }
}
