/**
 * The Lambda functions that stand round a step's container: one handler a class, each idempotent under repeated and
 * concurrent invocation.
 *
 * <p>Start at {@link io.crois.runtime.lambda.PrepareFunction}, then {@link io.crois.runtime.lambda.StoreFunction} and
 * {@link io.crois.runtime.lambda.RouteFunction}. What a step fails with is a
 * {@link io.crois.runtime.lambda.StepFailure}.
 */
@NullMarked
package io.crois.runtime.lambda;

import org.jspecify.annotations.NullMarked;
