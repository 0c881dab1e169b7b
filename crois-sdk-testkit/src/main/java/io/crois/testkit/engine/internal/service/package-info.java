/**
 * The API of Step Functions over the interpreter: machines, executions, tasks and activities. Where to start:
 * {@link io.crois.testkit.engine.internal.service.EngineClient}, which runs every call as one task of the event loop.
 */
@NullMarked
package io.crois.testkit.engine.internal.service;

import org.jspecify.annotations.NullMarked;
