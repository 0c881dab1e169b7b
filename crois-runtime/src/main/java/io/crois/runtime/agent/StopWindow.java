package io.crois.runtime.agent;

import java.time.Duration;
import java.util.Map;

/**
 * How long a container has between the signal to stop and SIGKILL.
 *
 * @param whole of it
 */
record StopWindow(Duration whole) {
    /** Set in a task definition that has another {@code stopTimeout} than the default. */
    static final String VARIABLE = "CROIS_STOP_SECONDS";

    private static final int DIGITS = 4;
    private static final long SHORTEST = 2;
    private static final long LONGEST = 3600;

    /** What ECS gives by default, and Batch always. */
    private static final StopWindow DEFAULT = new StopWindow(Duration.ofSeconds(30));

    /** A third is for the command, the rest for its outputs. */
    private static final int PARTS = 3;

    static StopWindow of(Map<String, String> environment) {
        String seconds = environment.getOrDefault(VARIABLE, "");
        if (seconds.isEmpty() || seconds.length() > DIGITS) {
            return DEFAULT;
        }
        for (int i = 0; i < seconds.length(); i++) {
            if (seconds.charAt(i) < '0' || seconds.charAt(i) > '9') {
                return DEFAULT;
            }
        }
        return new StopWindow(Duration.ofSeconds(Math.min(LONGEST, Math.max(SHORTEST, Long.parseLong(seconds)))));
    }

    /** Returns how long the command has between the signal to stop and SIGKILL. */
    Duration grace() {
        return Duration.ofMillis(whole.toMillis() / PARTS);
    }
}
