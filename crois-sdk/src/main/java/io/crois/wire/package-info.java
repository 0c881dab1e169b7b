/**
 * The records of {@link io.crois.contract} as JSON, read and written by hand: agent and functions start often, and
 * finding out by reflection how a record looks costs more than all the rest of their starts.
 *
 * <p>Start at {@link io.crois.wire.Records}. What {@link io.crois.contract.Json} says of the same records is what is
 * right.
 */
@NullMarked
package io.crois.wire;

import org.jspecify.annotations.NullMarked;
