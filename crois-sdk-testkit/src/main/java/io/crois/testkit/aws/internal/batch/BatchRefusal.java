package io.crois.testkit.aws.internal.batch;

import io.crois.testkit.aws.internal.ServiceRefusal;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.batch.model.ClientException;

/** Makes the exception that the service answers with. */
final class BatchRefusal {

    private BatchRefusal() {}

    static AwsServiceException client(String message) {
        return ServiceRefusal.of(ClientException.builder(), "Batch", message);
    }

    static void unlessValid(boolean valid, String message) {
        if (!valid) {
            throw client(message);
        }
    }

    static void unlessInMemory(boolean inMemory, String what) {
        if (!inMemory) {
            throw new UnsupportedOperationException(what + " are not in memory.");
        }
    }
}
