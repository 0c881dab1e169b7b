package io.crois.runtime.agent.aws;

/**
 * One part of an upload.
 *
 * @param number from 1
 * @param crc32c Base64, of its bytes
 */
public record UploadedPart(int number, String etag, String crc32c) {}
