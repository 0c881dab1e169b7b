/** How policies are read and matched; {@link io.crois.testkit.policy.PolicyEvaluator} is the door. */
@NullMarked
package io.crois.testkit.policy.internal;

import org.jspecify.annotations.NullMarked;
