package io.crois.testkit.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crois.testkit.time.VirtualEventLoop;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;
import software.amazon.awssdk.services.sqs.model.QueueNameExistsException;
import software.amazon.awssdk.services.sqs.model.ReceiptHandleIsInvalidException;
import software.amazon.awssdk.services.sqs.model.SendMessageResponse;
import software.amazon.awssdk.services.sqs.model.SqsException;

final class InMemorySqsTest {

    private final VirtualEventLoop loop = VirtualEventLoop.create();
    private final SqsClient sqs = InMemoryAws.builder().eventLoop(loop).build().sqs();
    private final String queue =
            sqs.createQueue(request -> request.queueName("work")).queueUrl();

    private List<Message> receive(String url) {
        return sqs.receiveMessage(request -> request.queueUrl(url).maxNumberOfMessages(10))
                .messages();
    }

    private void send(String body) {
        sqs.sendMessage(request -> request.queueUrl(queue).messageBody(body));
    }

    private String fifo(String name) {
        return sqs.createQueue(request -> request.queueName(name)
                        .attributes(Map.of(
                                QueueAttributeName.FIFO_QUEUE, "true",
                                QueueAttributeName.CONTENT_BASED_DEDUPLICATION, "true")))
                .queueUrl();
    }

    @Test
    void a_message_is_received_and_gone_when_it_was_deleted() {
        SendMessageResponse sent =
                sqs.sendMessage(request -> request.queueUrl(queue).messageBody("hello"));

        Message message = receive(queue).get(0);
        sqs.deleteMessage(request -> request.queueUrl(queue).receiptHandle(message.receiptHandle()));
        loop.advance(Duration.ofMinutes(1));

        assertThat(sent.md5OfMessageBody()).isEqualTo("5d41402abc4b2a76b9719d911017c592");
        assertThat(message.messageId()).isEqualTo(sent.messageId());
        assertThat(message.body()).isEqualTo("hello");
        assertThat(receive(queue)).isEmpty();
    }

    @Test
    void a_message_that_is_not_deleted_in_time_is_received_again() {
        send("hello");

        receive(queue);
        assertThat(receive(queue)).isEmpty();
        loop.advance(Duration.ofSeconds(30));
        Message again = receive(queue).get(0);

        assertThat(again.attributes()).containsEntry(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT, "2");
    }

    @Test
    void the_visibility_of_a_message_can_be_changed_while_it_is_hidden() {
        send("hello");
        String receipt = receive(queue).get(0).receiptHandle();

        sqs.changeMessageVisibility(
                request -> request.queueUrl(queue).receiptHandle(receipt).visibilityTimeout(0));

        assertThat(receive(queue)).hasSize(1);
        assertThatThrownBy(() -> sqs.changeMessageVisibility(
                        request -> request.queueUrl(queue).receiptHandle("no").visibilityTimeout(0)))
                .isInstanceOf(ReceiptHandleIsInvalidException.class);
    }

    @Test
    void a_receiver_waits_for_a_message_in_the_time_of_the_loop() {
        Instant start = loop.now();
        loop.after(Duration.ofSeconds(5), () -> send("late"));

        List<Message> messages = sqs.receiveMessage(
                        request -> request.queueUrl(queue).waitTimeSeconds(20))
                .messages();
        List<Message> none = sqs.receiveMessage(
                        request -> request.queueUrl(queue).waitTimeSeconds(10))
                .messages();

        assertThat(messages).extracting(Message::body).containsExactly("late");
        assertThat(none).isEmpty();
        assertThat(Duration.between(start, loop.now())).isEqualTo(Duration.ofSeconds(15));
    }

    @Test
    void delays_and_retention_are_kept() {
        sqs.sendMessage(request -> request.queueUrl(queue).messageBody("later").delaySeconds(60));

        assertThat(receive(queue)).isEmpty();
        assertThat(sqs.getQueueAttributes(request -> request.queueUrl(queue).attributeNames(QueueAttributeName.ALL))
                        .attributesAsStrings())
                .containsEntry("ApproximateNumberOfMessagesDelayed", "1")
                .containsEntry("QueueArn", "arn:aws:sqs:us-east-1:111111111111:work");
        loop.advance(Duration.ofSeconds(60));
        assertThat(receive(queue)).hasSize(1);
        loop.advance(Duration.ofDays(4));
        assertThat(receive(queue)).isEmpty();
    }

