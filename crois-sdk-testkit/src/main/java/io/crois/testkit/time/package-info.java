/**
 * Who owns the clock: one loop on which everything of the testkit happens in order, in virtual or in real time.
 *
 * <p>Where to start: {@link io.crois.testkit.time.EventLoop}, then {@link io.crois.testkit.time.VirtualEventLoop}.
 */
@NullMarked
package io.crois.testkit.time;

import org.jspecify.annotations.NullMarked;
