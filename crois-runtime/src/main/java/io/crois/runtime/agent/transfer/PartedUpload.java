package io.crois.runtime.agent.transfer;

import io.crois.runtime.agent.aws.ObjectPlace;
import io.crois.runtime.agent.aws.ObjectStore;
import io.crois.runtime.agent.aws.Retries;
import io.crois.runtime.agent.aws.ServiceFailure;
import io.crois.runtime.agent.aws.UploadedPart;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import java.util.zip.CRC32C;

/** Stores one file in parts: the calling thread reads ahead and makes the checksums, others send. */
final class PartedUpload {
    /** How often it begins anew when S3 no longer knows the upload. */
    private static final int ROUNDS = 3;

    private final ObjectStore objects;
    private final Retries retries;
    private final Transfers.Store file;
    private final ObjectPlace place;
    private final Claim claim;
    private final Batch batch;

    PartedUpload(ObjectStore objects, Retries retries, Transfers.Store file, Claim claim, Batch batch) {
        this.objects = objects;
        this.retries = retries;
        this.file = file;
        this.place = file.place();
        this.claim = claim;
        this.batch = batch;
    }

    Transfers.Stored store(PartPlan plan) {
        try {
            for (int number = 1; ; number++) {
                Optional<Transfers.Stored> stored = round(plan, number < ROUNDS);
                if (stored.isPresent()) {
                    return stored.get();
                }
            }
        } catch (ServiceFailure e) {
            throw TransferFailure.of(place, e);
        } catch (IOException e) {
            throw Disk.failure(place, file.file(), e);
        }
    }

    /** Returns nothing if S3 lost the upload and it may begin anew. */
    private Optional<Transfers.Stored> round(PartPlan plan, boolean mayBeginAnew) throws IOException {
        String id = retries.call(() -> objects.createUpload(place, claim.terms()));
        boolean complete = false;
        try {
            MessageDigest digest = Digests.sha256();
            List<Optional<UploadedPart>> sent = send(plan, id, digest, mayBeginAnew);
            List<UploadedPart> parts = sent.stream().flatMap(Optional::stream).toList();
            complete = parts.size() == sent.size() && complete(id, parts, mayBeginAnew);
            String sha256 = HexFormat.of().formatHex(digest.digest());
            return complete ? Optional.of(new Transfers.Stored(plan.bytes(), sha256)) : Optional.empty();
        } finally {
            if (!complete) {
                batch.quiesce();
                abort(id);
            }
        }
    }

    private List<Optional<UploadedPart>> send(PartPlan plan, String id, MessageDigest digest, boolean mayBeginAnew)
            throws IOException {
        List<FutureTask<Optional<UploadedPart>>> sent = new ArrayList<>();
        for (PartPlan.Part part : plan.parts()) {
            FileRegion source = new FileRegion(file.file(), part.from(), part.length());
            CRC32C crc = new CRC32C();
            try (InputStream in = source.open()) {
                if (Digests.update(digest, crc, in) != part.length()) {
                    throw Disk.changed(place, file.file());
                }
            }
            String checksum = Digests.base64(crc);
            sent.add(batch.add(() -> part(id, part.number(), source, checksum, mayBeginAnew)));
        }
        return sent.stream().map(batch::await).toList();
    }

    /** Returns nothing if S3 lost the upload and it may begin anew. */
    private Optional<UploadedPart> part(
            String id, int number, FileRegion source, String checksum, boolean mayBeginAnew) {
        try {
            return Optional.of(retries.call(() -> objects.uploadPart(place, id, number, source, checksum)));
        } catch (ServiceFailure e) {
            if (mayBeginAnew && e.kind() == ServiceFailure.Kind.ABSENT) {
                return Optional.empty();
            }
            throw TransferFailure.of(place, e);
        }
    }

    /** Returns false if the upload is not known any more, and the object is not there. */
    private boolean complete(String id, List<UploadedPart> parts, boolean mayBeginAnew) {
        Retries.Tries tries = retries.begin();
        while (true) {
            try {
                objects.completeUpload(place, id, parts, claim.terms());
                return true;
            } catch (ServiceFailure e) {
                if (e.kind() == ServiceFailure.Kind.ABSENT) {
                    return isThereThough(e, mayBeginAnew);
                }
                if (claim.isFulfilledAfter(place, e, tries)) {
                    return true;
                }
            }
        }
    }

    private boolean isThereThough(ServiceFailure unknown, boolean mayBeginAnew) {
        if (claim.isFulfilled(place, unknown)) {
            return true;
        }
        if (mayBeginAnew) {
            return false;
        }
        throw unknown;
    }

    /** Tries twice, since there is little time; what is not aborted is removed by the bucket's lifecycle rule. */
    private void abort(String id) {
        for (int tries = 0; tries < 2; tries++) {
            try {
                objects.abortUpload(place, id);
                return;
            } catch (ServiceFailure e) {
                // The failure that led here is the one to tell.
            }
        }
    }
}
