package io.crois.samples.crafto;

import java.io.PrintStream;
import java.util.Set;
import java.util.TreeSet;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A bar that grows with the steps that have ended, and the names of those under way; for terminals. */
final class BarProgress implements Progress {
    private static final int UPDATE_MILLIS = 100;
    private static final int WIDTH = 100;

    private final ProgressBar bar;
    private final Set<String> running = new TreeSet<>();

    BarProgress(PrintStream out, int steps) {
        bar = new ProgressBarBuilder()
                .setTaskName("model-building")
                .setInitialMax(steps)
                .setStyle(ProgressBarStyle.UNICODE_BLOCK)
                .setUpdateIntervalMillis(UPDATE_MILLIS)
                .setConsumer(new ConsoleProgressBarConsumer(out, WIDTH))
                .build();
    }

    @Override
    public void started(String step, int attempt) {
        running.add(step);
        show();
    }

    @Override
    public void told(String step, String message) {
        bar.setExtraMessage(" " + step + ": " + message);
    }

    @Override
    public void retrying(String step, int attempt) {
        running.remove(step);
        show();
    }

    @Override
    public void ended(String step, boolean succeeded) {
        running.remove(step);
        bar.step();
        show();
    }

    private void show() {
        bar.setExtraMessage(" " + String.join(", ", running));
    }

    @Override
    public void close() {
        bar.close();
    }
}
