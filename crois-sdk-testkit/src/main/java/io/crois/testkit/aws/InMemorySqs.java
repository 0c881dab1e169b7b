package io.crois.testkit.aws;

import io.crois.testkit.aws.internal.queue.MessageDigests;
import io.crois.testkit.aws.internal.queue.NewMessage;
import io.crois.testkit.aws.internal.queue.Queue;
import io.crois.testkit.aws.internal.queue.QueueRefusal;
import io.crois.testkit.aws.internal.queue.QueueStore;
import io.crois.testkit.aws.internal.queue.StoredMessage;
import io.crois.testkit.time.EventLoop;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityRequest;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityResponse;
import software.amazon.awssdk.services.sqs.model.CreateQueueRequest;
import software.amazon.awssdk.services.sqs.model.CreateQueueResponse;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchResponse;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchResultEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageRequest;
import software.amazon.awssdk.services.sqs.model.DeleteMessageResponse;
import software.amazon.awssdk.services.sqs.model.DeleteQueueRequest;
import software.amazon.awssdk.services.sqs.model.DeleteQueueResponse;
import software.amazon.awssdk.services.sqs.model.GetQueueAttributesRequest;
import software.amazon.awssdk.services.sqs.model.GetQueueAttributesResponse;
import software.amazon.awssdk.services.sqs.model.GetQueueUrlRequest;
import software.amazon.awssdk.services.sqs.model.GetQueueUrlResponse;
import software.amazon.awssdk.services.sqs.model.ListQueuesRequest;
import software.amazon.awssdk.services.sqs.model.ListQueuesResponse;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.PurgeQueueRequest;
import software.amazon.awssdk.services.sqs.model.PurgeQueueResponse;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageRequest;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageResponse;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResultEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageResponse;
import software.amazon.awssdk.services.sqs.model.SetQueueAttributesRequest;
import software.amazon.awssdk.services.sqs.model.SetQueueAttributesResponse;

/**
 * Amazon SQS: queues in the order of sending, first-in-first-out ones with groups and deduplication, delays, visibility
 * timeouts, dead-letter queues. Safe for use by several threads.
 *
 * <p>A receiver always gets what is there, in order; the service may answer less and mix the order of queues that are
 * not first in, first out. Waiting for messages takes time of the loop and cannot be done from within one of its tasks.
 * All system attributes are returned. Not in memory: policies, encryption, tags, moving messages back.
 */
final class InMemorySqs implements SqsClient {

    private static final int MAX_BATCH = 10;

    private final QueueStore queues;
    private final EventLoop loop;

    private InMemorySqs(QueueStore queues, EventLoop loop) {
        this.queues = queues;
        this.loop = loop;
    }

    /** Returns a client of queues. */
    static SqsClient of(QueueStore queues, EventLoop loop) {
        return NotInMemory.named(SqsClient.class, new InMemorySqs(queues, loop));
    }

    @Override
    public String serviceName() {
        return "sqs";
    }

    @Override
    public void close() {
        // The queues outlive their clients.
    }

    @Override
    public CreateQueueResponse createQueue(CreateQueueRequest request) {
        String url = loop.call(() -> queues.create(request.queueName(), request.attributesAsStrings()));
        return CreateQueueResponse.builder().queueUrl(url).build();
    }

    @Override
    public GetQueueUrlResponse getQueueUrl(GetQueueUrlRequest request) {
        String url = loop.call(() -> queues.url(request.queueName()));
        return GetQueueUrlResponse.builder().queueUrl(url).build();
    }

    @Override
    public ListQueuesResponse listQueues(ListQueuesRequest request) {
        List<String> urls = loop.call(() -> queues.list(request.queueNamePrefix()));
        return ListQueuesResponse.builder().queueUrls(urls).build();
    }

    @Override
    public DeleteQueueResponse deleteQueue(DeleteQueueRequest request) {
        return told(() -> queues.delete(request.queueUrl()), DeleteQueueResponse.builder()::build);
    }

    @Override
    public PurgeQueueResponse purgeQueue(PurgeQueueRequest request) {
        return told(() -> queues.require(request.queueUrl()).purge(), PurgeQueueResponse.builder()::build);
    }

    @Override
    public GetQueueAttributesResponse getQueueAttributes(GetQueueAttributesRequest request) {
        Map<String, String> all = new HashMap<>(loop.call(() -> {
            Queue queue = queues.require(request.queueUrl());
            Map<String, String> values = queue.attributes().values();
            values.putAll(queue.counts());
            return values;
        }));
        List<String> wanted = request.attributeNamesAsStrings();
        all.keySet().removeIf(name -> !wanted.contains("All") && !wanted.contains(name));
        return GetQueueAttributesResponse.builder().attributesWithStrings(all).build();
    }

    @Override
    public SetQueueAttributesResponse setQueueAttributes(SetQueueAttributesRequest request) {
        return told(
                () -> queues.require(request.queueUrl()).attributes().set(request.attributesAsStrings()),
                SetQueueAttributesResponse.builder()::build);
    }

    @Override
    public SendMessageResponse sendMessage(SendMessageRequest request) {
        NewMessage message = message(
                request.messageBody(),
                request.messageAttributes(),
                request.delaySeconds(),
                request.messageGroupId(),
                request.messageDeduplicationId());
        StoredMessage stored =
                loop.call(() -> queues.require(request.queueUrl()).send(message));
        return SendMessageResponse.builder()
                .messageId(stored.id())
                .sequenceNumber(stored.sequence())
                .md5OfMessageBody(MessageDigests.of(message.body()))
                .md5OfMessageAttributes(digest(message))
                .build();
    }

