package io.crois.testkit.aws.internal.access;

import io.crois.testkit.policy.PolicyDocument;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Amazon S3; what is encrypted under a key needs the key as well, which S3 uses on behalf of who asks. */
final class S3Access implements AccessRules {

    private static final String ENCRYPTION = "s3:x-amz-server-side-encryption";
    private static final Map<String, String> ACTIONS = Map.ofEntries(
            Map.entry("HeadObject", "s3:GetObject"),
            Map.entry("UploadPart", "s3:PutObject"),
            Map.entry("CreateMultipartUpload", "s3:PutObject"),
            Map.entry("CompleteMultipartUpload", "s3:PutObject"),
            Map.entry("ListParts", "s3:ListMultipartUploadParts"),
            Map.entry("HeadBucket", "s3:ListBucket"),
            Map.entry("ListObjectsV2", "s3:ListBucket"),
            Map.entry("ListObjects", "s3:ListBucket"),
            Map.entry("ListMultipartUploads", "s3:ListBucketMultipartUploads"));

    private final S3Client s3;
    private final KmsAccess keys;
    private final Policies policies;
    private final Function<String, Map<String, String>> uploadHeaders;

    S3Access(S3Client s3, KmsAccess keys, Policies policies, Function<String, Map<String, String>> uploadHeaders) {
        this.uploadHeaders = uploadHeaders;
        this.s3 = s3;
        this.keys = keys;
        this.policies = policies;
    }

    @Override
    public List<Access> of(Call call) {
        String bucket = call.text("Bucket");
        return switch (call.operation()) {
            case "ListBuckets" -> List.of(Access.of("s3:ListAllMyBuckets", "*"));
            case "DeleteObjects" -> deletions(call, bucket);
            case "CopyObject" -> copy(call, bucket);
            case "PutObject", "CreateMultipartUpload" -> put(call, bucket, call.text("Key"));
            case "UploadPart", "CompleteMultipartUpload" -> part(call, bucket, call.text("Key"));
            case "GetObject", "HeadObject" -> gets(bucket, call.text("Key"));
            default -> List.of(onBucket(call, bucket));
        };
    }

    private Access onBucket(Call call, String bucket) {
        String action = ACTIONS.getOrDefault(call.operation(), "s3:" + call.operation());
        Optional<String> key = call.find("Key");
        return access(action, bucket, key)
                .with("s3:prefix", call.find("Prefix"))
                .with("s3:delimiter", call.find("Delimiter"))
                .with("s3:max-keys", call.find("MaxKeys"));
    }

    private Access access(String action, String bucket, Optional<String> key) {
        return Access.of(
                        action,
                        "arn:aws:s3:::" + bucket + key.map(name -> "/" + name).orElse(""))
                .policy(policyOf(bucket));
    }

    private List<Access> deletions(Call call, String bucket) {
        List<Access> deletions = new ArrayList<>();
        call.get("Delete")
                .map(delete -> Call.within((software.amazon.awssdk.core.SdkPojo) delete)
                        .things("Objects"))
                .orElse(List.of())
                .forEach(object -> deletions.add(
                        access("s3:DeleteObject", bucket, Call.within(object).find("Key"))));
        return deletions;
    }

    private List<Access> copy(Call call, String bucket) {
        String source = URLDecoder.decode(
                call.find("CopySource").orElse(call.text("SourceBucket") + "/" + call.text("SourceKey")),
                StandardCharsets.UTF_8);
        String path = source.startsWith("/") ? source.substring(1) : source;
        int slash = path.indexOf('/');
        String to = call.find("DestinationBucket").orElse(bucket);
        List<Access> copy =
                new ArrayList<>(slash < 0 ? List.of() : gets(path.substring(0, slash), path.substring(slash + 1)));
        String key = call.find("DestinationKey").orElse(call.text("Key"));
        copy.addAll(put(call, to, key));
        return copy;
    }

    private List<Access> gets(String bucket, String key) {
        List<Access> needed = new ArrayList<>();
        needed.add(access("s3:GetObject", bucket, Optional.of(key)));
        head(bucket, key)
                .filter(object -> object.ssekmsKeyId() != null)
                .ifPresent(object -> needed.add(use(
                        "kms:Decrypt",
                        object.ssekmsKeyId(),
                        bucket,
                        key,
                        Boolean.TRUE.equals(object.bucketKeyEnabled()))));
        return needed;
    }

    private Optional<HeadObjectResponse> head(String bucket, String key) {
        try {
            return Optional.of(s3.headObject(head -> head.bucket(bucket).key(key)));
        } catch (S3Exception missing) {
            return Optional.empty();
        }
    }

    private List<Access> put(Call call, String bucket, String key) {
        List<Access> needed = new ArrayList<>();
        Optional<String> keyId = call.find("SSEKMSKeyId");
        needed.add(access("s3:PutObject", bucket, Optional.of(key))
                .with(ENCRYPTION, call.find("ServerSideEncryption"))
                .with(ENCRYPTION + "-aws-kms-key-id", keyId)
                .with("s3:if-none-match", call.find("IfNoneMatch")));
        boolean bucketKey = call.get("BucketKeyEnabled").equals(Optional.of(true));
        keyId.ifPresent(id -> needed.add(use("kms:GenerateDataKey", id, bucket, key, bucketKey)));
        return needed;
    }

    /** A part is encrypted as its upload is, with the data key that the upload began with. */
    private List<Access> part(Call call, String bucket, String key) {
        Map<String, String> headers = uploadHeaders.apply(call.text("UploadId"));
        Optional<String> keyId = Optional.ofNullable(headers.get("x-amz-server-side-encryption-aws-kms-key-id"));
        List<Access> needed = new ArrayList<>();
        needed.add(access("s3:PutObject", bucket, Optional.of(key))
                .with(ENCRYPTION, Optional.ofNullable(headers.get("x-amz-server-side-encryption")))
                .with(ENCRYPTION + "-aws-kms-key-id", keyId));
        boolean bucketKey = "true".equals(headers.get("x-amz-server-side-encryption-bucket-key-enabled"));
        keyId.ifPresent(id -> needed.add(use("kms:Decrypt", id, bucket, key, bucketKey)));
        return needed;
    }

    private Access use(String action, String keyId, String bucket, String key, boolean bucketKey) {
        String context = "arn:aws:s3:::" + bucket + (bucketKey ? "" : "/" + key);
        return keys.via("s3", action, keyId, Map.of("aws:s3:arn", context));
    }

    private Optional<PolicyDocument> policyOf(String bucket) {
        try {
            return Optional.of(s3.getBucketPolicy(get -> get.bucket(bucket)).policy())
                    .map(json -> policies.parse(bucket, json));
        } catch (S3Exception | UnsupportedOperationException none) {
            return Optional.empty();
        }
    }
}
