package io.crois.testkit.container;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Passes on text line by line; lines above 64 KiB come in parts. Not thread-safe. */
final class LineStream extends OutputStream {

    private static final int MAX_LINE = 64 * 1024;

    private final Consumer<String> lines;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    LineStream(Consumer<String> lines) {
        this.lines = lines;
    }

    @Override
    public void write(int b) {
        if (b == '\n') {
            pass();
            return;
        }
        line.write(b);
        if (line.size() >= MAX_LINE) {
            pass();
        }
    }

    @Override
    public void close() {
        if (line.size() > 0) {
            pass();
        }
    }

    private void pass() {
        lines.accept(line.toString(StandardCharsets.UTF_8));
        line.reset();
    }
}
