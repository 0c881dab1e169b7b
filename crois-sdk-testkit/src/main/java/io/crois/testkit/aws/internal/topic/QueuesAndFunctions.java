package io.crois.testkit.aws.internal.topic;

import io.crois.testkit.aws.internal.events.EventTargets.Delivery;
import io.crois.testkit.aws.internal.lambda.FunctionHost;
import io.crois.testkit.aws.internal.queue.NewMessage;
import io.crois.testkit.aws.internal.queue.Queue;
import io.crois.testkit.aws.internal.queue.QueueStore;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

/** Delivers publications to the account's own queues and functions; those that have gone get nothing. */
public final class QueuesAndFunctions implements TopicStore.Deliveries {

    private final QueueStore queues;
    private final FunctionHost functions;
    private final Predicate<Delivery> allowed;

    /**
     * Delivers to queues and functions.
     *
     * @param allowed says what is let through; the rest is lost
     */
    public QueuesAndFunctions(QueueStore queues, FunctionHost functions, Predicate<Delivery> allowed) {
        this.allowed = allowed;
        this.queues = queues;
        this.functions = functions;
    }

    @Override
    public void send(String queueArn, String body, Publication publication, boolean raw) {
        Queue queue = queues.ofArn(queueArn);
        boolean admitted = isAdmitted(publication, queueArn);
        if (queue == null || !admitted) {
            return;
        }
        boolean fifo = queueArn.endsWith(".fifo");
        String deduplication = publication.deduplication() == null ? publication.id() : publication.deduplication();
        queue.send(new NewMessage(
                body,
                raw ? attributes(publication) : Map.of(),
                null,
                fifo ? String.valueOf(publication.group()) : null,
                fifo ? deduplication : null));
    }

    private boolean isAdmitted(Publication publication, String target) {
        return allowed.test(new Delivery("sns.amazonaws.com", publication.topicArn(), null, target));
    }

    private static Map<String, MessageAttributeValue> attributes(Publication publication) {
        Map<String, MessageAttributeValue> attributes = new HashMap<>();
        publication
                .attributes()
                .forEach((name, value) -> attributes.put(
                        name,
                        MessageAttributeValue.builder()
                                .dataType(value.dataType())
                                .stringValue(value.stringValue())
                                .binaryValue(value.binaryValue())
                                .build()));
        return attributes;
    }

    @Override
    public void invoke(String functionArn, Publication publication, String subscriptionArn) {
        if (isAdmitted(publication, functionArn)) {
            functions.queue(functionArn, SdkBytes.fromUtf8String(publication.event(subscriptionArn)));
        }
    }
}
