package io.crois.runtime.agent.aws;

import io.crois.runtime.agent.http.HttpAnswer;
import io.crois.runtime.agent.http.HttpBody;
import io.crois.runtime.agent.http.HttpConnections;
import java.io.IOException;
import java.time.Clock;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Amazon S3 over HTTP. */
final class HttpObjectStore implements ObjectStore {
    private static final int DOCUMENT_BYTES = 1024 * 1024;
    private static final String TOKEN = "x-amz-meta-crois-upload";

    private final HttpConnections http;
    private final AwsSettings aws;
    private final BucketAddresses addresses;
    private final RequestSigner signer;

    HttpObjectStore(HttpConnections http, AwsSettings aws, Clock clock) {
        this.http = http;
        this.aws = aws;
        this.addresses = new BucketAddresses(aws);
        this.signer = new RequestSigner("s3", aws.credentials(), clock);
    }

    @Override
    public ObjectHead head(ObjectPlace place) {
        try (HttpAnswer answer = send("HeadObject", "HEAD", place, Map.of(), Map.of(), HttpBody.EMPTY)) {
            Long bytes = answer.length();
            if (bytes == null) {
                throw ServiceFailure.wrong("HeadObject", "it tells no size.");
            }
            return new ObjectHead(
                    bytes,
                    answer.header("etag").orElse(""),
                    answer.header(TOKEN).orElse(null));
        } catch (IOException e) {
            throw ServiceFailure.broken("HeadObject", e);
        }
    }

    @Override
    public ObjectContent get(ObjectPlace place, long from, long length, @Nullable String etag) {
        boolean ranged = from > 0 || length >= 0;
        Map<String, String> headers = new LinkedHashMap<>();
        if (ranged) {
            headers.put("Range", "bytes=" + from + "-" + (length < 0 ? "" : Long.toString(from + length - 1)));
        }
        if (etag != null) {
            headers.put("If-Match", etag);
        }
        HttpAnswer answer = send("GetObject", "GET", place, Map.of(), headers, HttpBody.EMPTY);
        try {
            long total = total(answer, from, length);
            return new ObjectContent(total, answer.header("etag").orElse(""), answer.body(), answer::close);
        } catch (IOException e) {
            answer.close();
            throw ServiceFailure.broken("GetObject", e);
        } catch (ServiceFailure e) {
            answer.close();
            throw e;
        }
    }

    private static long total(HttpAnswer answer, long from, long length) throws IOException {
        Long bytes = answer.length();
        if (bytes == null) {
            throw ServiceFailure.wrong("GetObject", "it tells no size.");
        }
        String range = answer.header("content-range").orElse(null);
        if (answer.status() == 206 && range != null) {
            return ContentRange.total(range, from);
        }
        if (from > 0 || length >= 0 && bytes > length) {
            throw ServiceFailure.wrong("GetObject", "a range was asked for, but the whole object came.");
        }
        return bytes;
    }

    @Override
    public void put(ObjectPlace place, ObjectSource source, byte[] sha256, UploadTerms terms) {
        Map<String, String> headers = conditions(terms);
        headers.putAll(creation(terms));
        headers.put("x-amz-checksum-sha256", Base64.getEncoder().encodeToString(sha256));
        send("PutObject", "PUT", place, Map.of(), headers, new SourceBody(source))
                .close();
    }

    @Override
    public String createUpload(ObjectPlace place, UploadTerms terms) {
        Map<String, String> headers = creation(terms);
        headers.put("x-amz-checksum-algorithm", "CRC32C");
        Map<String, String> query = Map.of("uploads", "");
        return document("CreateMultipartUpload", "POST", place, query, headers, HttpBody.EMPTY)
                .required("CreateMultipartUpload", "UploadId");
    }

    @Override
    public UploadedPart uploadPart(ObjectPlace place, String upload, int number, ObjectSource source, String crc32c) {
        Map<String, String> query = Map.of("uploadId", upload, "partNumber", Integer.toString(number));
        Map<String, String> headers = Map.of("x-amz-checksum-crc32c", crc32c);
        try (HttpAnswer answer = send("UploadPart", "PUT", place, query, headers, new SourceBody(source))) {
            String etag =
                    answer.header("etag").orElseThrow(() -> ServiceFailure.wrong("UploadPart", "it has no ETag."));
            return new UploadedPart(number, etag, crc32c);
        }
    }

