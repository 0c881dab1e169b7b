/**
 * What the Lambda functions log: one JSON object a line, with the execution and the step it is about. Start at
 * {@link io.crois.runtime.logging.JsonLogging}, which SLF4J finds in the functions' jar.
 */
@NullMarked
package io.crois.runtime.logging;

import org.jspecify.annotations.NullMarked;
