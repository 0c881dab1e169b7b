package io.crois.testkit.engine.internal;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A machine, branch or item processor, ready to run.
 *
 * @param startAt the first state
 * @param timeout how long an execution may take, {@code null} for no limit
 */
public record MachinePlan(PlannedState startAt, @Nullable Duration timeout) {}
