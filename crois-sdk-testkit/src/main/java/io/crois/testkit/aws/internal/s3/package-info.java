/**
 * What Amazon S3 does with objects: conditions, ranges, checksums, listings, uploads in parts; and the shelves where
 * objects lie, in memory or in a folder.
 *
 * <p>Where to start: {@link io.crois.testkit.aws.internal.s3.ObjectOperations} and
 * {@link io.crois.testkit.aws.internal.s3.Shelf}.
 */
@NullMarked
package io.crois.testkit.aws.internal.s3;

import org.jspecify.annotations.NullMarked;