    @Test
    void of_a_group_nothing_is_received_while_a_message_of_it_is_worked_on() {
        String url = fifo("orders.fifo");
        for (String body : List.of("a1", "a2", "b1")) {
            sqs.sendMessage(request -> request.queueUrl(url).messageBody(body).messageGroupId(body.substring(0, 1)));
        }

        List<Message> first =
                sqs.receiveMessage(request -> request.queueUrl(url)).messages();
        List<Message> second = receive(url);
        sqs.deleteMessage(
                request -> request.queueUrl(url).receiptHandle(first.get(0).receiptHandle()));
        List<Message> third = receive(url);

        assertThat(first).extracting(Message::body).containsExactly("a1");
        assertThat(second).extracting(Message::body).containsExactly("b1");
        assertThat(third).extracting(Message::body).containsExactly("a2");
    }

    @Test
    void the_same_message_within_five_minutes_is_taken_once() {
        String url = fifo("once.fifo");
        SendMessageResponse first = sqs.sendMessage(
                request -> request.queueUrl(url).messageBody("x").messageGroupId("g"));
        SendMessageResponse second = sqs.sendMessage(
                request -> request.queueUrl(url).messageBody("x").messageGroupId("g"));
        loop.advance(Duration.ofMinutes(5));
        SendMessageResponse third = sqs.sendMessage(
                request -> request.queueUrl(url).messageBody("x").messageGroupId("g"));

        assertThat(second.messageId()).isEqualTo(first.messageId());
        assertThat(third.messageId()).isNotEqualTo(first.messageId());
        assertThatThrownBy(
                        () -> sqs.sendMessage(request -> request.queueUrl(url).messageBody("y")))
                .isInstanceOf(SqsException.class)
                .hasMessageContaining("MessageGroupId");
    }

    @Test
    void a_message_that_is_received_too_often_goes_to_the_dead_letters() {
        String dead = sqs.createQueue(request -> request.queueName("dead")).queueUrl();
        String source = sqs.createQueue(
                        request -> request.queueName("source")
                                .attributes(
                                        Map.of(
                                                QueueAttributeName.REDRIVE_POLICY,
                                                "{\"deadLetterTargetArn\":\"arn:aws:sqs:us-east-1:111111111111:dead\",\"maxReceiveCount\":2}")))
                .queueUrl();
        sqs.sendMessage(request -> request.queueUrl(source).messageBody("poison"));

        for (int i = 0; i < 3; i++) {
            receive(source);
            loop.advance(Duration.ofSeconds(30));
        }

        assertThat(receive(source)).isEmpty();
        assertThat(receive(dead)).extracting(Message::body).containsExactly("poison");
    }

    @Test
    void a_batch_tells_of_each_entry_how_it_went() {
        var sent = sqs.sendMessageBatch(request -> request.queueUrl(queue)
                .entries(
                        entry -> entry.id("1").messageBody("ok"),
                        entry -> entry.id("2").messageBody("x".repeat(1_048_577))));

        assertThat(sent.successful()).extracting(entry -> entry.id()).containsExactly("1");
        assertThat(sent.failed()).extracting(entry -> entry.id()).containsExactly("2");
        var receipts = receive(queue);
        sqs.deleteMessageBatch(request -> request.queueUrl(queue)
                .entries(entry -> entry.id("1").receiptHandle(receipts.get(0).receiptHandle())));
        loop.advance(Duration.ofMinutes(1));
        assertThat(receive(queue)).isEmpty();
    }

    @Test
    void queues_are_found_by_name_and_refused_when_they_are_not_there() {
        assertThat(sqs.getQueueUrl(request -> request.queueName("work")).queueUrl())
                .isEqualTo(queue)
                .isEqualTo("https://sqs.us-east-1.amazonaws.com/111111111111/work");
        assertThat(sqs.createQueue(request -> request.queueName("work")).queueUrl())
                .isEqualTo(queue);
        assertThatThrownBy(() -> sqs.createQueue(
                        request -> request.queueName("work").attributes(Map.of(QueueAttributeName.DELAY_SECONDS, "5"))))
                .isInstanceOf(QueueNameExistsException.class);
        assertThatThrownBy(() -> sqs.getQueueUrl(request -> request.queueName("nowhere")))
                .isInstanceOf(QueueDoesNotExistException.class)
                .hasMessageContaining("The specified queue does not exist.");
        assertThatThrownBy(() -> sqs.createQueue(request -> request.queueName("no.good")))
                .isInstanceOf(SqsException.class);
        sqs.deleteQueue(request -> request.queueUrl(queue));
        assertThat(sqs.listQueues().queueUrls()).isEmpty();
    }
}
