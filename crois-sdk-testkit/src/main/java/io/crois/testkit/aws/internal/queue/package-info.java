/** The queues of Amazon SQS. Start at {@link io.crois.testkit.aws.internal.queue.QueueStore}. */
@NullMarked
package io.crois.testkit.aws.internal.queue;

import org.jspecify.annotations.NullMarked;
