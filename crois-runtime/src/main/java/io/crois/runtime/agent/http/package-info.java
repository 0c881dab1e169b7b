/**
 * HTTP/1.1 as the agent needs it: blocking, few threads, little memory, and every exchange ends, well or not, within a
 * time that is known before. It never repeats a request by itself.
 *
 * <p>Start at {@link io.crois.runtime.agent.http.HttpConnections}.
 */
@NullMarked
package io.crois.runtime.agent.http;

import org.jspecify.annotations.NullMarked;
