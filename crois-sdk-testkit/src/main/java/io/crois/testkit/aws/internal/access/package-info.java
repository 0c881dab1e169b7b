/** Decides the calls of the services in memory by the policies that are in them; {@code Permissions} is the door. */
@NullMarked
package io.crois.testkit.aws.internal.access;

import org.jspecify.annotations.NullMarked;
