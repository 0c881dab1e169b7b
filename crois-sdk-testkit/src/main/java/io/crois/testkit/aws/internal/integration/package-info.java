/**
 * How Task states of the engine reach the services in memory: the optimized integrations, and those of the AWS SDK.
 *
 * <p>Where to start: {@link io.crois.testkit.aws.internal.integration.ServiceIntegrations}.
 */
@NullMarked
package io.crois.testkit.aws.internal.integration;

import org.jspecify.annotations.NullMarked;
