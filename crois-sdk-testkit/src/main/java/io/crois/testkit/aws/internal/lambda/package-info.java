/**
 * What AWS Lambda does with functions: it keeps their configuration and runs their code on the event loop.
 *
 * <p>Where to start: {@link io.crois.testkit.aws.internal.lambda.FunctionHost}.
 */
@NullMarked
package io.crois.testkit.aws.internal.lambda;

import org.jspecify.annotations.NullMarked;
