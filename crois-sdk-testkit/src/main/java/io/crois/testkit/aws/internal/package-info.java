/**
 * What the services in memory have in common.
 *
 * <p>Where to start: {@link io.crois.testkit.aws.internal.ServiceRefusal}.
 */
@NullMarked
package io.crois.testkit.aws.internal;

import org.jspecify.annotations.NullMarked;
