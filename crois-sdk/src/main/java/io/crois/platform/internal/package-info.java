/** The sections of the platform's template. Start at {@link io.crois.platform.internal.Template}. */
@NullMarked
package io.crois.platform.internal;

import org.jspecify.annotations.NullMarked;
