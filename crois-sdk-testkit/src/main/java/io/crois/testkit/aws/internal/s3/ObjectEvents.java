package io.crois.testkit.aws.internal.s3;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import software.amazon.awssdk.services.s3.model.EventBridgeConfiguration;
import software.amazon.awssdk.services.s3.model.GetBucketNotificationConfigurationResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.PutBucketNotificationConfigurationRequest;
import software.amazon.awssdk.services.s3.model.PutBucketNotificationConfigurationResponse;

/** Tells EventBridge of the objects of those buckets that were told to. Thread-safe. */
public final class ObjectEvents {

    /** Who takes the events. */
    @FunctionalInterface
    public interface Publisher {
        /** Takes an event; {@code resource} is the bucket's ARN. */
        void publish(String detailType, String resource, ObjectNode detail);
    }

    private final ObjectOperations objects;
    private final Publisher publisher;
    private final Set<String> telling = ConcurrentHashMap.newKeySet();
    private final AtomicLong sequence = new AtomicLong(0x62E99A88DC407460L);

    /** Makes the events of objects. */
    public ObjectEvents(ObjectOperations objects, Publisher publisher) {
        this.objects = objects;
        this.publisher = publisher;
    }

    /** Sets whether a bucket tells EventBridge, as long as this object lives. */
    public PutBucketNotificationConfigurationResponse configure(PutBucketNotificationConfigurationRequest request) {
        var wanted = request.notificationConfiguration();
        if (wanted.hasLambdaFunctionConfigurations()
                || wanted.hasQueueConfigurations()
                || wanted.hasTopicConfigurations()) {
            throw new UnsupportedOperationException(
                    "Notifications of S3 to anything but EventBridge are not in memory.");
        }
        if (wanted.eventBridgeConfiguration() == null) {
            telling.remove(request.bucket());
        } else {
            telling.add(request.bucket());
        }
        return PutBucketNotificationConfigurationResponse.builder().build();
    }

    /** Returns what a bucket tells of. */
    public GetBucketNotificationConfigurationResponse configuration(String bucket) {
        return GetBucketNotificationConfigurationResponse.builder()
                .eventBridgeConfiguration(
                        telling.contains(bucket)
                                ? EventBridgeConfiguration.builder().build()
                                : null)
                .build();
    }

    /** Tells of an object that was created or replaced. */
    public void created(String bucket, String key, String reason) {
        if (!telling.contains(bucket)) {
            return;
        }
        HeadObjectResponse object =
                objects.head(HeadObjectRequest.builder().bucket(bucket).key(key).build());
        ObjectNode detail = JsonNodeFactory.instance.objectNode().put("version", "0");
        detail.putObject("bucket").put("name", bucket);
        detail.putObject("object")
                .put("key", key)
                .put("size", object.contentLength())
                .put("etag", object.eTag().replace("\"", ""))
                .put("sequencer", Long.toHexString(sequence.incrementAndGet()).toUpperCase(Locale.ROOT));
        detail.put("reason", reason);
        publisher.publish("Object Created", "arn:aws:s3:::" + bucket, detail);
    }
}
