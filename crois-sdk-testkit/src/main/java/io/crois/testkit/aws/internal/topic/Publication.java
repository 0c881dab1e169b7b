package io.crois.testkit.aws.internal.topic;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;

/**
 * A message that was published.
 *
 * @param id the message's id
 * @param topicArn where
 * @param subject of the message, if any
 * @param message the text
 * @param attributes by name
 * @param group of a first-in-first-out topic
 * @param deduplication of a first-in-first-out topic
 * @param time when
 */
public record Publication(
        String id,
        String topicArn,
        @Nullable String subject,
        String message,
        Map<String, MessageAttributeValue> attributes,
        @Nullable String group,
        @Nullable String deduplication,
        Instant time) {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** Returns the JSON text that a queue is sent, unless it asked for the message alone. */
    String notification() {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("Type", "Notification");
        json.put("MessageId", id).put("TopicArn", topicArn);
        if (subject != null) {
            json.put("Subject", subject);
        }
        json.put("Message", message).put("Timestamp", time.toString());
        if (!attributes.isEmpty()) {
            json.set("MessageAttributes", attributesAsJson());
        }
        return json.toString();
    }

    /** Returns the event that a function is given. */
    String event(String subscriptionArn) {
        ObjectNode event = MAPPER.createObjectNode();
        ObjectNode record = event.putArray("Records").addObject();
        record.put("EventSource", "aws:sns").put("EventVersion", "1.0").put("EventSubscriptionArn", subscriptionArn);
        ObjectNode sns = record.putObject("Sns");
        sns.put("Type", "Notification").put("MessageId", id).put("TopicArn", topicArn);
        sns.put("Subject", subject).put("Message", message).put("Timestamp", time.toString());
        sns.set("MessageAttributes", attributesAsJson());
        return event.toString();
    }

    private ObjectNode attributesAsJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        attributes.forEach((name, value) -> json.putObject(name)
                .put("Type", value.dataType())
                .put(
                        "Value",
                        value.binaryValue() == null
                                ? value.stringValue()
                                : Base64.getEncoder()
                                        .encodeToString(value.binaryValue().asByteArray())));
        return json;
    }
}
