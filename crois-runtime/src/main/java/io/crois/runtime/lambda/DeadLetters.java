package io.crois.runtime.lambda;

import java.util.List;

/** Events that could not be handled when they came, and wait to be handled again. */
interface DeadLetters {

    /**
     * An event that waits.
     *
     * @param receipt names it to {@link #remove}
     * @param body the text that was queued
     */
    record Letter(String receipt, String body) {}

    /** Returns no letters at all. */
    static DeadLetters none() {
        return new DeadLetters() {
            @Override
            public List<Letter> take() {
                return List.of();
            }

            @Override
            public void remove(Letter letter) {}
        };
    }

    /** Returns some letters, which nobody else gets for a while; none when there are none. */
    List<Letter> take();

    /** Removes a letter that was handled. */
    void remove(Letter letter);
}
