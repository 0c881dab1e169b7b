/**
 * What AWS Batch does with jobs of one container: definitions with revisions, queues, attempts and their retries.
 *
 * <p>Where to start: {@link io.crois.testkit.aws.internal.batch.JobHost}.
 */
@NullMarked
package io.crois.testkit.aws.internal.batch;

import org.jspecify.annotations.NullMarked;
