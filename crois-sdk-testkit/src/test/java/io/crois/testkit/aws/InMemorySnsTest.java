package io.crois.testkit.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.crois.testkit.time.VirtualEventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;
import software.amazon.awssdk.services.sns.model.NotFoundException;
import software.amazon.awssdk.services.sqs.model.Message;

final class InMemorySnsTest {

    private final VirtualEventLoop loop = VirtualEventLoop.create();
    private final InMemoryAws aws = InMemoryAws.builder().eventLoop(loop).build();
    private final SnsClient sns = aws.sns();
    private final String topic =
            sns.createTopic(request -> request.name("news")).topicArn();
    private final String queue =
            aws.sqs().createQueue(request -> request.queueName("inbox")).queueUrl();

    private List<Message> inbox() {
        loop.runUntilIdle();
        return aws.sqs()
                .receiveMessage(request -> request.queueUrl(queue).maxNumberOfMessages(10))
                .messages();
    }

    @Test
    void a_queue_gets_what_is_published() {
        subscribe(Map.of());

        String id = sns.publish(request -> request.topicArn(topic).subject("Hi").message("hello"))
                .messageId();

        JsonNode body = Json.parse(inbox().get(0).body());
        assertThat(body.path("Type").asText()).isEqualTo("Notification");
        assertThat(body.path("MessageId").asText()).isEqualTo(id);
        assertThat(body.path("TopicArn").asText()).isEqualTo(topic);
        assertThat(body.path("Subject").asText()).isEqualTo("Hi");
        assertThat(body.path("Message").asText()).isEqualTo("hello");
    }

    @Test
    void a_queue_can_ask_for_the_message_alone_with_its_attributes() {
        subscribe(Map.of("RawMessageDelivery", "true"));

        sns.publish(request -> request.topicArn(topic)
                .message("hello")
                .messageAttributes(Map.of(
                        "kind",
                        MessageAttributeValue.builder()
                                .dataType("String")
                                .stringValue("greeting")
                                .build())));

        Message message = inbox().get(0);
        assertThat(message.body()).isEqualTo("hello");
        assertThat(message.messageAttributes().get("kind").stringValue()).isEqualTo("greeting");
    }

    @Test
    void a_function_gets_an_event() {
        List<JsonNode> events = new ArrayList<>();
        aws.lambdaFunction("listen", input -> {
            events.add(input);
            return input;
        });
        sns.subscribe(request -> request.topicArn(topic)
                .protocol("lambda")
                .endpoint("arn:aws:lambda:us-east-1:111111111111:function:listen"));

        sns.publish(request -> request.topicArn(topic).message("hello"));
        loop.runUntilIdle();

        assertThat(events.get(0).at("/Records/0/Sns/Message").asText()).isEqualTo("hello");
    }

    @Test
    void an_ended_subscription_gets_nothing() {
        String subscription = subscribe(Map.of());
        assertThat(sns.listSubscriptionsByTopic(request -> request.topicArn(topic))
                        .subscriptions())
                .hasSize(1);

        sns.unsubscribe(request -> request.subscriptionArn(subscription));
        sns.publish(request -> request.topicArn(topic).message("hello"));

        assertThat(inbox()).isEmpty();
    }

    @Test
    void what_is_not_there_or_not_in_memory_is_told() {
        assertThatThrownBy(() ->
                        sns.publish(request -> request.topicArn(topic + "x").message("hello")))
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("Topic does not exist");
        assertThatThrownBy(() -> sns.subscribe(
                        request -> request.topicArn(topic).protocol("email").endpoint("a@b.c")))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("protocol `email`");
        assertThatThrownBy(() -> subscribe(Map.of("FilterPolicy", "{}")))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("FilterPolicy");
        assertThatThrownBy(() -> sns.publishBatch(request -> request.topicArn(topic)))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessage("SnsClient.publishBatch is not in memory.");
    }

    private String subscribe(Map<String, String> attributes) {
        return sns.subscribe(request -> request.topicArn(topic)
                        .protocol("sqs")
                        .endpoint("arn:aws:sqs:us-east-1:111111111111:inbox")
                        .attributes(attributes))
                .subscriptionArn();
    }
}
