/**
 * What Amazon EventBridge does: it matches events with the patterns of rules and delivers them to the rules' targets.
 *
 * <p>Where to start: {@link io.crois.testkit.aws.internal.events.EventBus}.
 */
@NullMarked
package io.crois.testkit.aws.internal.events;

import org.jspecify.annotations.NullMarked;
