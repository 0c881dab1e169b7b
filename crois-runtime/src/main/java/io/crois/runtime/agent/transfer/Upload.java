package io.crois.runtime.agent.transfer;

import io.crois.runtime.agent.aws.ObjectPlace;
import io.crois.runtime.agent.aws.ObjectStore;
import io.crois.runtime.agent.aws.Retries;
import io.crois.runtime.agent.aws.ServiceFailure;
import io.crois.runtime.agent.aws.UploadedPart;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import java.util.zip.CRC32C;

/** Stores one file. */
final class Upload {
    /** How often an upload in parts begins anew when S3 no longer knows it. */
    private static final int ROUNDS = 3;

    private final ObjectStore objects;
    private final Retries retries;
    private final TransferLimits limits;
    private final Transfers.Store file;
    private final ObjectPlace place;
    private final Claim claim;

    Upload(ObjectStore objects, Retries retries, TransferLimits limits, Transfers.Store file, Claim claim) {
        this.objects = objects;
        this.retries = retries;
        this.limits = limits;
        this.file = file;
        this.place = file.place();
        this.claim = claim;
    }

    boolean isLarge() {
        return size() > limits.partBytes();
    }

    private long size() {
        try {
            return Files.size(file.file());
        } catch (IOException e) {
            throw Disk.failure(place, file.file(), e);
        }
    }

    /** Stores it by one call. */
    Transfers.Stored whole() {
        long bytes = size();
        FileRegion source = new FileRegion(file.file(), 0, bytes);
        try (InputStream in = source.open()) {
            MessageDigest digest = Digests.sha256();
            checkSize(bytes, Digests.update(digest, in));
            byte[] sha256 = digest.digest();
            put(source, sha256);
            return new Transfers.Stored(bytes, HexFormat.of().formatHex(sha256));
        } catch (ServiceFailure e) {
            throw TransferFailure.of(place, e);
        } catch (IOException e) {
            throw Disk.failure(place, file.file(), e);
        }
    }

    private void put(FileRegion source, byte[] sha256) {
        Retries.Tries tries = retries.begin();
        boolean stored = false;
        while (!stored) {
            try {
                objects.put(place, source, sha256, claim.terms());
                stored = true;
            } catch (ServiceFailure e) {
                stored = isThere(e, tries);
            }
        }
    }

    /** Returns whether the object is there all the same; else waits for the next try. */
    private boolean isThere(ServiceFailure e, Retries.Tries tries) {
        boolean refused = e.kind() == ServiceFailure.Kind.EXISTS
                || e.kind() == ServiceFailure.Kind.ABSENT && claim.terms().replaces() != null;
        if (!refused) {
            tries.failed(e);
            return false;
        }
        tries.changed(e);
        return claim.isFulfilled(place, e);
    }

    /** Stores it in parts: this thread reads ahead and makes the checksums, the others send. */
    Transfers.Stored inParts(Batch batch) {
        long bytes = size();
        if (bytes > limits.objectBytes()) {
            throw new TransferFailure(
                    TransferFailure.Kind.LOCAL,
                    place,
                    "File `" + file.file().getFileName() + "` has " + bytes + " bytes, but an object of Amazon S3 holds"
                            + " at most " + limits.objectBytes() + "; write it as several files.");
        }
        for (int number = 1; ; number++) {
            Optional<Transfers.Stored> stored = round(PartPlan.of(bytes, limits), batch, number < ROUNDS);
            if (stored.isPresent()) {
                return stored.get();
            }
        }
    }

    /** Returns nothing if S3 lost the upload and it may begin anew. */
    private Optional<Transfers.Stored> round(PartPlan plan, Batch batch, boolean mayBeginAnew) {
        try {
            String id = retries.call(() -> objects.createUpload(place, claim.terms()));
            return round(plan, id, batch, mayBeginAnew);
        } catch (ServiceFailure e) {
            throw TransferFailure.of(place, e);
        }
    }

    private Optional<Transfers.Stored> round(PartPlan plan, String id, Batch batch, boolean mayBeginAnew) {
        boolean complete = false;
        try {
            MessageDigest digest = Digests.sha256();
            List<UploadedPart> parts = send(plan, id, digest, batch);
            complete = complete(id, parts, mayBeginAnew);
            String sha256 = HexFormat.of().formatHex(digest.digest());
            return complete ? Optional.of(new Transfers.Stored(plan.bytes(), sha256)) : Optional.empty();
        } catch (IOException e) {
            TransferFailure failure = Disk.failure(place, file.file(), e);
            batch.fail(failure);
            throw failure;
        } finally {
            if (!complete) {
                batch.quiesce();
                abort(id);
            }
        }
    }

    private List<UploadedPart> send(PartPlan plan, String id, MessageDigest digest, Batch batch) throws IOException {
        List<FutureTask<UploadedPart>> sent = new ArrayList<>();
        for (PartPlan.Part part : plan.parts()) {
            FileRegion source = new FileRegion(file.file(), part.from(), part.length());
            CRC32C crc = new CRC32C();
            try (InputStream in = source.open()) {
                checkSize(part.length(), Digests.update(digest, crc, in));
            }
            String checksum = Digests.base64(crc);
            sent.add(batch.add(() -> part(id, part.number(), source, checksum)));
        }
        return sent.stream().map(batch::await).toList();
    }

    private UploadedPart part(String id, int number, FileRegion source, String checksum) {
        try {
            return retries.call(() -> objects.uploadPart(place, id, number, source, checksum));
        } catch (ServiceFailure e) {
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
                    if (claim.isFulfilled(place, e)) {
                        return true;
                    }
                    if (mayBeginAnew) {
                        return false;
                    }
                    throw e;
                }
                if (isThere(e, tries)) {
                    return true;
                }
            }
        }
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

    private void checkSize(long expected, long found) {
        if (found != expected) {
            throw new TransferFailure(
                    TransferFailure.Kind.LOCAL,
                    place,
                    "File `" + file.file().getFileName() + "` changed while it was stored.");
        }
    }
}
