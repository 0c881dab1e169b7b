package io.crois.benchmarks.transfer;

import java.net.URI;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.s3.S3Client;

/** Makes a bucket: {@code <endpoint> <name>}. */
public final class TransferBucket {

    private TransferBucket() {}

    public static void main(String[] arguments) {
        try (S3Client s3 = S3Client.builder()
                .endpointOverride(URI.create(arguments[0]))
                .forcePathStyle(true)
                .httpClient(UrlConnectionHttpClient.create())
                .build()) {
            s3.createBucket(request -> request.bucket(arguments[1]));
        }
    }
}