    private static NewMessage message(
            @Nullable String body,
            Map<String, MessageAttributeValue> attributes,
            @Nullable Integer delay,
            @Nullable String group,
            @Nullable String deduplication) {
        if (body == null) {
            throw QueueRefusal.missing("MessageBody");
        }
        return new NewMessage(body, attributes, delay, group, deduplication);
    }

    private static @Nullable String digest(NewMessage message) {
        return message.attributes().isEmpty() ? null : MessageDigests.of(message.attributes());
    }

    @Override
    public SendMessageBatchResponse sendMessageBatch(SendMessageBatchRequest request) {
        requireBatch(request.entries().size());
        SendMessageBatchResponse.Builder response = SendMessageBatchResponse.builder();
        List<SendMessageBatchResultEntry> sent = new ArrayList<>();
        List<BatchResultErrorEntry> failed = new ArrayList<>();
        loop.call(() -> queues.require(request.queueUrl()));
        for (SendMessageBatchRequestEntry entry : request.entries()) {
            try {
                sent.add(send(request.queueUrl(), entry));
            } catch (AwsServiceException e) {
                failed.add(BatchResultErrorEntry.builder()
                        .id(entry.id())
                        .senderFault(true)
                        .code(e.awsErrorDetails().errorCode())
                        .message(e.awsErrorDetails().errorMessage())
                        .build());
            }
        }
        return response.successful(sent).failed(failed).build();
    }

    private SendMessageBatchResultEntry send(String url, SendMessageBatchRequestEntry entry) {
        SendMessageResponse sent = sendMessage(SendMessageRequest.builder()
                .queueUrl(url)
                .messageBody(entry.messageBody())
                .messageAttributes(entry.messageAttributes())
                .delaySeconds(entry.delaySeconds())
                .messageGroupId(entry.messageGroupId())
                .messageDeduplicationId(entry.messageDeduplicationId())
                .build());
        return SendMessageBatchResultEntry.builder()
                .id(entry.id())
                .messageId(sent.messageId())
                .md5OfMessageBody(sent.md5OfMessageBody())
                .md5OfMessageAttributes(sent.md5OfMessageAttributes())
                .sequenceNumber(sent.sequenceNumber())
                .build();
    }

    private static void requireBatch(int entries) {
        if (entries < 1 || entries > MAX_BATCH) {
            throw QueueRefusal.invalid(
                    "There must be 1 to " + MAX_BATCH + " entries in a batch, but there were " + entries + ".");
        }
    }

    @Override
    public ReceiveMessageResponse receiveMessage(ReceiveMessageRequest request) {
        int most = request.maxNumberOfMessages() == null ? 1 : request.maxNumberOfMessages();
        if (most < 1 || most > MAX_BATCH) {
            throw QueueRefusal.invalid(
                    "Value " + most + " for parameter MaxNumberOfMessages is invalid. Reason: Must be "
                            + "between 1 and 10, if provided.");
        }
        Queue queue = loop.call(() -> queues.require(request.queueUrl()));
        await(queue, request.waitTimeSeconds());
        List<StoredMessage> received =
                loop.call(() -> queue.receive(most, request.visibilityTimeout(), queues.deadLetters(queue)));
        return ReceiveMessageResponse.builder()
                .messages(received.stream().map(StoredMessage::received).toList())
                .build();
    }

    private void await(Queue queue, @Nullable Integer asked) {
        int seconds = asked == null ? queue.attributes().seconds("ReceiveMessageWaitTimeSeconds") : asked;
        if (seconds <= 0 || loop.call(queue::hasVisible)) {
            return;
        }
        Instant deadline = loop.now().plusSeconds(seconds);
        EventLoop.Timer timer = loop.after(Duration.ofSeconds(seconds), () -> {});
        loop.runUntil(() -> queue.hasVisible() || !loop.now().isBefore(deadline));
        timer.cancel();
    }

    @Override
    public DeleteMessageResponse deleteMessage(DeleteMessageRequest request) {
        return told(
                () -> queues.require(request.queueUrl()).delete(request.receiptHandle()),
                DeleteMessageResponse.builder()::build);
    }

    @Override
    public DeleteMessageBatchResponse deleteMessageBatch(DeleteMessageBatchRequest request) {
        requireBatch(request.entries().size());
        request.entries()
                .forEach(entry -> loop.call(() -> {
                    queues.require(request.queueUrl()).delete(entry.receiptHandle());
                    return entry;
                }));
        return DeleteMessageBatchResponse.builder()
                .successful(request.entries().stream()
                        .map(entry -> DeleteMessageBatchResultEntry.builder()
                                .id(entry.id())
                                .build())
                        .toList())
                .build();
    }

    @Override
    public ChangeMessageVisibilityResponse changeMessageVisibility(ChangeMessageVisibilityRequest request) {
        return told(
                () -> queues.require(request.queueUrl()).hide(request.receiptHandle(), request.visibilityTimeout()),
                ChangeMessageVisibilityResponse.builder()::build);
    }

    private <T> T told(Runnable work, Supplier<T> answer) {
        return loop.call(() -> {
            work.run();
            return answer.get();
        });
    }
}
