/** The door of the SDK. Start at {@code io.crois.Crois}. */
@NullMarked
package io.crois;

import org.jspecify.annotations.NullMarked;
