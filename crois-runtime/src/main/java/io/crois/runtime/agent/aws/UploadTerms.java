package io.crois.runtime.agent.aws;

import org.jspecify.annotations.Nullable;

/**
 * How an object is made.
 *
 * @param kmsKey the ARN of the key that it is encrypted with, or {@code null} where the bucket's default applies
 * @param token tells later whether an object that is there was made by this upload; letters, digits, {@code -} and
 *     {@code .}
 * @param replaces the ETag of the object that it replaces, and no other; {@code null} where there must be none
 */
public record UploadTerms(
        @Nullable String kmsKey, String token, @Nullable String replaces) {

    /** Returns the terms of an object that is made only where there is none. */
    public static UploadTerms absent(@Nullable String kmsKey, String token) {
        return new UploadTerms(kmsKey, token, null);
    }

    /** Returns the same terms for replacing the object that has this ETag. */
    public UploadTerms replacing(String etag) {
        return new UploadTerms(kmsKey, token, etag);
    }
}
