package io.crois.render;

import java.util.List;

/** Blocks one after the other; none is a plain line. */
final class SequenceBlock extends Block {
    private final List<Block> blocks;

    SequenceBlock(List<Block> blocks) {
        this.blocks = List.copyOf(blocks);
    }

    @Override
    double left() {
        return blocks.stream().mapToDouble(Block::left).max().orElse(SPACE);
    }

    @Override
    double right() {
        return blocks.stream().mapToDouble(Block::right).max().orElse(SPACE);
    }

    @Override
    double height() {
        double sum = blocks.stream().mapToDouble(Block::height).sum();
        return blocks.isEmpty() ? GAP : sum + GAP * (blocks.size() - 1);
    }

    @Override
    boolean isOpen() {
        return blocks.isEmpty() || blocks.get(blocks.size() - 1).isOpen();
    }

    @Override
    void draw(Canvas canvas, double x, double y) {
        if (blocks.isEmpty()) {
            canvas.edge("edge", x, y, x, y + GAP, false);
        }
        double top = y;
        for (int i = 0; i < blocks.size(); i++) {
            if (i > 0) {
                canvas.edge("edge", x, top, x, top + GAP, true);
                top += GAP;
            }
            blocks.get(i).draw(canvas, x, top);
            top += blocks.get(i).height();
        }
    }
}
