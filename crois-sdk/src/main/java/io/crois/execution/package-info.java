/**
 * Deploys compiled workflows, submits executions of them, and tells what becomes of them, with nothing but the AWS
 * SDK's own clients: the same code works on AWS, in memory and on one machine.
 *
 * <p>Start at {@link io.crois.execution.Executions}; {@link io.crois.execution.Execution} is what a user holds, and
 * {@link io.crois.execution.ExecutionEvent} what a listener gets.
 */
@NullMarked
package io.crois.execution;

import org.jspecify.annotations.NullMarked;
