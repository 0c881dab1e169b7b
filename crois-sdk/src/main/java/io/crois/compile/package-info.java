/**
 * Turns a {@link io.crois.workflow.Workflow} into a state machine of the Amazon States Language and the specs that the
 * functions read. Pure: nothing here calls AWS.
 *
 * <p>Where to start: {@link io.crois.compile.WorkflowCompiler#create()} and {@link io.crois.compile.CompiledWorkflow}.
 */
@NullMarked
package io.crois.compile;

import org.jspecify.annotations.NullMarked;
