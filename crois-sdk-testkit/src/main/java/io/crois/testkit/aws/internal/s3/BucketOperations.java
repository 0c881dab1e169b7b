package io.crois.testkit.aws.internal.s3;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crois.testkit.aws.internal.iam.RolePrincipals;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import software.amazon.awssdk.services.s3.model.Bucket;
import software.amazon.awssdk.services.s3.model.BucketAlreadyOwnedByYouException;
import software.amazon.awssdk.services.s3.model.CreateBucketRequest;
import software.amazon.awssdk.services.s3.model.CreateBucketResponse;
import software.amazon.awssdk.services.s3.model.DeleteBucketPolicyRequest;
import software.amazon.awssdk.services.s3.model.DeleteBucketPolicyResponse;
import software.amazon.awssdk.services.s3.model.DeleteBucketRequest;
import software.amazon.awssdk.services.s3.model.DeleteBucketResponse;
import software.amazon.awssdk.services.s3.model.GetBucketPolicyRequest;
import software.amazon.awssdk.services.s3.model.GetBucketPolicyResponse;
import software.amazon.awssdk.services.s3.model.HeadBucketRequest;
import software.amazon.awssdk.services.s3.model.HeadBucketResponse;
import software.amazon.awssdk.services.s3.model.ListBucketsRequest;
import software.amazon.awssdk.services.s3.model.ListBucketsResponse;
import software.amazon.awssdk.services.s3.model.PutBucketPolicyRequest;
import software.amazon.awssdk.services.s3.model.PutBucketPolicyResponse;

/** Creates, finds, lists and deletes buckets; all of them belong to one account and lie in one region. */
public final class BucketOperations {

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");

    private static final int MAX_POLICY = 20 * 1_024;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Shelf shelf;
    private final Clock clock;
    private final String region;
    private final RolePrincipals principals;
    private final Map<String, RolePrincipals.Kept> policies = new ConcurrentHashMap<>();

    /** Works on a shelf; {@code principals} are those whom a bucket's policy may name. */
    public BucketOperations(Shelf shelf, Clock clock, String region, RolePrincipals principals) {
        this.principals = principals;
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
            policies.remove(bucket);
            return DeleteBucketResponse.builder().build();
        });
    }

    /** Returns a bucket's policy, which lives as long as this object. */
    public GetBucketPolicyResponse policy(GetBucketPolicyRequest request) {
        RolePrincipals.Kept policy = policies.get(ObjectChecks.bucket(shelf, request.bucket()));
        if (policy == null) {
            throw S3Refusal.of(404, "NoSuchBucketPolicy", "The bucket policy does not exist");
        }
        return GetBucketPolicyResponse.builder().policy(principals.show(policy)).build();
    }

    /** Sets a bucket's policy. */
    public PutBucketPolicyResponse policy(PutBucketPolicyRequest request) {
        String bucket = ObjectChecks.bucket(shelf, request.bucket());
        String policy = request.policy() == null ? "" : request.policy();
        if (policy.length() > MAX_POLICY || !isObject(policy)) {
            throw S3Refusal.of(400, "MalformedPolicy", "Policies must be valid JSON and the first byte must be '{'");
        }
        try {
            policies.put(bucket, principals.keep(policy));
        } catch (RolePrincipals.UnknownPrincipal e) {
            throw S3Refusal.of(400, "MalformedPolicy", "Invalid principal in policy");
        }
        return PutBucketPolicyResponse.builder().build();
    }

    private static boolean isObject(String policy) {
        try {
            return MAPPER.readTree(policy).isObject();
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    /** Takes a bucket's policy away, if it has one. */
    public DeleteBucketPolicyResponse policy(DeleteBucketPolicyRequest request) {
        policies.remove(ObjectChecks.bucket(shelf, request.bucket()));
        return DeleteBucketPolicyResponse.builder().build();
    }
}
