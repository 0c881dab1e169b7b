/**
 * What an author types: workflows, steps, parameters, artifacts and results as immutable values that know nothing of
 * AWS.
 *
 * <p>Start at {@code Workflow.builder()}.
 */
@NullMarked
package io.crois.workflow;

import org.jspecify.annotations.NullMarked;
