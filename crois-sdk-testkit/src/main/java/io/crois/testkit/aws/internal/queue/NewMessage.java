package io.crois.testkit.aws.internal.queue;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

/**
 * A message that somebody sends.
 *
 * @param body the text
 * @param attributes the sender's own, by name
 * @param delaySeconds until it can be received, {@code null} for the queue's own delay
 * @param group of a first-in-first-out queue
 * @param deduplication of a first-in-first-out queue
 */
public record NewMessage(
        String body,
        Map<String, MessageAttributeValue> attributes,
        @Nullable Integer delaySeconds,
        @Nullable String group,
        @Nullable String deduplication) {}
