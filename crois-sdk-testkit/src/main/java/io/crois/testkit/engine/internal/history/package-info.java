/**
 * The history of an execution: kept as small values that share the JSON they tell of, and written as Step Functions
 * writes it only when somebody reads it. Where to start: {@link io.crois.testkit.engine.internal.history.History}.
 */
@NullMarked
package io.crois.testkit.engine.internal.history;

import org.jspecify.annotations.NullMarked;
