/** The topics of Amazon SNS. Start at {@link io.crois.testkit.aws.internal.topic.TopicStore}. */
@NullMarked
package io.crois.testkit.aws.internal.topic;

import org.jspecify.annotations.NullMarked;
