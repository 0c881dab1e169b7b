package io.crois.platform;

import io.crois.workflow.CroisException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketAlreadyOwnedByYouException;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Brings code to S3 under the digest of its content, so that what is there is never sent again and never changes. */
final class CodeStore {
    private static final Logger LOG = LoggerFactory.getLogger(CodeStore.class);
    private static final int NOT_FOUND = 404;
    private static final int PRECONDITION_FAILED = 412;

    private final S3Client s3;
    private final String bucket;

    CodeStore(S3Client s3, String bucket) {
        this.s3 = s3;
        this.bucket = bucket;
    }

    /** Says where a release will lie, without sending it. */
    PlatformCode locate(PlatformRelease release) {
        String functions = digest(release.functionsJar());
        return new PlatformCode(
                bucket,
                key("functions", functions, ".jar"),
                key("agent", digest(release.agentBundle()), ".tar.gz"),
                functions);
    }

    /** Sends what of a release is not there yet. */
    PlatformCode store(PlatformRelease release) {
        PlatformCode code = locate(release);
        makeBucket();
        send(release.functionsJar(), code.functionsKey());
        send(release.agentBundle(), code.agentBundleKey());
        return code;
    }

    private static String key(String name, String digest, String ending) {
        return "crois/" + name + "-" + digest + ending;
    }

    private void makeBucket() {
        try {
            s3.headBucket(request -> request.bucket(bucket));
            return;
        } catch (NoSuchBucketException missing) {
            LOG.info("Bucket {} is made for the platform's code.", bucket);
        }
        try {
            s3.createBucket(request -> request.bucket(bucket));
        } catch (BucketAlreadyOwnedByYouException madeMeanwhile) {
            LOG.debug("Bucket {} was made meanwhile.", bucket);
        }
        s3.putPublicAccessBlock(request -> request.bucket(bucket)
                .publicAccessBlockConfiguration(block -> block.blockPublicAcls(true)
                        .blockPublicPolicy(true)
                        .ignorePublicAcls(true)
                        .restrictPublicBuckets(true)));
    }

    private void send(Path file, String key) {
        if (isThere(key)) {
            LOG.debug("{} is there already.", key);
            return;
        }
        try {
            s3.putObject(
                    request -> request.bucket(bucket)
                            .key(key)
                            .ifNoneMatch("*")
                            .checksumSHA256(Base64.getEncoder().encodeToString(sha256(file))),
                    RequestBody.fromFile(file));
        } catch (S3Exception e) {
            if (e.statusCode() != PRECONDITION_FAILED) {
                throw e;
            }
            LOG.debug("{} was sent meanwhile.", key);
        }
    }

    private boolean isThere(String key) {
        try {
            s3.headObject(request -> request.bucket(bucket).key(key));
            return true;
        } catch (S3Exception e) {
            if (e.statusCode() == NOT_FOUND) {
                return false;
            }
            throw e;
        }
    }

    private static String digest(Path file) {
        return HexFormat.of().formatHex(sha256(file));
    }

    private static byte[] sha256(Path file) {
        try (InputStream content = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            new DigestInputStream(content, digest).transferTo(OutputStream.nullOutputStream());
            return digest.digest();
        } catch (IOException e) {
            throw new CroisException(
                    "The platform's code `" + file + "` cannot be read. Build it with `mvn package`.", e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256.", e);
        }
    }
}
