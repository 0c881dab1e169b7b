package io.crois.testkit.aws.internal.queue;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/** A message in a queue. Used on the event loop only. */
public final class StoredMessage {

    private final NewMessage sent;
    private final String id;
    private final Instant sentAt;
    private final @Nullable String sequence;
    private Instant visibleAt;
    private @Nullable Instant firstReceivedAt;
    private @Nullable String receipt;
    private int receiveCount;

    StoredMessage(NewMessage sent, String id, Instant sentAt, Instant visibleAt, @Nullable String sequence) {
        this.sent = sent;
        this.id = id;
        this.sentAt = sentAt;
        this.visibleAt = visibleAt;
        this.sequence = sequence;
    }

    boolean isVisible(Instant now) {
        return !now.isBefore(visibleAt);
    }

    /** Returns whether somebody has received it and may still be working on it. */
    boolean isInFlight(Instant now) {
        return receipt != null && !isVisible(now);
    }

    void receive(String newReceipt, Instant now, Instant hiddenUntil) {
        receipt = newReceipt;
        receiveCount++;
        visibleAt = hiddenUntil;
        if (firstReceivedAt == null) {
            firstReceivedAt = now;
        }
    }

    void visibleAt(Instant time) {
        visibleAt = time;
    }

    /** Returns the message as a receiver gets it, with all that the service knows of it. */
    public Message received() {
        Map<MessageSystemAttributeName, String> system = new HashMap<>();
        system.put(MessageSystemAttributeName.SENT_TIMESTAMP, String.valueOf(sentAt.toEpochMilli()));
        system.put(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT, String.valueOf(receiveCount));
        if (firstReceivedAt != null) {
            system.put(
                    MessageSystemAttributeName.APPROXIMATE_FIRST_RECEIVE_TIMESTAMP,
                    String.valueOf(firstReceivedAt.toEpochMilli()));
        }
        if (sent.group() != null) {
            system.put(MessageSystemAttributeName.MESSAGE_GROUP_ID, sent.group());
        }
        if (sequence != null) {
            system.put(MessageSystemAttributeName.SEQUENCE_NUMBER, sequence);
        }
        Message.Builder message = Message.builder()
                .messageId(id)
                .receiptHandle(receipt)
                .body(sent.body())
                .md5OfBody(MessageDigests.of(sent.body()))
                .attributes(system);
        if (!sent.attributes().isEmpty()) {
            message.messageAttributes(sent.attributes()).md5OfMessageAttributes(MessageDigests.of(sent.attributes()));
        }
        return message.build();
    }

    NewMessage sent() {
        return sent;
    }

    /** Returns the message's id. */
    public String id() {
        return id;
    }

    /** Returns its place in a first-in-first-out queue. */
    public @Nullable String sequence() {
        return sequence;
    }

    @Nullable
    String receipt() {
        return receipt;
    }

    int receiveCount() {
        return receiveCount;
    }

    Instant sentAt() {
        return sentAt;
    }
}
