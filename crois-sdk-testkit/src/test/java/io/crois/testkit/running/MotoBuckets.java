package io.crois.testkit.running;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.EventBridgeConfiguration;
import software.amazon.awssdk.services.s3.model.GetBucketNotificationConfigurationRequest;
import software.amazon.awssdk.services.s3.model.GetBucketNotificationConfigurationResponse;
import software.amazon.awssdk.services.s3.model.PutBucketNotificationConfigurationRequest;

/** Amazon S3 of moto that tells which buckets send events: see {@link MotoDifference#BUCKETS_DO_NOT_TELL_OF_EVENTS}. */
final class MotoBuckets {
    private final S3Client moto;
    private final Set<String> sending = ConcurrentHashMap.newKeySet();

    private MotoBuckets(S3Client moto) {
        this.moto = moto;
    }

    /** Returns a client that does the rest as moto does. */
    @SuppressWarnings("unchecked")
    static S3Client of(S3Client moto) {
        MotoBuckets filled = new MotoBuckets(moto);
        return FilledClient.of(
                S3Client.class,
                moto,
                Map.of(
                        "putBucketNotificationConfiguration",
                        asked -> filled.put((Consumer<PutBucketNotificationConfigurationRequest.Builder>) asked),
                        "getBucketNotificationConfiguration",
                        asked -> filled.get((Consumer<GetBucketNotificationConfigurationRequest.Builder>) asked)));
    }

    private Object put(Consumer<PutBucketNotificationConfigurationRequest.Builder> asked) {
        var request = PutBucketNotificationConfigurationRequest.builder()
                .applyMutation(asked)
                .build();
        if (request.notificationConfiguration().eventBridgeConfiguration() == null) {
            sending.remove(request.bucket());
        } else {
            sending.add(request.bucket());
        }
        return moto.putBucketNotificationConfiguration(request);
    }

    private Object get(Consumer<GetBucketNotificationConfigurationRequest.Builder> asked) {
        var request = GetBucketNotificationConfigurationRequest.builder()
                .applyMutation(asked)
                .build();
        GetBucketNotificationConfigurationResponse told = moto.getBucketNotificationConfiguration(request);
        return sending.contains(request.bucket())
                ? told.toBuilder()
                        .eventBridgeConfiguration(
                                EventBridgeConfiguration.builder().build())
                        .build()
                : told;
    }
}
