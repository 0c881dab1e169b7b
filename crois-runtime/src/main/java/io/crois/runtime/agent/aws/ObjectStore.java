package io.crois.runtime.agent.aws;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The calls of Amazon S3 that transfers are made of; each is one request, not repeated here. Every upload carries a
 * checksum that S3 compares. All of them throw {@link ServiceFailure}. Thread-safe.
 */
public interface ObjectStore {

    /** {@code HeadObject}. */
    ObjectHead head(ObjectPlace place);

    /**
     * {@code GetObject}.
     *
     * @param from the first byte; from 0
     * @param length how many bytes at most; -1 for all that are left
     * @param etag the object must still have, or {@code null} for any
     */
    ObjectContent get(ObjectPlace place, long from, long length, @Nullable String etag);

    /**
     * {@code PutObject}.
     *
     * @param sha256 of the source
     */
    void put(ObjectPlace place, ObjectSource source, byte[] sha256, UploadTerms terms);

    /** {@code CreateMultipartUpload}; returns the upload's id. */
    String createUpload(ObjectPlace place, UploadTerms terms);

    /**
     * {@code UploadPart}.
     *
     * @param crc32c Base64, of the source
     */
    UploadedPart uploadPart(ObjectPlace place, String upload, int number, ObjectSource source, String crc32c);

    /** {@code CompleteMultipartUpload}; parts in the order of their numbers. */
    void completeUpload(ObjectPlace place, String upload, List<UploadedPart> parts, UploadTerms terms);

    /** {@code AbortMultipartUpload}. */
    void abortUpload(ObjectPlace place, String upload);
}
