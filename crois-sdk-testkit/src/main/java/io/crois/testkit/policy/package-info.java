/**
 * Evaluates policies as AWS does: may this principal do that to this resource, and which statement decided?
 *
 * <p>Where to start: {@link io.crois.testkit.policy.PolicyEvaluator}. Nothing here calls a service or keeps a state.
 */
@NullMarked
package io.crois.testkit.policy;

import org.jspecify.annotations.NullMarked;
