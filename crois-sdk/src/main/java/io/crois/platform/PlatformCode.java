package io.crois.platform;

import java.util.regex.Pattern;

/**
 * Where the code of the platform lies in S3. Names hold the digest of the content, so that new code is a new object.
 *
 * @param bucket the bucket that holds it
 * @param functionsKey the object with the functions' jar
 * @param agentBundleKey the object with the agent's bundle for machines of AWS Batch
 * @param functionsDigest the SHA-256 of the jar, 64 lower-case hexadecimal digits; its beginning names the published
 *     versions of the functions
 */
public record PlatformCode(String bucket, String functionsKey, String agentBundleKey, String functionsDigest) {
    private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");

    /**
     * Checks the digest.
     *
     * @throws IllegalArgumentException if it is no SHA-256 in lower-case hexadecimal digits
     */
    public PlatformCode {
        if (!SHA_256.matcher(functionsDigest).matches()) {
            throw new IllegalArgumentException(
                    "The functions' digest must be 64 lower-case hexadecimal digits, but was `" + functionsDigest
                            + "`. Give the SHA-256 of the jar.");
        }
    }
}
