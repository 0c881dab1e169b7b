/**
 * Packs the agent for containers: a folder with everything it needs in any image, the same as a {@code tar.gz} for the
 * machines of AWS Batch, and an OCI image that installs it on a volume for Fargate.
 *
 * <p>Packs the functions for AWS Lambda, as one jar.
 *
 * <p>Start at {@link io.crois.runtime.bundle.BundleMain} and {@link io.crois.runtime.bundle.FunctionsJar}, which the
 * build runs; nothing here is needed at run time.
 */
@NullMarked
package io.crois.runtime.bundle;

import org.jspecify.annotations.NullMarked;
