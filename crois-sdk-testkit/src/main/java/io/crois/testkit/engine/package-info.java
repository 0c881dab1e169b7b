/**
 * Runs any state machine of the Amazon States Language in memory, in both query languages: plan first, then run.
 *
 * <p>Where to start: {@link io.crois.testkit.engine.TaskIntegrations}, by which Task states reach services; the door to
 * the engine itself is the Step Functions client of {@code InMemoryAws}.
 */
@NullMarked
package io.crois.testkit.engine;

import org.jspecify.annotations.NullMarked;
