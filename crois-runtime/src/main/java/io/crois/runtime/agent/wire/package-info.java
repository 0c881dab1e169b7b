/**
 * The records that the agent exchanges with the platform, as JSON, read and written by hand: the agent starts in every
 * container, and finding out by reflection how a record looks costs more than all the rest of a start.
 *
 * <p>Start at {@link io.crois.runtime.agent.wire.OrderText}. What {@link io.crois.contract.Json} says of the same
 * records is what is right.
 */
@NullMarked
package io.crois.runtime.agent.wire;

import org.jspecify.annotations.NullMarked;
