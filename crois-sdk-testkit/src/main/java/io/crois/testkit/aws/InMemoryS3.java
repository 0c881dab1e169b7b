package io.crois.testkit.aws;

import io.crois.testkit.aws.internal.iam.RolePrincipals;
import io.crois.testkit.aws.internal.s3.BucketOperations;
import io.crois.testkit.aws.internal.s3.CopyOperation;
import io.crois.testkit.aws.internal.s3.Listing;
import io.crois.testkit.aws.internal.s3.ObjectEvents;
import io.crois.testkit.aws.internal.s3.ObjectOperations;
import io.crois.testkit.aws.internal.s3.Shelf;
import io.crois.testkit.aws.internal.s3.UploadOperations;
import java.time.Clock;
import java.util.Map;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.AbortMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.AbortMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.CreateBucketRequest;
import software.amazon.awssdk.services.s3.model.CreateBucketResponse;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.DeleteBucketPolicyRequest;
import software.amazon.awssdk.services.s3.model.DeleteBucketPolicyResponse;
import software.amazon.awssdk.services.s3.model.DeleteBucketRequest;
import software.amazon.awssdk.services.s3.model.DeleteBucketResponse;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;
import software.amazon.awssdk.services.s3.model.DeleteObjectsRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.GetBucketNotificationConfigurationRequest;
import software.amazon.awssdk.services.s3.model.GetBucketNotificationConfigurationResponse;
import software.amazon.awssdk.services.s3.model.GetBucketPolicyRequest;
import software.amazon.awssdk.services.s3.model.GetBucketPolicyResponse;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadBucketRequest;
import software.amazon.awssdk.services.s3.model.HeadBucketResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListBucketsRequest;
import software.amazon.awssdk.services.s3.model.ListBucketsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.ListPartsRequest;
import software.amazon.awssdk.services.s3.model.ListPartsResponse;
import software.amazon.awssdk.services.s3.model.PutBucketNotificationConfigurationRequest;
import software.amazon.awssdk.services.s3.model.PutBucketNotificationConfigurationResponse;
import software.amazon.awssdk.services.s3.model.PutBucketPolicyRequest;
import software.amazon.awssdk.services.s3.model.PutBucketPolicyResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/**
 * Amazon S3: buckets, objects, conditions, ranges, checksums, listings and uploads in parts. Thread-safe.
 *
 * <p>Encryption is kept as it is asked for and answered with, but nothing is encrypted; a bucket's policy is kept and
 * not evaluated. Of notifications only those to EventBridge, of created objects. Not in memory: versions, tags,
 * lifecycles, access points, presigned requests; checksums other than CRC32, CRC32C, CRC64NVME, SHA1 and SHA256.
 */
final class InMemoryS3 implements S3Client {

    private final Shelf shelf;
    private final BucketOperations buckets;
    private final ObjectOperations objects;
    private final CopyOperation copies;
    private final UploadOperations uploads;
    private final ObjectEvents events;

    InMemoryS3(Shelf shelf, Clock clock, String region) {
        this(shelf, clock, region, RolePrincipals.unknown(), (detailType, resource, detail) -> {});
    }

    /** Makes a service whose buckets tell of their objects, once they are told to. */
    InMemoryS3(Shelf shelf, Clock clock, String region, RolePrincipals principals, ObjectEvents.Publisher publisher) {
        this.shelf = shelf;
        this.buckets = new BucketOperations(shelf, clock, region, principals);
        this.objects = new ObjectOperations(shelf, clock);
        this.copies = new CopyOperation(shelf, clock);
        this.uploads = new UploadOperations(shelf, clock);
        this.events = new ObjectEvents(objects, publisher);
    }

    /** Returns the headers with which an upload in parts was begun; none if there is no such upload. */
    Map<String, String> uploadHeaders(String uploadId) {
        return uploads.headers(uploadId);
    }

    @Override
    public String serviceName() {
        return "s3";
    }

    @Override
    public void close() {
        // The objects outlive their clients.
    }

