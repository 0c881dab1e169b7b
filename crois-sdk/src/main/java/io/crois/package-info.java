/** The door of the Crois SDK: {@link io.crois.Crois}. */
@NullMarked
package io.crois;

import org.jspecify.annotations.NullMarked;
