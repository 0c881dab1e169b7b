/** The agent that runs a user's command inside the user's own container image. Start at {@code Agent}. */
@NullMarked
package io.crois.runtime.agent;

import org.jspecify.annotations.NullMarked;
