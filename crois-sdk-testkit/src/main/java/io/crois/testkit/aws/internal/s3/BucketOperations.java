package io.crois.testkit.aws.internal.s3;

import java.time.Clock;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import software.amazon.awssdk.services.s3.model.Bucket;
import software.amazon.awssdk.services.s3.model.BucketAlreadyOwnedByYouException;
import software.amazon.awssdk.services.s3.model.CreateBucketRequest;
import software.amazon.awssdk.services.s3.model.CreateBucketResponse;
import software.amazon.awssdk.services.s3.model.DeleteBucketRequest;
import software.amazon.awssdk.services.s3.model.DeleteBucketResponse;
import software.amazon.awssdk.services.s3.model.HeadBucketRequest;
import software.amazon.awssdk.services.s3.model.HeadBucketResponse;
import software.amazon.awssdk.services.s3.model.ListBucketsRequest;
import software.amazon.awssdk.services.s3.model.ListBucketsResponse;

/** Creates, finds, lists and deletes buckets; all of them belong to one account and lie in one region. */
public final class BucketOperations {

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");

    private final Shelf shelf;
    private final Clock clock;
    private final String region;

    /** Works on a shelf. */
    public BucketOperations(Shelf shelf, Clock clock, String region) {
        this.shelf = shelf;
        this.clock = clock;
        this.region = region;
    }

    /** Creates a bucket. */
    public CreateBucketResponse create(CreateBucketRequest request) {
        String bucket = ObjectChecks.required("Bucket", request.bucket());
        if (!NAME.matcher(bucket).matches() || bucket.contains("..")) {
            throw S3Refusal.of(400, "InvalidBucketName", "The specified bucket is not valid.");
        }
        return shelf.exclusively(() -> {
            if (shelf.hasBucket(bucket)) {
                throw S3Refusal.complete(
                        BucketAlreadyOwnedByYouException.builder(),
                        409,
                        "BucketAlreadyOwnedByYou",
                        "Your previous request to create the named bucket succeeded and you already own it.");
            }
            shelf.createBucket(bucket, clock.instant());
            return CreateBucketResponse.builder().location("/" + bucket).build();
        });
    }

    /** Finds a bucket. */
    public HeadBucketResponse head(HeadBucketRequest request) {
        ObjectChecks.bucket(shelf, request.bucket());
        return HeadBucketResponse.builder().bucketRegion(region).build();
    }

    /** Lists all buckets, in one page. */
    public ListBucketsResponse list(ListBucketsRequest request) {
        String prefix = request.prefix() == null ? "" : request.prefix();
        return ListBucketsResponse.builder()
                .buckets(shelf.buckets().entrySet().stream()
                        .filter(bucket -> bucket.getKey().startsWith(prefix))
                        .map(bucket -> Bucket.builder()
                                .name(bucket.getKey())
                                .creationDate(bucket.getValue())
                                .bucketRegion(region)
                                .build())
                        .toList())
                .build();
    }

    /** Deletes an empty bucket. */
    public DeleteBucketResponse delete(DeleteBucketRequest request) {
        return shelf.exclusively(() -> {
            String bucket = ObjectChecks.bucket(shelf, request.bucket());
            try (Stream<String> keys = shelf.keys(bucket, "")) {
                if (keys.findAny().isPresent()) {
                    throw S3Refusal.of(409, "BucketNotEmpty", "The bucket you tried to delete is not empty");
                }
            }
            shelf.deleteBucket(bucket);
            return DeleteBucketResponse.builder().build();
        });
    }
}
