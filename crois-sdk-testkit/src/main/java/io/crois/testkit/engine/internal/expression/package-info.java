/**
 * The expressions of both query languages: paths, intrinsic functions, payload templates and JSONata, planned once and
 * evaluated often. Where to start: {@link io.crois.testkit.engine.internal.expression.Expressions}.
 */
@NullMarked
package io.crois.testkit.engine.internal.expression;

import org.jspecify.annotations.NullMarked;
