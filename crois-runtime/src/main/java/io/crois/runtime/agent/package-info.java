/**
 * The agent that steps between the platform and the user's command inside the user's own container: it fetches inputs
 * and secrets, runs the command, stores outputs and reports.
 *
 * <p>Start at {@link io.crois.runtime.agent.Agent}; {@link io.crois.runtime.agent.AgentMain} is its face as a program.
 */
@NullMarked
package io.crois.runtime.agent;

import org.jspecify.annotations.NullMarked;
