/** Builds a classifier end to end. Start at {@code Crafto}. */
@NullMarked
package io.crois.samples.crafto;

import org.jspecify.annotations.NullMarked;
