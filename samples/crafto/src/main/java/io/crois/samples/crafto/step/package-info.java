/**
 * The step programs of the model build, each run as a process of its own. Start at
 * {@link io.crois.samples.crafto.step.CraftoStep}.
 */
@NullMarked
package io.crois.samples.crafto.step;

import org.jspecify.annotations.NullMarked;
