package io.crois.platform;

import io.crois.compile.PlatformNames;
import io.crois.contract.PlatformSettings;

/**
 * A platform as it stands in an account: what {@code Crois.builder()} needs to know of it.
 *
 * @param settings the table, the bucket, the cluster and the queues
 * @param functions what compiled workflows call: published versions, by alias
 * @param executionRole the ARN of the role with which containers are started
 */
public record Platform(PlatformSettings settings, PlatformNames functions, String executionRole) {}
