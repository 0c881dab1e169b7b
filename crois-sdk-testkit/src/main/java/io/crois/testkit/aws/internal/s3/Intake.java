package io.crois.testkit.aws.internal.s3;

import io.crois.testkit.aws.internal.s3.MeasuredStream.Measured;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;

/** Bytes of a request that came in whole and as declared; closing it drops them, unless they were put. */
record Intake(Shelf.Blob bytes, Measured measured) implements AutoCloseable {

    static Intake of(Shelf shelf, RequestBody body, @Nullable Long contentLength, DeclaredChecksums checksums) {
        long declared = contentLength != null
                ? contentLength
                : body.optionalContentLength().orElse(Long.MAX_VALUE);
        try (InputStream in = body.contentStreamProvider().newStream()) {
            Intake intake = of(shelf, in, declared, checksums);
            intake.check(declared, checksums);
            return intake;
        } catch (IOException e) {
            throw SdkClientException.create("Unable to read the body of the request: " + e.getMessage(), e);
        }
    }

    static Intake of(Shelf shelf, InputStream in, long limit, DeclaredChecksums checksums) throws IOException {
        MeasuredStream stream = new MeasuredStream(in, limit, checksums.kinds());
        Shelf.Blob bytes = shelf.receive(stream);
        return new Intake(bytes, stream.measured());
    }

    private void check(long declared, DeclaredChecksums checksums) {
        try {
            if (declared != Long.MAX_VALUE && measured.size() < declared) {
                throw S3Refusal.of(
                        400,
                        "IncompleteBody",
                        "You did not provide the number of bytes specified by the Content-Length HTTP header");
            }
            checksums.verify(measured);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    @Override
    public void close() {
        bytes.close();
    }
}
