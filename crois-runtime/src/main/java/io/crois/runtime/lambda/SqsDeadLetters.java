package io.crois.runtime.lambda;

import java.util.List;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Dead letters in a queue of Amazon SQS. What is taken and not removed is there again after the visibility timeout. */
final class SqsDeadLetters implements DeadLetters {
    private static final int AT_ONCE = 10;
    private static final int HIDDEN_SECONDS = 300;

    private final SqsClient sqs;
    private final String queueUrl;

    SqsDeadLetters(SqsClient sqs, String queueUrl) {
        this.sqs = sqs;
        this.queueUrl = queueUrl;
    }

    @Override
    public List<Letter> take() {
        return sqs
                .receiveMessage(request -> request.queueUrl(queueUrl)
                        .maxNumberOfMessages(AT_ONCE)
                        .visibilityTimeout(HIDDEN_SECONDS)
                        .waitTimeSeconds(0))
                .messages()
                .stream()
                .map(message -> new Letter(message.receiptHandle(), message.body()))
                .toList();
    }

    @Override
    public void remove(Letter letter) {
        sqs.deleteMessage(request -> request.queueUrl(queueUrl).receiptHandle(letter.receipt()));
    }
}
