/**
 * Moves files to and from Amazon S3: in parallel, large ones in parts, each part repeated by itself when it fails,
 * every file with its SHA-256 compared. The memory it needs grows neither with the size of a file nor with their
 * number.
 *
 * <p>Start at {@link io.crois.runtime.agent.transfer.Transfers}.
 */
@NullMarked
package io.crois.runtime.agent.transfer;

import org.jspecify.annotations.NullMarked;
