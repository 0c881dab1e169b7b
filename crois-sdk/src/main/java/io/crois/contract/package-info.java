/**
 * The wire format between the compiler, the functions, the agent and the SDK: what is written into state machine input,
 * Lambda payloads, table items and the container's environment.
 *
 * <p>Start at {@link io.crois.contract.Run} and {@link io.crois.contract.StepSpec}; {@link io.crois.contract.Json}
 * reads and writes them all.
 */
@NullMarked
package io.crois.contract;

import org.jspecify.annotations.NullMarked;
