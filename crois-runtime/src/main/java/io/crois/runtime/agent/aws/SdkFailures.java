package io.crois.runtime.agent.aws;

import java.io.UncheckedIOException;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/** Says in the agent's words what went wrong in a client of the AWS SDK. */
final class SdkFailures {

    private SdkFailures() {}

    static <T> T in(String operation, Supplier<T> call) {
        try {
            return call.get();
        } catch (AwsServiceException e) {
            String code =
                    e.awsErrorDetails() == null ? null : e.awsErrorDetails().errorCode();
            String name = code == null ? e.getClass().getSimpleName() : code;
            throw ServiceFailure.answeredAtLast(operation, e.statusCode(), name, e);
        } catch (SdkException e) {
            throw ServiceFailure.brokenAtLast(operation, e);
        } catch (UncheckedIOException e) {
            // The client over URLConnection lets this through where an answer is no HTTP; the SDK does not repeat it.
            throw ServiceFailure.broken(operation, e);
        }
    }
}