    @Override
    public void completeUpload(ObjectPlace place, String upload, List<UploadedPart> parts, UploadTerms terms) {
        Map<String, String> headers = conditions(terms);
        headers.put("Content-Type", "application/xml");
        HttpBody body = HttpBody.of(S3Document.completion(parts));
        String operation = "CompleteMultipartUpload";
        S3Document answer = document(operation, "POST", place, Map.of("uploadId", upload), headers, body);
        if (!answer.root().equals("CompleteMultipartUploadResult")) {
            throw ServiceFailure.wrong(operation, "it does not say that the upload is complete.");
        }
    }

    @Override
    public void abortUpload(ObjectPlace place, String upload) {
        Map<String, String> query = Map.of("uploadId", upload);
        send("AbortMultipartUpload", "DELETE", place, query, Map.of(), HttpBody.EMPTY)
                .close();
    }

    private static Map<String, String> conditions(UploadTerms terms) {
        Map<String, String> headers = new LinkedHashMap<>();
        if (terms.replaces() == null) {
            headers.put("If-None-Match", "*");
        } else {
            headers.put("If-Match", terms.replaces());
        }
        return headers;
    }

    private static Map<String, String> creation(UploadTerms terms) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", "application/octet-stream");
        headers.put(TOKEN, terms.token());
        if (terms.kmsKey() != null) {
            headers.put("x-amz-server-side-encryption", "aws:kms");
            headers.put("x-amz-server-side-encryption-aws-kms-key-id", terms.kmsKey());
            headers.put("x-amz-server-side-encryption-bucket-key-enabled", "true");
        }
        return headers;
    }

    /** Sends a request whose answer is a document; an error may come with status 200. */
    private S3Document document(
            String operation,
            String method,
            ObjectPlace place,
            Map<String, String> query,
            Map<String, String> headers,
            HttpBody body) {
        try (HttpAnswer answer = send(operation, method, place, query, headers, body)) {
            S3Document document = S3Document.read(operation, answer.bytes(DOCUMENT_BYTES));
            if (document.isError()) {
                throw failure(operation, place, answer, document);
            }
            return document;
        } catch (IOException e) {
            throw ServiceFailure.broken(operation, e);
        }
    }

    private HttpAnswer send(
            String operation,
            String method,
            ObjectPlace place,
            Map<String, String> query,
            Map<String, String> headers,
            HttpBody body) {
        BucketAddresses.Address address = addresses.of(place);
        var request = new RequestSigner.Request(address.origin(), method, address.path(), query, headers, body);
        try {
            HttpAnswer answer = http.send(signer.sign(request, address.region(), null));
            if (answer.status() >= 200 && answer.status() < 300) {
                return answer;
            }
            try (answer) {
                S3Document document = S3Document.ofError(answer.bytes(DOCUMENT_BYTES));
                throw failure(operation, place, answer, document);
            }
        } catch (HttpBody.UnreadableBody e) {
            throw ServiceFailure.local(operation, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw ServiceFailure.broken(operation, e);
        }
    }

    private ServiceFailure failure(String operation, ObjectPlace place, HttpAnswer answer, S3Document document) {
        String region = answer.header("x-amz-bucket-region").orElse(document.text("Region"));
        boolean redirected = answer.status() == 301 || answer.status() == 307 || answer.status() == 400;
        if (redirected && addresses.learn(place.bucket(), region)) {
            return ServiceFailure.wrong(operation, "the bucket is in Region " + region + ".");
        }
        int status = answer.status() == 200 ? 500 : answer.status();
        String code = document.text("Code");
        ServiceFailure failure = ServiceFailure.answered(operation, status, code, document.text("Message"));
        if (failure.kind() == ServiceFailure.Kind.EXPIRED) {
            aws.credentials().renew();
        }
        return failure;
    }
}
