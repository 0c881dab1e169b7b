package io.crois.runtime.agent.aws;

import org.jspecify.annotations.Nullable;

/**
 * What is known of an object.
 *
 * @param token of the upload that made it, where there was one; see {@link UploadTerms}
 */
public record ObjectHead(long bytes, String etag, @Nullable String token) {}
