package io.crois.samples.crafto;

/** Shows a build while it goes on. Called by one thread. */
interface Progress extends AutoCloseable {
    /** An attempt of a step has begun; {@code step} holds its place in the grid, {@code tune[3]/train}. */
    void started(String step, int attempt);

    /** A step says something about itself. */
    void told(String step, String message);

    /** An attempt has failed and the step is tried again. */
    void retrying(String step, int attempt);

    /** A step has come to its end. */
    void ended(String step, boolean succeeded);

    @Override
    void close();
}
