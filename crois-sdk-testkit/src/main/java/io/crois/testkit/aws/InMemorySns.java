package io.crois.testkit.aws;

import io.crois.testkit.aws.internal.topic.Publication;
import io.crois.testkit.aws.internal.topic.TopicRefusal;
import io.crois.testkit.aws.internal.topic.TopicStore;
import io.crois.testkit.time.EventLoop;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.CreateTopicRequest;
import software.amazon.awssdk.services.sns.model.CreateTopicResponse;
import software.amazon.awssdk.services.sns.model.DeleteTopicRequest;
import software.amazon.awssdk.services.sns.model.DeleteTopicResponse;
import software.amazon.awssdk.services.sns.model.GetTopicAttributesRequest;
import software.amazon.awssdk.services.sns.model.GetTopicAttributesResponse;
import software.amazon.awssdk.services.sns.model.ListSubscriptionsByTopicRequest;
import software.amazon.awssdk.services.sns.model.ListSubscriptionsByTopicResponse;
import software.amazon.awssdk.services.sns.model.ListSubscriptionsRequest;
import software.amazon.awssdk.services.sns.model.ListSubscriptionsResponse;
import software.amazon.awssdk.services.sns.model.ListTopicsRequest;
import software.amazon.awssdk.services.sns.model.ListTopicsResponse;
import software.amazon.awssdk.services.sns.model.PublishRequest;
import software.amazon.awssdk.services.sns.model.PublishResponse;
import software.amazon.awssdk.services.sns.model.SetSubscriptionAttributesRequest;
import software.amazon.awssdk.services.sns.model.SetSubscriptionAttributesResponse;
import software.amazon.awssdk.services.sns.model.SubscribeRequest;
import software.amazon.awssdk.services.sns.model.SubscribeResponse;
import software.amazon.awssdk.services.sns.model.Topic;
import software.amazon.awssdk.services.sns.model.UnsubscribeRequest;
import software.amazon.awssdk.services.sns.model.UnsubscribeResponse;

/**
 * Amazon SNS: topics, and subscriptions of the account's own queues and functions, which are confirmed at once. Safe
 * for use by several threads.
 *
 * <p>Lists come in one page. Not in memory: other protocols, phones and applications, filter policies, message
 * structures by protocol, batches, policies, encryption, tags.
 */
final class InMemorySns implements SnsClient {

    private static final String RAW = "RawMessageDelivery";

    private final TopicStore topics;
    private final EventLoop loop;

    private InMemorySns(TopicStore topics, EventLoop loop) {
        this.topics = topics;
        this.loop = loop;
    }

    /** Returns a client of topics. */
    static SnsClient of(TopicStore topics, EventLoop loop) {
        return NotInMemory.named(SnsClient.class, new InMemorySns(topics, loop));
    }

    @Override
    public String serviceName() {
        return "sns";
    }

    @Override
    public void close() {
        // The topics outlive their clients.
    }

    @Override
    public CreateTopicResponse createTopic(CreateTopicRequest request) {
        String arn = loop.call(() -> topics.create(request.name(), request.attributes()));
        return CreateTopicResponse.builder().topicArn(arn).build();
    }

    @Override
    public DeleteTopicResponse deleteTopic(DeleteTopicRequest request) {
        return told(() -> topics.delete(request.topicArn()), DeleteTopicResponse.builder()::build);
    }

    @Override
    public ListTopicsResponse listTopics(ListTopicsRequest request) {
        List<String> arns = loop.call(topics::topics);
        return ListTopicsResponse.builder()
                .topics(arns.stream()
                        .map(arn -> Topic.builder().topicArn(arn).build())
                        .toList())
                .build();
    }

    @Override
    public GetTopicAttributesResponse getTopicAttributes(GetTopicAttributesRequest request) {
        Map<String, String> attributes = loop.call(() -> topics.attributes(request.topicArn()));
        return GetTopicAttributesResponse.builder().attributes(attributes).build();
    }

    @Override
    public SubscribeResponse subscribe(SubscribeRequest request) {
        requireKnown(request.attributes().keySet());
        boolean raw = Boolean.parseBoolean(request.attributes().getOrDefault(RAW, "false"));
        String arn = loop.call(() -> topics.subscribe(request.topicArn(), request.protocol(), request.endpoint(), raw));
        return SubscribeResponse.builder().subscriptionArn(arn).build();
    }

    private static void requireKnown(Set<String> attributes) {
        attributes.stream().filter(name -> !name.equals(RAW)).findFirst().ifPresent(name -> {
            throw new UnsupportedOperationException(
                    "The attribute `" + name + "` of subscriptions is not in memory; `" + RAW + "` is.");
        });
    }

    @Override
    public SetSubscriptionAttributesResponse setSubscriptionAttributes(SetSubscriptionAttributesRequest request) {
        requireKnown(Set.of(request.attributeName()));
        return told(
                () -> topics.raw(request.subscriptionArn(), Boolean.parseBoolean(request.attributeValue())),
                SetSubscriptionAttributesResponse.builder()::build);
    }

    @Override
    public UnsubscribeResponse unsubscribe(UnsubscribeRequest request) {
        return told(() -> topics.unsubscribe(request.subscriptionArn()), UnsubscribeResponse.builder()::build);
    }

    @Override
    public ListSubscriptionsResponse listSubscriptions(ListSubscriptionsRequest request) {
        return ListSubscriptionsResponse.builder()
                .subscriptions(loop.call(() -> topics.subscriptions(null)))
                .build();
    }

    @Override
    public ListSubscriptionsByTopicResponse listSubscriptionsByTopic(ListSubscriptionsByTopicRequest request) {
        return ListSubscriptionsByTopicResponse.builder()
                .subscriptions(loop.call(() -> {
                    topics.attributes(request.topicArn());
                    return topics.subscriptions(request.topicArn());
                }))
                .build();
    }

    @Override
    public PublishResponse publish(PublishRequest request) {
        if (request.phoneNumber() != null || request.messageStructure() != null) {
            throw new UnsupportedOperationException(
                    "SnsClient.publish to phones or with a message structure is not in" + " memory; to a topic it is.");
        }
        if (request.message() == null || request.message().isEmpty()) {
            throw TopicRefusal.invalid("Empty message");
        }
        String topic = request.topicArn() == null ? request.targetArn() : request.topicArn();
        Publication published = loop.call(() -> topics.publish(
                topic,
                request.subject(),
                request.message(),
                request.messageAttributes(),
                request.messageGroupId(),
                request.messageDeduplicationId()));
        return PublishResponse.builder().messageId(published.id()).build();
    }

    private <T> T told(Runnable work, Supplier<T> answer) {
        return loop.call(() -> {
            work.run();
            return answer.get();
        });
    }
}
