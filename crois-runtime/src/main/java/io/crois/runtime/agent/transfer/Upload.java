package io.crois.runtime.agent.transfer;

import io.crois.runtime.agent.aws.ObjectPlace;
import io.crois.runtime.agent.aws.ObjectSource;
import io.crois.runtime.agent.aws.ObjectStore;
import io.crois.runtime.agent.aws.Retries;
import io.crois.runtime.agent.aws.ServiceFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.util.HexFormat;

/** Stores one file by one call. */
final class Upload {
    /** What is no larger is read once. */
    private static final int IN_MEMORY = 64 * 1024;

    private final ObjectStore objects;
    private final Retries retries;
    private final Transfers.Store file;
    private final ObjectPlace place;
    private final Claim claim;

    Upload(ObjectStore objects, Retries retries, Transfers.Store file, Claim claim) {
        this.objects = objects;
        this.retries = retries;
        this.file = file;
        this.place = file.place();
        this.claim = claim;
    }

    Transfers.Stored store(long bytes) {
        try {
            return store(bytes <= IN_MEMORY ? inMemory(bytes) : new FileRegion(file.file(), 0, bytes));
        } catch (ServiceFailure e) {
            throw TransferFailure.of(place, e);
        } catch (IOException e) {
            throw Disk.failure(place, file.file(), e);
        }
    }

    private ObjectSource inMemory(long bytes) throws IOException {
        byte[] content = Files.readAllBytes(file.file());
        if (content.length != bytes) {
            throw Disk.changed(place, file.file());
        }
        return ObjectSource.of(content);
    }

    private Transfers.Stored store(ObjectSource source) throws IOException {
        long bytes = source.length();
        try (InputStream in = source.open()) {
            MessageDigest digest = Digests.sha256();
            if (Digests.update(digest, in) != bytes) {
                throw Disk.changed(place, file.file());
            }
            byte[] sha256 = digest.digest();
            put(source, sha256);
            return new Transfers.Stored(bytes, HexFormat.of().formatHex(sha256));
        }
    }

    private void put(ObjectSource source, byte[] sha256) {
        Retries.Tries tries = retries.begin();
        boolean stored = false;
        while (!stored) {
            try {
                objects.put(place, source, sha256, claim.terms());
                stored = true;
            } catch (ServiceFailure e) {
                stored = claim.isFulfilledAfter(place, e, tries);
            }
        }
    }
}