    @Override
    public CreateBucketResponse createBucket(CreateBucketRequest request) {
        return buckets.create(request);
    }

    @Override
    public HeadBucketResponse headBucket(HeadBucketRequest request) {
        return buckets.head(request);
    }

    @Override
    public ListBucketsResponse listBuckets(ListBucketsRequest request) {
        return buckets.list(request);
    }

    @Override
    public DeleteBucketResponse deleteBucket(DeleteBucketRequest request) {
        return buckets.delete(request);
    }

    @Override
    public GetBucketPolicyResponse getBucketPolicy(GetBucketPolicyRequest request) {
        return buckets.policy(request);
    }

    @Override
    public PutBucketPolicyResponse putBucketPolicy(PutBucketPolicyRequest request) {
        return buckets.policy(request);
    }

    @Override
    public DeleteBucketPolicyResponse deleteBucketPolicy(DeleteBucketPolicyRequest request) {
        return buckets.policy(request);
    }

    @Override
    public PutBucketNotificationConfigurationResponse putBucketNotificationConfiguration(
            PutBucketNotificationConfigurationRequest request) {
        buckets.head(HeadBucketRequest.builder().bucket(request.bucket()).build());
        return events.configure(request);
    }

    @Override
    public GetBucketNotificationConfigurationResponse getBucketNotificationConfiguration(
            GetBucketNotificationConfigurationRequest request) {
        buckets.head(HeadBucketRequest.builder().bucket(request.bucket()).build());
        return events.configuration(request.bucket());
    }

    @Override
    public PutObjectResponse putObject(PutObjectRequest request, RequestBody body) {
        PutObjectResponse response = objects.put(request, body);
        events.created(request.bucket(), request.key(), "PutObject");
        return response;
    }

    @Override
    public <T> T getObject(GetObjectRequest request, ResponseTransformer<GetObjectResponse, T> transformer) {
        ObjectOperations.Answer answer = objects.get(request);
        AbortableInputStream bytes = AbortableInputStream.create(answer.bytes());
        try {
            T result = transformer.transform(answer.response(), bytes);
            if (!transformer.needsConnectionLeftOpen()) {
                bytes.close();
            }
            return result;
        } catch (RuntimeException e) {
            bytes.abort();
            throw e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw SdkClientException.create("The thread was interrupted while it read the object.", e);
        } catch (Exception e) {
            bytes.abort();
            throw SdkClientException.create("Unable to read the object: " + e.getMessage(), e);
        }
    }

    @Override
    public HeadObjectResponse headObject(HeadObjectRequest request) {
        return objects.head(request);
    }

    @Override
    public DeleteObjectResponse deleteObject(DeleteObjectRequest request) {
        return objects.delete(request);
    }

    @Override
    public DeleteObjectsResponse deleteObjects(DeleteObjectsRequest request) {
        return objects.delete(request);
    }

    @Override
    public CopyObjectResponse copyObject(CopyObjectRequest request) {
        CopyObjectResponse response = copies.copy(request);
        events.created(request.destinationBucket(), request.destinationKey(), "CopyObject");
        return response;
    }

    @Override
    public ListObjectsV2Response listObjectsV2(ListObjectsV2Request request) {
        return Listing.of(shelf, request);
    }

    @Override
    public CreateMultipartUploadResponse createMultipartUpload(CreateMultipartUploadRequest request) {
        return uploads.create(request);
    }

    @Override
    public UploadPartResponse uploadPart(UploadPartRequest request, RequestBody body) {
        return uploads.part(request, body);
    }

    @Override
    public ListPartsResponse listParts(ListPartsRequest request) {
        return uploads.parts(request);
    }

    @Override
    public CompleteMultipartUploadResponse completeMultipartUpload(CompleteMultipartUploadRequest request) {
        CompleteMultipartUploadResponse response = uploads.complete(request);
        events.created(request.bucket(), request.key(), "CompleteMultipartUpload");
        return response;
    }

    @Override
    public AbortMultipartUploadResponse abortMultipartUpload(AbortMultipartUploadRequest request) {
        return uploads.abort(request);
    }
}
