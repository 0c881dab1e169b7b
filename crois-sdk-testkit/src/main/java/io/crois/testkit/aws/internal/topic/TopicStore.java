package io.crois.testkit.aws.internal.topic;

import io.crois.testkit.time.EventLoop;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;
import software.amazon.awssdk.services.sns.model.Subscription;

/** All topics of an account and who is subscribed to them. Used on the event loop only. */
public final class TopicStore {

    private static final String NAME = "[A-Za-z0-9_-]{1,256}(\\.fifo)?";

    private final EventLoop loop;
    private final Random random;
    private final String arns;
    private final String account;
    private final Deliveries deliveries;
    private final Map<String, Map<String, String>> topics = new LinkedHashMap<>();
    private final Map<String, Subscribed> subscriptions = new LinkedHashMap<>();

    public TopicStore(EventLoop loop, Random random, String region, String account, Deliveries deliveries) {
        this.loop = loop;
        this.random = random;
        this.arns = "arn:aws:sns:" + region + ":" + account + ":";
        this.account = account;
        this.deliveries = deliveries;
    }

    /** Makes a topic, or finds the one of the same name; returns its ARN. */
    public String create(@Nullable String name, Map<String, String> attributes) {
        boolean fifo = Boolean.parseBoolean(attributes.getOrDefault("FifoTopic", "false"));
        if (name == null || !name.matches(NAME) || name.endsWith(".fifo") != fifo) {
            throw TopicRefusal.invalid("Topic Name");
        }
        topics.computeIfAbsent(arns + name, arn -> new LinkedHashMap<>(attributes));
        return arns + name;
    }

    /** Removes a topic and its subscriptions; does nothing when there is none. */
    public void delete(String arn) {
        topics.remove(arn);
        subscriptions.values().removeIf(subscribed -> subscribed.topicArn.equals(arn));
    }

    /** Returns the ARNs of all topics. */
    public List<String> topics() {
        return List.copyOf(topics.keySet());
    }

    /** Returns a topic's attributes. */
    public Map<String, String> attributes(@Nullable String arn) {
        Map<String, String> attributes = new LinkedHashMap<>(require(arn));
        attributes.put("TopicArn", String.valueOf(arn));
        attributes.put("Owner", account);
        attributes.put(
                "SubscriptionsConfirmed", String.valueOf(subscriptions(arn).size()));
        return attributes;
    }

    private Map<String, String> require(@Nullable String arn) {
        Map<String, String> topic = topics.get(String.valueOf(arn));
        if (topic == null) {
            throw TopicRefusal.noTopic();
        }
        return topic;
    }

    /** Subscribes a queue or a function, or finds its subscription; returns the subscription's ARN. */
    public String subscribe(
            @Nullable String topicArn, @Nullable String protocol, @Nullable String endpoint, boolean raw) {
        require(topicArn);
        if (!"sqs".equals(protocol) && !"lambda".equals(protocol)) {
            throw new UnsupportedOperationException(
                    "Subscriptions with the protocol `" + protocol + "` are not in memory; `sqs` and `lambda` are.");
        }
        if (endpoint == null || !endpoint.startsWith("arn:aws:" + protocol + ":")) {
            throw TopicRefusal.invalid("Endpoint Reason: Please use an ARN of " + protocol);
        }
        for (Subscribed subscribed : subscriptions.values()) {
            if (subscribed.topicArn.equals(topicArn) && subscribed.endpoint.equals(endpoint)) {
                return subscribed.arn;
            }
        }
        String arn = topicArn + ":" + id();
        subscriptions.put(arn, new Subscribed(arn, String.valueOf(topicArn), String.valueOf(protocol), endpoint, raw));
        return arn;
    }

    /** Ends a subscription. */
    public void unsubscribe(String arn) {
        if (subscriptions.remove(arn) == null) {
            throw TopicRefusal.noSubscription();
        }
    }

    /** Sets whether a queue is sent the message alone. */
    public void raw(String subscriptionArn, boolean raw) {
        Subscribed subscribed = subscriptions.get(subscriptionArn);
        if (subscribed == null) {
            throw TopicRefusal.noSubscription();
        }
        subscriptions.put(
                subscriptionArn,
                new Subscribed(subscribed.arn, subscribed.topicArn, subscribed.protocol, subscribed.endpoint, raw));
    }

    /** Returns the subscriptions of a topic, of all topics for {@code null}. */
    public List<Subscription> subscriptions(@Nullable String topicArn) {
        return subscriptions.values().stream()
                .filter(subscribed -> topicArn == null || subscribed.topicArn.equals(topicArn))
                .map(subscribed -> Subscription.builder()
                        .subscriptionArn(subscribed.arn)
                        .topicArn(subscribed.topicArn)
                        .protocol(subscribed.protocol)
                        .endpoint(subscribed.endpoint)
                        .owner(account)
                        .build())
                .toList();
    }

    /** Publishes a message: every subscriber gets it in a task of the loop of its own. */
    public Publication publish(
            @Nullable String topicArn,
            @Nullable String subject,
            String message,
            Map<String, MessageAttributeValue> attributes,
            @Nullable String group,
            @Nullable String deduplication) {
        boolean fifo = String.valueOf(topicArn).endsWith(".fifo");
        require(topicArn);
        if (fifo && group == null) {
            throw TopicRefusal.invalid("The MessageGroupId parameter is required for FIFO topics");
        }
        Publication publication = new Publication(
                id(), String.valueOf(topicArn), subject, message, attributes, group, deduplication, loop.now());
        for (Subscribed subscribed : new ArrayList<>(subscriptions.values())) {
            if (subscribed.topicArn.equals(topicArn)) {
                loop.post(() -> deliver(subscribed, publication));
            }
        }
        return publication;
    }

    private void deliver(Subscribed subscribed, Publication publication) {
        if (subscribed.protocol.equals("lambda")) {
            deliveries.invoke(subscribed.endpoint, publication, subscribed.arn);
        } else {
            String body = subscribed.raw ? publication.message() : publication.notification();
            deliveries.send(subscribed.endpoint, body, publication, subscribed.raw);
        }
    }

    private String id() {
        return new UUID(random.nextLong() & ~0xF000L | 0x4000L, random.nextLong() >>> 2 | Long.MIN_VALUE).toString();
    }

    /** Who takes what subscribers get. */
    public interface Deliveries {

        /** Sends a body to a queue; with {@code raw}, the publication's attributes are those of the message. */
        void send(String queueArn, String body, Publication publication, boolean raw);

        /** Gives the event of a publication to a function. */
        void invoke(String functionArn, Publication publication, String subscriptionArn);
    }

    private record Subscribed(String arn, String topicArn, String protocol, String endpoint, boolean raw) {}
}
