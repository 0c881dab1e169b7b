package io.crois.samples.crafto;

import java.io.PrintStream;

/** A line for each thing that happens; for logs and pipes. */
final class LineProgress implements Progress {
    private final PrintStream out;

    LineProgress(PrintStream out) {
        this.out = out;
    }

    @Override
    public void started(String step, int attempt) {
        out.println(step + " started" + (attempt == 1 ? "" : ", attempt " + attempt));
    }

    @Override
    public void told(String step, String message) {
        out.println(step + ": " + message);
    }

    @Override
    public void retrying(String step, int attempt) {
        out.println(step + " failed at attempt " + attempt + ", is tried again");
    }

    @Override
    public void ended(String step, boolean succeeded) {
        out.println(step + (succeeded ? " succeeded" : " failed"));
    }

    @Override
    public void close() {
        out.flush();
    }
}
