package io.crois.testkit.aws.internal.queue;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** All queues of an account, by their URLs. Used on the event loop only. */
public final class QueueStore {

    private static final String NAME = "[A-Za-z0-9_-]{1,75}(\\.fifo)?|[A-Za-z0-9_-]{1,80}";

    private final Clock clock;
    private final Random random;
    private final String urls;
    private final String arns;
    private final Map<String, Queue> queues = new LinkedHashMap<>();

    public QueueStore(Clock clock, Random random, String region, String account) {
        this.clock = clock;
        this.random = random;
        this.urls = "https://sqs." + region + ".amazonaws.com/" + account + "/";
        this.arns = "arn:aws:sqs:" + region + ":" + account + ":";
    }

    /** Makes a queue, or finds the one of the same name and attributes; returns its URL. */
    public String create(@Nullable String name, Map<String, String> attributes) {
        if (name == null || !name.matches(NAME)) {
            throw QueueRefusal.invalid(
                    "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length");
        }
        Queue existing = queues.get(urls + name);
        if (existing == null) {
            queues.put(urls + name, new Queue(new QueueAttributes(arns + name, attributes), clock, this::id));
            return urls + name;
        }
        String differing = existing.attributes().differing(attributes);
        if (differing != null) {
            throw QueueRefusal.nameExists(differing);
        }
        return urls + name;
    }

    private String id() {
        return new UUID(random.nextLong() & ~0xF000L | 0x4000L, random.nextLong() >>> 2 | Long.MIN_VALUE).toString();
    }

    /** Returns the URL of a queue. */
    public String url(@Nullable String name) {
        require(urls + name);
        return urls + name;
    }

    /** Returns a queue. */
    public Queue require(@Nullable String url) {
        Queue queue = queues.get(String.valueOf(url));
        if (queue == null) {
            throw QueueRefusal.noQueue();
        }
        return queue;
    }

    /** Returns a queue by its ARN, {@code null} when there is none. */
    public @Nullable Queue ofArn(@Nullable String arn) {
        return arn != null && arn.startsWith(arns) ? queues.get(urls + arn.substring(arns.length())) : null;
    }

    /** Returns where a queue's messages go that were received too often, {@code null} when they stay. */
    public @Nullable Queue deadLetters(Queue queue) {
        return ofArn(queue.attributes().deadLetterArn());
    }

    /** Removes a queue with its messages. */
    public void delete(@Nullable String url) {
        require(url);
        queues.remove(String.valueOf(url));
    }

    /** Returns the URLs of the queues whose names begin so. */
    public List<String> list(@Nullable String prefix) {
        return queues.keySet().stream()
                .filter(url -> prefix == null || url.startsWith(urls + prefix))
                .toList();
    }

    /** Delivers text that another service sends to a queue, in one group where the queue is first in, first out. */
    public void deliver(String arn, String body) {
        Queue queue = ofArn(arn);
        if (queue != null) {
            boolean fifo = queue.attributes().isFifo();
            queue.send(new NewMessage(body, Map.of(), null, fifo ? "events" : null, fifo ? id() : null));
        }
    }
}
