package io.crois.testkit.aws.internal.s3;

import io.crois.testkit.aws.internal.s3.Upload.Part;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/** The parts that are to become one object. */
final class PartList {

    private static final long MIN_PART_BYTES = 5L << 20;

    private PartList() {}

    /** Returns the parts that a request names, if all came in, in order, and none but the last is too small. */
    static List<Part> check(List<CompletedPart> wanted, Upload upload) {
        if (wanted.isEmpty()) {
            throw S3Refusal.of(400, "InvalidRequest", "You must specify at least one part");
        }
        List<Part> parts = new ArrayList<>();
        for (CompletedPart completed : wanted) {
            Part part = upload.parts().get(completed.partNumber());
            if (part == null || !isSame(part, completed)) {
                throw S3Refusal.of(
                        400,
                        "InvalidPart",
                        "One or more of the specified parts could not be found.  The part may not have been uploaded,"
                                + " or the specified entity tag may not match the part's entity tag.");
            }
            if (!parts.isEmpty() && parts.get(parts.size() - 1).number() >= part.number()) {
                throw S3Refusal.of(
                        400,
                        "InvalidPartOrder",
                        "The list of parts was not in ascending order. Parts must be ordered by part number.");
            }
            parts.add(part);
        }
        parts.subList(0, parts.size() - 1).forEach(PartList::checkSize);
        return parts;
    }

    private static boolean isSame(Part part, CompletedPart completed) {
        return completed.eTag() != null
                && Conditions.unquoted(completed.eTag()).equals(Conditions.unquoted(part.etag()));
    }

    private static void checkSize(Part part) {
        if (part.intake().measured().size() < MIN_PART_BYTES) {
            throw S3Refusal.of(400, "EntityTooSmall", "Your proposed upload is smaller than the minimum allowed size");
        }
    }

    static InputStream concatenated(List<Part> parts) throws IOException {
        List<InputStream> streams = new ArrayList<>();
        for (Part part : parts) {
            streams.add(part.intake().bytes().open());
        }
        return new SequenceInputStream(Collections.enumeration(streams));
    }
}
