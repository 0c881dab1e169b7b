package io.crois.testkit.aws.internal.queue;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One queue: messages in the order of their sending, each hidden for a time when it was received. Of a group of a
 * first-in-first-out queue, nothing is received while a message of it is being worked on. Used on the event loop only.
 */
public final class Queue {

    private static final Duration DEDUPLICATION = Duration.ofMinutes(5);

    private final QueueAttributes attributes;
    private final Clock clock;
    private final Supplier<String> ids;
    private final List<StoredMessage> messages = new ArrayList<>();
    private final Map<String, StoredMessage> deduplicated = new HashMap<>();
    private long sequence = 1_000_000_000_000_000_000L;

    Queue(QueueAttributes attributes, Clock clock, Supplier<String> ids) {
        this.attributes = attributes;
        this.clock = clock;
        this.ids = ids;
    }

    /** Returns what is set for the queue. */
    public QueueAttributes attributes() {
        return attributes;
    }

    /**
     * Adds a message, or returns the one of the last five minutes that has the same deduplication id.
     *
     * @throws software.amazon.awssdk.awscore.exception.AwsServiceException if the queue does not take it
     */
    public StoredMessage send(NewMessage message) {
        attributes.check(message);
        Instant now = clock.instant();
        String deduplication = deduplication(message);
        StoredMessage same = deduplication == null ? null : deduplicated.get(deduplication);
        if (same != null && now.isBefore(same.sentAt().plus(DEDUPLICATION))) {
            return same;
        }
        int delay = message.delaySeconds() == null ? attributes.seconds("DelaySeconds") : message.delaySeconds();
        StoredMessage stored = new StoredMessage(
                message,
                ids.get(),
                now,
                now.plusSeconds(delay),
                attributes.isFifo() ? String.valueOf(++sequence) : null);
        messages.add(stored);
        if (deduplication != null) {
            deduplicated.put(deduplication, stored);
        }
        return stored;
    }

    private @Nullable String deduplication(NewMessage message) {
        if (!attributes.isFifo() || message.deduplication() != null) {
            return attributes.isFifo() ? message.deduplication() : null;
        }
        return MessageDigests.of(message.body());
    }

    /**
     * Receives messages and hides them.
     *
     * @param most how many at most
     * @param hiddenSeconds for how long, {@code null} for the queue's own time
     * @param deadLetters takes those that were received too often
     */
    public List<StoredMessage> receive(int most, @Nullable Integer hiddenSeconds, @Nullable Queue deadLetters) {
        Instant now = clock.instant();
        removeExpired(now);
        int seconds = hiddenSeconds == null ? attributes.seconds("VisibilityTimeout") : hiddenSeconds;
        List<StoredMessage> received = new ArrayList<>();
        Set<String> locked = lockedGroups(now);
        Iterator<StoredMessage> all = messages.iterator();
        while (all.hasNext() && received.size() < most) {
            StoredMessage message = all.next();
            if (!message.isVisible(now) || isLocked(locked, message)) {
                continue;
            }
            if (deadLetters != null && message.receiveCount() >= attributes.maxReceiveCount()) {
                all.remove();
                deadLetters.messages.add(new StoredMessage(message.sent(), message.id(), message.sentAt(), now, null));
                continue;
            }
            message.receive(ids.get(), now, now.plusSeconds(seconds));
            received.add(message);
        }
        return received;
    }

    private static boolean isLocked(Set<String> locked, StoredMessage message) {
        return message.sent().group() != null && locked.contains(message.sent().group());
    }

    /** Returns the groups of a first-in-first-out queue of which a message is being worked on. */
    private Set<String> lockedGroups(Instant now) {
        Set<String> locked = new HashSet<>();
        if (attributes.isFifo()) {
            messages.stream()
                    .filter(message -> message.isInFlight(now))
                    .forEach(message -> locked.add(String.valueOf(message.sent().group())));
        }
        return locked;
    }

    private void removeExpired(Instant now) {
        int kept = attributes.seconds("MessageRetentionPeriod");
        messages.removeIf(message -> now.isAfter(message.sentAt().plusSeconds(kept)));
    }

    /** Removes the message of a receipt; does nothing when it has gone already. */
    public void delete(String receipt) {
        messages.removeIf(message -> receipt.equals(message.receipt()));
    }

    /** Changes for how long, from now on, the message of a receipt is hidden. */
    public void hide(String receipt, int seconds) {
        Instant now = clock.instant();
        messages.stream()
                .filter(message -> receipt.equals(message.receipt()) && message.isInFlight(now))
                .findFirst()
                .orElseThrow(() -> QueueRefusal.receipt(receipt))
                .visibleAt(now.plusSeconds(seconds));
    }

    /** Removes all messages. */
    public void purge() {
        messages.clear();
    }

    /** Returns whether there is something to receive now. */
    public boolean hasVisible() {
        Instant now = clock.instant();
        Set<String> locked = lockedGroups(now);
        return messages.stream().anyMatch(message -> message.isVisible(now) && !isLocked(locked, message));
    }

    /**
     * Returns how many messages can be received, are being worked on, and are not yet due, by their attributes' names.
     */
    public Map<String, String> counts() {
        Instant now = clock.instant();
        removeExpired(now);
        long visible =
                messages.stream().filter(message -> message.isVisible(now)).count();
        long inFlight =
                messages.stream().filter(message -> message.isInFlight(now)).count();
        return Map.of(
                "ApproximateNumberOfMessages", String.valueOf(visible),
                "ApproximateNumberOfMessagesNotVisible", String.valueOf(inFlight),
                "ApproximateNumberOfMessagesDelayed", String.valueOf(messages.size() - visible - inFlight));
    }
}
