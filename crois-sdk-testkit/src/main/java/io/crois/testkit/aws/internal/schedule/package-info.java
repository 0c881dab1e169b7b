/**
 * What EventBridge Scheduler does: it gives targets their input at the times of a schedule, on the event loop.
 *
 * <p>Where to start: {@link io.crois.testkit.aws.internal.schedule.ScheduleStore}.
 */
@NullMarked
package io.crois.testkit.aws.internal.schedule;

import org.jspecify.annotations.NullMarked;
