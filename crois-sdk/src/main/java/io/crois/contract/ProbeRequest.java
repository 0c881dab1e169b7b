package io.crois.contract;

import io.crois.workflow.Backend;
import java.time.Instant;
import java.util.Locale;

/**
 * What the schedule of the health probe gives to {@code crois-probe}.
 *
 * @param platform the prefix of the platform, by which its metrics are told from those of another one
 * @param project the project whose executions they are
 * @param time for which the schedule meant it; names the executions and dates the metrics
 */
public record ProbeRequest(String platform, String project, Instant time) {
    /** The one step of a probe. */
    public static final String STEP = "probe";

    /** The one artifact that the step produces, a file. */
    public static final String ARTIFACT = "probe.txt";

    /** The one result that the step reports, a text. */
    public static final String RESULT = "probe";

    /** Returns the name of the workflow that goes the whole way on a back end. */
    public static String workflow(Backend backend) {
        return "crois-probe-" + backend.name().toLowerCase(Locale.ROOT);
    }
}
