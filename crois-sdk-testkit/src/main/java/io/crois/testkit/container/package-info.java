/**
 * What runs containers on a developer's machine: scripts that say how each step ends, or real child processes. Either
 * way the step's order is carried out by the agent that stands in every container on AWS.
 *
 * <p>Where to start: {@link io.crois.testkit.container.ScriptedContainers} and
 * {@link io.crois.testkit.container.LocalProcessContainers}.
 */
@NullMarked
package io.crois.testkit.container;

import org.jspecify.annotations.NullMarked;
