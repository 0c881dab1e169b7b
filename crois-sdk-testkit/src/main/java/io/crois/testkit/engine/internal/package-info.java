/**
 * The interpreter: {@link io.crois.testkit.engine.internal.Planner} turns a definition into a plan in which names,
 * paths and expressions are resolved, and {@link io.crois.testkit.engine.internal.Execution} runs it, where to start.
 */
@NullMarked
package io.crois.testkit.engine.internal;

import org.jspecify.annotations.NullMarked;
